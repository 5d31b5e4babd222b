import { z } from 'zod'
import { parseMoney } from '#kit/money.ts'
import { choices, ListQuery, pageOf, words } from '../lists.ts'
import { KINDS, Kind, Money, Tags, TRL_MAX, TRL_MIN } from '../registry/model.ts'
import { hasText, Language, Texts, toTexts } from '../texts.ts'

export const NEED_STATES = ['draft', 'in_review', 'returned', 'open', 'matched', 'closed', 'expired', 'merged'] as const
export const NeedState = z.enum(NEED_STATES)
export type NeedState = z.infer<typeof NeedState>

/** Who may read a need's public part once it was opened. `invited` and `members` are its sponsors and the zone's staff. */
export const CIRCLES = ['public', 'signed_in', 'invited', 'members'] as const
export const Circle = z.enum(CIRCLES)
export type Circle = z.infer<typeof Circle>

export const MOVE_ACTIONS = ['submit', 'withdraw', 'return', 'open', 'match', 'reopen', 'close', 'renew'] as const
export const MoveAction = z.enum(MOVE_ACTIONS)
export type MoveAction = z.infer<typeof MoveAction>

/** Why an officer gives a need back, said by a code so that it can be counted, and in words. */
export const RETURN_CODES = [
  'problem_unclear',
  'targets_not_measurable',
  'capabilities_unclear',
  'scope_too_wide',
  'budget_unrealistic',
  'deadline_unrealistic',
  'solved_already',
  'need_known',
  'outside_zone',
  'other',
] as const

export const CAPABILITIES_MAX = 40
export const TARGETS_MAX = 40
export const SPONSORS_MAX = 40
export const MERGED_NEEDS_MAX = 20
const REGIONS_MAX = 40
const MEMBERS_MAX = 100
const REASONS_MAX = 10
const WEIGHT_MAX = 5
const WEIGHT_DEFAULT = 3
const LEVEL_MAX = 3
const LEVEL_WANTED_DEFAULT = 2
const TITLE_LENGTH_MAX = 300
const NAME_LENGTH_MAX = 200
const UNIT_LENGTH_MAX = 60
const SUMMARY_LENGTH_MAX = 4_000
const PRIVATE_LENGTH_MAX = 20_000
const REASON_LENGTH_MAX = 2_000
const SHORT_LENGTH_MAX = 120

/** A text as a string or as a map by language, no longer than this in any of them. */
const textUpTo = (lengthMax: number) =>
  z.union([z.string().trim().max(lengthMax), z.partialRecord(Language, z.string().trim().max(lengthMax))])
const someTextUpTo = (lengthMax: number) =>
  textUpTo(lengthMax).refine((input) => hasText(toTexts(input, 'typed')), 'text.missing')

const Trl = z.number().int().min(TRL_MIN).max(TRL_MAX)
export const TrlRange = z.strictObject({ from: Trl, to: Trl })
export type TrlRange = z.infer<typeof TrlRange>

/** A calendar date of the zone, the last day on which the need stands open. */
export const Deadline = z.iso.date()

const Quantity = z.union([z.number(), z.string().trim().min(1).max(SHORT_LENGTH_MAX)])
export const TargetInput = z.strictObject({
  quantity: someTextUpTo(NAME_LENGTH_MAX),
  unit: textUpTo(UNIT_LENGTH_MAX).nullish(),
  now: Quantity.nullish(),
  wanted: Quantity,
})

export const CapabilityInput = z.strictObject({
  name: someTextUpTo(NAME_LENGTH_MAX),
  weight: z.number().int().min(1).max(WEIGHT_MAX).default(WEIGHT_DEFAULT),
  critical: z.boolean().default(false),
  /** The level of coverage, 1 to 3, from which the capability counts as had. */
  levelWanted: z.number().int().min(1).max(LEVEL_MAX).default(LEVEL_WANTED_DEFAULT),
})

/** Money in major units, as a number or as text: `{"amount": "1800.50", "currency": "CNY"}`. */
export const BudgetInput = z
  .strictObject({ amount: z.union([z.number(), z.string().max(SHORT_LENGTH_MAX)]), currency: z.string().max(3) })
  .superRefine(({ amount, currency }, { addIssue }) => {
    const parsed = parseMoney(String(amount), currency)
    const rule = 'rule' in parsed ? parsed.rule : parsed.minor < 0n ? 'negative' : undefined
    const path = [rule === 'currency' ? 'currency' : 'amount']
    if (rule) addIssue({ code: 'custom', message: `money.${rule}`, path, params: { limit: limitOf(parsed) } })
  })

const limitOf = (parsed: ReturnType<typeof parseMoney>) => ('limit' in parsed ? parsed.limit : undefined)

const Members = z.number().int().min(1).max(MEMBERS_MAX)
/** At least so many members of each kind. A list of kinds means one of each. */
const KindsInput = z.union([
  z.array(Kind).max(KINDS.length * 2),
  z.partialRecord(Kind, z.number().int().min(0).max(MEMBERS_MAX)),
])
const Regions = z.array(z.string().trim().min(1).max(SHORT_LENGTH_MAX)).max(REGIONS_MAX)
/** What the consortium must keep to. The budget is a fact of the need and stands by itself. */
export const ConditionsInput = z.strictObject({
  regions: Regions.optional(),
  minMembers: Members.optional(),
  maxMembers: Members.optional(),
  kinds: KindsInput.optional(),
})

const needFacts = {
  title: someTextUpTo(TITLE_LENGTH_MAX),
  /** What anybody of the circle may read. */
  summary: textUpTo(SUMMARY_LENGTH_MAX),
  /** What only the sponsors and the zone's staff may read, as is `tried`. */
  problem: textUpTo(PRIVATE_LENGTH_MAX),
  tried: textUpTo(PRIVATE_LENGTH_MAX),
  targets: z.array(TargetInput).max(TARGETS_MAX),
  trl: TrlRange.nullable(),
  capabilities: z.array(CapabilityInput).max(CAPABILITIES_MAX),
  budget: BudgetInput.nullable(),
  deadline: Deadline.nullable(),
  conditions: ConditionsInput,
  circle: Circle,
  fields: Tags,
  segment: z.string().trim().max(60).nullable(),
}
const NeedFacts = z.strictObject(needFacts).partial()
export type NeedFacts = z.output<typeof NeedFacts>

const Sponsors = z.array(z.uuid()).max(SPONSORS_MAX)
/** A need as it is begun: only the title must be there, the rest before it is submitted. */
export const NeedInput = NeedFacts.extend({ title: needFacts.title, sponsors: Sponsors.optional() })
export type NeedInput = z.output<typeof NeedInput>

/** A change names only what changes, and the revision it was made on. */
export const NeedChange = NeedFacts.extend({ revision: z.number().int().min(1) })

/** The need file: a whole need, as the shell takes it and as it is posted in one step. */
export const NeedFile = z.strictObject({
  title: needFacts.title,
  problem: someTextUpTo(PRIVATE_LENGTH_MAX),
  tried: needFacts.tried.nullish(),
  targets: needFacts.targets,
  trl: TrlRange,
  capabilities: needFacts.capabilities.min(1),
  budget: needFacts.budget.optional(),
  deadline: needFacts.deadline.optional(),
  conditions: needFacts.conditions.nullish(),
  summary: needFacts.summary.nullish(),
  circle: Circle.optional(),
  fields: needFacts.fields.optional(),
  segment: needFacts.segment.optional(),
  sponsors: Sponsors.optional(),
})
export type NeedFile = z.output<typeof NeedFile>

export const ReturnReasonInput = z
  .strictObject({ code: z.enum(RETURN_CODES), text: textUpTo(REASON_LENGTH_MAX).nullish() })
  .refine(({ code, text }) => code !== 'other' || hasText(toTexts(text, 'typed')), {
    message: 'text.missing',
    path: ['text'],
  })

/** A step of the need's life. `reasons` come with `return`; a new `deadline` with `renew`, and where it helps with `reopen`. */
export const NeedMove = z.strictObject({
  action: MoveAction,
  reasons: z.array(ReturnReasonInput).max(REASONS_MAX).optional(),
  deadline: Deadline.optional(),
  revision: z.number().int().min(1).optional(),
})
export type NeedMove = z.output<typeof NeedMove>

/** A company's own account asks to join; an officer adds any organisation; a sponsor lets in one that has asked. */
export const SponsorInput = z.strictObject({ organisationId: z.uuid().optional() })
export const SponsorAnswer = z.object({
  id: z.string(),
  organisationId: z.string(),
  state: z.enum(['joined', 'asked']),
})

/** Several needs as one. The private texts stay with the needs they belong to: the joint one gets its own. */
export const MergeInput = z.strictObject({
  needs: z
    .array(z.uuid())
    .min(2)
    .max(MERGED_NEEDS_MAX)
    .refine((ids) => new Set(ids).size === ids.length, 'list.twice'),
  title: needFacts.title,
  summary: needFacts.summary.optional(),
  problem: needFacts.problem.optional(),
})

export const Target = z.object({
  quantity: Texts,
  unit: Texts,
  now: z.union([z.number(), z.string()]).nullable(),
  wanted: z.union([z.number(), z.string()]),
})
export type Target = z.infer<typeof Target>

export const Capability = z.object({
  id: z.string(),
  name: Texts,
  weight: z.number(),
  critical: z.boolean(),
  levelWanted: z.number(),
})
export type Capability = z.infer<typeof Capability>

export const Conditions = z.object({
  regions: z.array(z.string()).optional(),
  minMembers: z.number().optional(),
  maxMembers: z.number().optional(),
  kinds: z.partialRecord(Kind, z.number()).optional(),
})
export type Conditions = z.infer<typeof Conditions>

export const ReturnReason = z.object({ code: z.enum(RETURN_CODES), text: Texts })
export type ReturnReason = z.infer<typeof ReturnReason>

export const Sponsor = z.object({
  id: z.string(),
  name: z.string(),
  kind: Kind,
  region: z.string().nullable(),
  city: z.string().nullable(),
})
export type Sponsor = z.infer<typeof Sponsor>

const shown = {
  id: z.string(),
  /** The title in one language, as lists show and sort it. */
  name: z.string(),
  title: Texts,
  /** An open need past its deadline reads `expired`. */
  state: NeedState,
  circle: Circle,
  trl: TrlRange.nullable(),
  budget: Money.nullable(),
  deadline: z.string().nullable(),
  fields: z.array(z.string()),
  segment: z.string().nullable(),
  joint: z.boolean(),
  openedAt: z.string().nullable(),
  updatedAt: z.string(),
}
export const NeedRow = z.object({
  ...shown,
  sponsors: z.array(z.object({ id: z.string(), name: z.string() })),
  capabilities: z.array(z.object({ name: Texts, weight: z.number(), critical: z.boolean() })),
})
export type NeedRow = z.infer<typeof NeedRow>

const NeedLink = z.object({ id: z.string(), name: z.string() })
const IssueShown = z.object({
  path: z.string(),
  rule: z.string(),
  limit: z.union([z.number(), z.string()]).optional(),
})

/** A need's page, with what the reader may see of it. */
export const Need = z.object({
  ...shown,
  summary: Texts,
  targets: z.array(Target),
  capabilities: z.array(Capability),
  conditions: Conditions,
  sponsors: z.array(Sponsor),
  /** Organisations that ask to join; null for those who may not read it. */
  asking: z.array(Sponsor.extend({ askedAt: z.string() })).nullable(),
  /** Null for everybody but the sponsors and the zone's staff. */
  private: z.object({ problem: Texts, tried: Texts }).nullable(),
  returnReasons: z.array(ReturnReason),
  mergedInto: NeedLink.nullable(),
  mergedFrom: z.array(NeedLink),
  /** What is not yet there for a review, for those who may mend it. */
  missing: z.array(IssueShown),
  mayChange: z.boolean(),
  mayMove: z.array(MoveAction),
  mayRemove: z.boolean(),
  mayUnmerge: z.boolean(),
  /** `ask` for an organisation that may ask to join, `add` for an officer, null for the others. */
  mayJoin: z.enum(['ask', 'asked', 'add']).nullable(),
  mayLeave: z.boolean(),
  createdAt: z.string(),
  revision: z.number(),
})
export type Need = z.infer<typeof Need>

export const NEED_SORTS = ['title', 'state', 'deadline', 'budget', 'trl', 'opened', 'updated'] as const
export const NeedQuery = ListQuery.extend({
  sort: z.enum(NEED_SORTS).default('updated'),
  order: z.enum(['asc', 'desc']).default('desc'),
  state: choices(NEED_STATES),
  circle: choices(CIRCLES),
  /** Sponsors by id or by a part of the name. */
  sponsor: words,
  /** Words in the name of a capability. */
  capability: z.string().trim().max(NAME_LENGTH_MAX).optional(),
  field: words,
  segment: words,
  /** A TRL that lies between the need's two. */
  trl: z.coerce.number().int().min(TRL_MIN).max(TRL_MAX).optional(),
  due_from: Deadline.optional(),
  due_to: Deadline.optional(),
  joint: z.stringbool().optional(),
  /** Only what my organisation sponsors or I wrote myself. */
  mine: z.stringbool().optional(),
})
export const NeedPage = pageOf(NeedRow)

export const NeedCounts = z.object({
  states: z.record(NeedState, z.number()),
  total: z.number(),
  mine: z.number(),
  /** What waits for the reader: reviews for an officer; returned needs and organisations that ask, for a sponsor. */
  waiting: z.number(),
})

export const NeedSaved = z.object({ id: z.string(), revision: z.number(), state: NeedState })
export type NeedSaved = z.infer<typeof NeedSaved>
