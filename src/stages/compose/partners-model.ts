import { z } from 'zod'
import { Id, Kind } from '../registry/model.ts'
import { Texts } from '../texts.ts'

export const PARTNERS_GIVEN_MAX = 30
export const PARTNERS_WITHOUT_MAX = 200
export const PARTNERS_SHOWN = 10
export const PARTNER_REASONS_SHOWN = 3
const ID_LENGTH = 36

/** Organisations in one search parameter, `given=ID,ID`, each heard once. */
const listOf = (countMax: number) =>
  z
    .string()
    .max(countMax * (ID_LENGTH + 1))
    .transform((text) => [...new Set(text.toLowerCase().split(',').filter(Boolean))])
    .pipe(z.array(Id).max(countMax))
    .optional()

export const PARTNER_ORDERS = ['history', 'merit'] as const
export const PartnersQuery = z.object({
  /** Those who are in already. */
  given: listOf(PARTNERS_GIVEN_MAX),
  /** Those who are not to be named: left out, or having said no. */
  without: listOf(PARTNERS_WITHOUT_MAX),
  by: z.enum(PARTNER_ORDERS).default('history'),
})
export type PartnersQuery = z.output<typeof PartnersQuery>

/** What speaks for an organisation, with what can be counted of it; `points` are its part of the score that orders. */
export const PARTNER_REASONS = [
  'shared',
  'known',
  'together',
  'common',
  'experience',
  'part',
  'size',
  'country',
  'place',
  'texts',
  'named',
  'countryTexts',
] as const
export type PartnerReasonKind = (typeof PARTNER_REASONS)[number]
export const PartnerReason = z.object({
  kind: z.enum(PARTNER_REASONS),
  points: z.number(),
  facts: z.record(z.string(), z.union([z.string(), z.number()])),
})
export type PartnerReason = z.infer<typeof PartnerReason>

/** Scores order the organisations of one answer; they say nothing across needs. */
export const NextPartner = z.object({
  id: z.string(),
  name: z.string(),
  names: Texts,
  kind: Kind,
  country: z.string().nullable(),
  region: z.string().nullable(),
  city: z.string().nullable(),
  score: z.number(),
  merit: z.number(),
  /** Its place by either score, 1 the first, among all that could be named. */
  places: z.object({ history: z.number(), merit: z.number() }),
  /** Never in a project with any of those given. */
  newcomer: z.boolean(),
  /** How many points of merit one more project would bring; null where none, or where it was not computed. */
  oneProjectMore: z.number().nullable(),
  reasons: z.array(PartnerReason),
})
export type NextPartner = z.infer<typeof NextPartner>

/** Whose consortia taught the ranking; `plain` was taught by none, its weights are set by hand. */
export const PARTNER_SCHOOLS = ['zone', 'h2020', 'texts', 'plain'] as const

export const Partners = z.object({
  by: z.enum(PARTNER_ORDERS),
  rows: z.array(NextPartner),
  /** How many of those given the zone knows. */
  given: z.number(),
  /** None of those given was in a project with anybody: both scores are the one on merit. */
  meritOnly: z.boolean(),
  /** Nothing dated on this day or later was seen. */
  before: z.string(),
  /** Past projects and organisations that were looked at. */
  projects: z.number(),
  organisations: z.number(),
  learned: z.object({
    school: z.enum(PARTNER_SCHOOLS),
    before: z.string(),
    consortia: z.number(),
  }),
  /** Learning from the zone's own past is ordered or under way, and how far it is, from 0 to 1. */
  learning: z.object({ share: z.number() }).nullable(),
})
export type Partners = z.infer<typeof Partners>
