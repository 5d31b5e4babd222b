import { z } from 'zod'
import { choices, ListQuery, pageOf, words } from '../lists.ts'
import { SomeText, Texts, TextsInput } from '../texts.ts'
import { EvidenceRow } from './evidence-model.ts'
import { Id, Keeps, Kind, PartialDate, Provenance, Tags, TRL_MAX, TRL_MIN } from './model.ts'

export const IP_KINDS = [
  'invention',
  'utility_model',
  'design',
  'software',
  'layout',
  'plant_variety',
  'trademark',
  'trade_secret',
  'standard',
  'other',
] as const
export const IP_STATUSES = ['pending', 'granted', 'expired', 'withdrawn'] as const
export const WANTED_DEALS = [
  'licence',
  'exclusive_licence',
  'transfer',
  'joint_development',
  'service',
  'equity',
  'use_first_pay_later',
] as const
/** What is odd about a number that was kept as it was written, or about what it says beside the rest. */
export const IP_NOTES = ['length', 'alphabet', 'format', 'checksum', 'kind_differs', 'status_differs'] as const

const IP_MAX = 50
export const OWNERS_MAX = 20
const INVENTORS_MAX = 60
const NAME_LENGTH_MAX = 120
const NUMBER_LENGTH_MAX = 120
const SAID_LENGTH_MAX = 500

export const IpKind = z.enum(IP_KINDS)
export type IpKind = z.infer<typeof IpKind>
export const IpStatus = z.enum(IP_STATUSES)
export type IpStatus = z.infer<typeof IpStatus>
export const WantedDeal = z.enum(WANTED_DEALS)

/** A right in a result, as a person or a file gives it. */
export const IpInput = z.strictObject({
  kind: IpKind,
  number: z.string().trim().max(NUMBER_LENGTH_MAX).nullish(),
  status: IpStatus.nullish(),
  expires: PartialDate.nullish(),
})
export type IpInput = z.output<typeof IpInput>

/** A right as it is kept: its number in its one form, or as it was written, with a note of what is odd about it. */
export const Ip = z.object({
  kind: IpKind,
  number: z.string().nullable(),
  status: IpStatus.nullable(),
  expires: z.string().nullable(),
  /** The office's two letters, where the number tells. */
  office: z.string().nullable(),
  note: z.enum(IP_NOTES).nullable(),
  /** What the number would end with, or what it speaks of, where the note says that it differs. */
  expected: z.string().nullable(),
})
export type Ip = z.infer<typeof Ip>

const resultFacts = {
  title: SomeText,
  summary: TextsInput,
  fields: Tags,
  segment: z.string().trim().max(60).nullable(),
  trl: z.number().int().min(TRL_MIN).max(TRL_MAX).nullable(),
  /** How the level was said or is shown: `中试`, `TRL 5`, a test that was passed. */
  trlSaid: z.string().trim().max(SAID_LENGTH_MAX).nullable(),
  ip: z.array(IpInput).max(IP_MAX),
  inventors: z.array(z.string().trim().min(1).max(NAME_LENGTH_MAX)).max(INVENTORS_MAX),
  wantedDeal: z.array(WantedDeal).max(WANTED_DEALS.length),
  dated: PartialDate.nullable(),
}
const Owners = z.array(Id).min(1).max(OWNERS_MAX)
const ResultFacts = z.strictObject(resultFacts).partial()
export type ResultFacts = z.output<typeof ResultFacts>

/** `owners` are ids of organisations of the zone, the first one foremost. */
export const ResultInput = ResultFacts.extend({ title: SomeText, owners: Owners })
export type ResultInput = z.output<typeof ResultInput>
export const ResultChange = ResultFacts.extend({
  owners: Owners.optional(),
  revision: z.number().int().min(1),
  keeps: Keeps.optional(),
})

export const Owner = z.object({ id: z.string(), name: z.string(), kind: Kind })
export type Owner = z.infer<typeof Owner>

export const ResultRow = z.object({
  id: z.string(),
  title: z.string(),
  titles: Texts,
  fields: z.array(z.string()),
  segment: z.string().nullable(),
  trl: z.number().nullable(),
  ip: z.array(Ip),
  owners: z.array(Owner),
  wantedDeal: z.array(WantedDeal),
  dated: z.string().nullable(),
  /** The first right that runs out, from today on. */
  expires: z.string().nullable(),
  updatedAt: z.string(),
})
export type ResultRow = z.infer<typeof ResultRow>

/** A right on a result's page: `daysLeft` counts to its last day in the zone's time, below zero once it is over. */
const IpShown = Ip.extend({ daysLeft: z.number().int().nullable() })

export const Result = ResultRow.extend({
  summary: Texts,
  trlSaid: z.string().nullable(),
  ip: z.array(IpShown),
  inventors: z.array(z.string()),
  evidence: z.array(EvidenceRow),
  provenance: Provenance,
  mayEdit: z.boolean(),
  revision: z.number(),
})
export type Result = z.infer<typeof Result>

export const RESULT_SORTS = ['title', 'trl', 'segment', 'dated', 'expires', 'updated'] as const
const Trl = z.coerce.number().int().min(TRL_MIN).max(TRL_MAX).optional()
export const ResultQuery = ListQuery.extend({
  sort: z.enum(RESULT_SORTS).default('title'),
  field: words,
  segment: words,
  trl_from: Trl,
  trl_to: Trl,
  ip_kind: choices(IP_KINDS),
  ip_status: choices(IP_STATUSES),
  deal: choices(WANTED_DEALS),
  /** Ids of organisations. */
  owner: words,
  import: z.string().optional(),
  mine: z.stringbool().optional(),
})
export type ResultQuery = z.output<typeof ResultQuery>
export const ResultPage = pageOf(ResultRow)

export const Removed = z.object({ id: z.string() })
