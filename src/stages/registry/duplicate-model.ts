import { z } from 'zod'
import { choices, ListQuery, pageOf } from '../lists.ts'
import { Texts } from '../texts.ts'
import { Id, Kind, Scheme } from './model.ts'

export const PAIR_STATES = ['suspected', 'merged', 'distinct'] as const
/** Why two organisations are taken for one. `person` is a person's own word, without a suspicion before it. */
export const REASON_KINDS = [
  'same_name',
  'same_words',
  'similar_name',
  'contained_name',
  'initials',
  'same_short_name',
  'same_city',
  'same_country',
  'same_host',
  'country_unknown',
  'person',
] as const

export const Reason = z.object({
  kind: z.enum(REASON_KINDS),
  /** From 0 to 1, for a likeness. */
  likeness: z.number().optional(),
  /** What the two have in common: the city, the country, the host. */
  value: z.string().optional(),
})
export type Reason = z.infer<typeof Reason>

export const DuplicateSide = z.object({
  id: z.string(),
  name: z.string(),
  names: Texts,
  kind: Kind,
  country: z.string().nullable(),
  region: z.string().nullable(),
  city: z.string().nullable(),
  url: z.string().nullable(),
  identifiers: z.partialRecord(Scheme, z.string()),
  results: z.number(),
  projects: z.number(),
  /** How many of its facts are filled. */
  facts: z.number(),
  revision: z.number(),
})
export type DuplicateSide = z.infer<typeof DuplicateSide>

export const DuplicatePair = z.object({
  first: DuplicateSide,
  second: DuplicateSide,
  /** The side that the system would keep: the fuller one. */
  fuller: z.string(),
  reasons: z.array(Reason),
  score: z.number(),
  state: z.enum(PAIR_STATES),
  decidedAt: z.string().nullable(),
})
export type DuplicatePair = z.infer<typeof DuplicatePair>

export const DuplicateQuery = ListQuery.extend({
  sort: z.enum(['score']).default('score'),
  order: z.enum(['asc', 'desc']).default('desc'),
  state: choices(PAIR_STATES),
  /** Only pairs of this organisation. */
  organisation: z.string().optional(),
})
export type DuplicateQuery = z.output<typeof DuplicateQuery>
export const DuplicatePage = pageOf(DuplicatePair)

/**
 * The facts that can be taken from either side; what is not named here goes to the fuller value. Of `years` the one that is
 * taken wins figure by figure: what only the other says stays.
 */
export const MERGED_FACTS = [
  'names',
  'shortName',
  'kind',
  'size',
  'staff',
  'founded',
  'country',
  'region',
  'city',
  'address',
  'url',
  'segment',
  'fields',
  'titles',
  'products',
  'summary',
  'revenue',
  'rdSpend',
  'years',
  'contact',
  'notes',
] as const

/** What a person decides of a pair. `revisions` are those that the person looked at, so that nothing is merged unseen. */
export const DuplicateDecision = z.discriminatedUnion('decision', [
  z.strictObject({ decision: z.literal('distinct') }),
  z.strictObject({
    decision: z.literal('merge'),
    /** The id of the one that stays. */
    keep: Id,
    /** For a fact, the id of the organisation whose value is taken. */
    take: z.partialRecord(z.enum(MERGED_FACTS), Id).default({}),
    revisions: z.record(z.string(), z.number().int()).optional(),
  }),
])
export type DuplicateDecision = z.output<typeof DuplicateDecision>

export const DuplicateDecided = z.object({
  state: z.enum(PAIR_STATES),
  kept: z.string().nullable(),
  merged: z.string().nullable(),
  /** What the one that stays says now that it didn't say before. */
  changes: z.record(z.string(), z.object({ from: z.unknown(), to: z.unknown() })),
  /** How many records of each sort moved to the one that stays. */
  moved: z.record(z.string(), z.number()),
})
export type DuplicateDecided = z.infer<typeof DuplicateDecided>

/** `stays` names what could not be put back, since it was changed after the merge. */
export const Parted = z.object({ kept: z.string(), parted: z.string(), stays: z.array(z.string()) })
export type Parted = z.infer<typeof Parted>

export const Ordered = z.object({ work: z.string() })
