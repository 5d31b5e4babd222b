import { z } from 'zod'
import { choices, ListQuery, pageOf, words } from '../lists.ts'
import { PartialDate } from '../registry/model.ts'
import { SomeText, Texts, TextsInput } from '../texts.ts'

/** The Ten Ones (十个一), in their order. */
export const ONES = [
  'plan',
  'policy',
  'team',
  'roadmap',
  'talents',
  'platforms',
  'enterprises',
  'scenarios',
  'fund',
  'pilot_areas',
] as const
export const One = z.enum(ONES)
export type One = z.infer<typeof One>

export const RECORD_KINDS = [
  'plan',
  'policy',
  'team_member',
  'roadmap_item',
  'platform',
  'scenario',
  'fund',
  'pilot_area',
] as const
export type RecordKind = (typeof RECORD_KINDS)[number]
export const RECORD_STATES = ['planned', 'in_force', 'done', 'ended'] as const
export const STREAMS = ['upstream', 'midstream', 'downstream'] as const
export const CAPITAL_STAGES = ['grant', 'angel', 'venture', 'growth', 'exit'] as const
export const SEGMENTS_MAX = 30
const TARGET_MAX = 100_000

export const Segment = z.object({ key: z.string().min(1).max(60), names: Texts, stream: z.enum(STREAMS) })
export type Segment = z.infer<typeof Segment>

export const Industry = z.object({
  id: z.string(),
  slug: z.string(),
  names: Texts,
  statement: Texts,
  segments: z.array(Segment),
})
export type Industry = z.infer<typeof Industry>
export const Industries = z.object({ rows: z.array(Industry) })
export const IndustryInput = z.strictObject({
  slug: z.string().regex(/^[a-z0-9][a-z0-9-]{1,60}$/, 'slug.format'),
  names: SomeText,
  statement: TextsInput.default({}),
  segments: z
    .array(
      z.strictObject({
        key: z.string().regex(/^[a-z0-9-]{1,60}$/, 'slug.format'),
        names: SomeText,
        stream: z.enum(STREAMS),
      }),
    )
    .min(1)
    .max(SEGMENTS_MAX),
})

/** Where a figure's records stand: a list page of the web and its search. */
export const Drill = z.object({
  page: z.enum(['organisations', 'people', 'results', 'records', 'capital']),
  search: z.string(),
})

export type Drill = z.infer<typeof Drill>

export const MeasuredOne = z.object({
  key: One,
  measured: z.number().int(),
  /** Planned, and therefore not yet counted. */
  planned: z.number().int(),
  target: z.number().int().nullable(),
  owner: Texts,
  dueDate: z.string().nullable(),
  drill: Drill,
})
export type MeasuredOne = z.infer<typeof MeasuredOne>

export const TargetInput = z.strictObject({
  target: z.number().int().min(0).max(TARGET_MAX),
  owner: TextsInput.default({}),
  dueDate: PartialDate.nullish(),
})

export const CHAIN_ROWS = ['trl', 'organisations', 'capital', 'talent'] as const
export const ChainCell = z.object({
  segment: z.string(),
  /** `trl` rows carry their level. */
  row: z.enum(CHAIN_ROWS),
  trl: z.number().int().nullable(),
  count: z.number().int(),
  amountMinor: z.string().nullable(),
  broken: z.object({ beside: z.number().int(), where: z.enum(['below', 'above', 'both', 'chain']) }).nullable(),
  drill: Drill,
})
export type ChainCell = z.infer<typeof ChainCell>

export const IndustryPage = z.object({
  industry: Industry,
  ones: z.array(MeasuredOne),
  chain: z.object({ cells: z.array(ChainCell), currency: z.string(), unplaced: z.number().int() }),
  seenSeq: z.string(),
  mayEdit: z.boolean(),
})
export type IndustryPage = z.infer<typeof IndustryPage>

const recordFacts = {
  kind: z.enum(RECORD_KINDS),
  names: SomeText,
  status: z.enum(RECORD_STATES).default('planned'),
  industryId: z.string().nullish(),
  organisationId: z.string().nullish(),
  segment: z.string().max(60).nullish(),
  dated: PartialDate.nullish(),
  note: z.string().trim().max(4_000).default(''),
}
export const RecordInput = z.strictObject(recordFacts)
export const RecordChange = z.strictObject({ ...recordFacts, revision: z.number().int().min(1) })

export const ZoneRecord = z.object({
  id: z.string(),
  kind: z.enum(RECORD_KINDS),
  name: z.string(),
  names: Texts,
  status: z.enum(RECORD_STATES),
  industryId: z.string().nullable(),
  organisationId: z.string().nullable(),
  organisationName: z.string().nullable(),
  segment: z.string().nullable(),
  dated: z.string().nullable(),
  note: z.string(),
  revision: z.number(),
})
export const RecordQuery = ListQuery.extend({
  sort: z.enum(['name', 'kind', 'status', 'dated']).default('name'),
  kind: choices(RECORD_KINDS),
  status: choices(RECORD_STATES),
  segment: words,
  industry: z.string().max(60).optional(),
})
export const RecordPage = pageOf(ZoneRecord)

export const CapitalEvent = z.object({
  id: z.string(),
  organisationId: z.string(),
  organisationName: z.string(),
  stage: z.enum(CAPITAL_STAGES),
  amountMinor: z.string().nullable(),
  currency: z.string().nullable(),
  dated: z.string().nullable(),
  segment: z.string().nullable(),
})
export const CapitalQuery = ListQuery.extend({
  sort: z.enum(['dated', 'amount', 'organisation']).default('dated'),
  segment: words,
  stage: choices(CAPITAL_STAGES),
})
export const CapitalPage = pageOf(CapitalEvent)
export const Saved = z.object({ id: z.string() })
