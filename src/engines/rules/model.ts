import { z } from 'zod'

/**
 * A rule pack: an official rule as data. Each row has one of six forms (count, distinct, exists, ratio, sum, date) over the
 * facts of one organisation, or over those of a team's members. docs/guide/rules.md tells how to write one.
 */

export const ROWS_MAX = 60
const FACTS_MAX = 120
const CONDITIONS_MAX = 12
export const TERMS_MAX = 24
export const STEPS_MAX = 12
const VALUES_MAX = 300
/** Nodes of a pack's JSON, and how deep they may nest. */
export const PACK_NODES_MAX = 20_000
export const PACK_DEPTH_MAX = 24
/** No amount, threshold or number of points may be larger, on either side of zero. */
export const AMOUNT_MAX = 1e15
/** Members of a team that is checked or composed. */
export const MEMBERS_MAX = 60
export const CANDIDATES_MAX = 50_000
const TEXT_LENGTH_MAX = 400
const NAME_LENGTH_MAX = 64

const Amount = z.number().min(-AMOUNT_MAX).max(AMOUNT_MAX)
const Name = z
  .string()
  .max(NAME_LENGTH_MAX)
  .regex(/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/)
const Value = z.string().min(1).max(NAME_LENGTH_MAX)
const Text = z.string().min(1).max(TEXT_LENGTH_MAX)
const Words = z.strictObject({ zh: Text, en: Text })
export type Words = z.infer<typeof Words>

/** Whom a fact is about: the organisation that is checked, a member of the team, or the team as a whole. */
const About = z.enum(['organisation', 'member', 'team'])

const factBase = { name: Name, of: About, words: Words }
const NumberFact = z.strictObject({
  ...factBase,
  type: z.literal('number'),
  unit: Words,
  /** Bounds that any true figure keeps; they also tell what an unknown one can be at most. */
  min: Amount.optional(),
  max: Amount.optional(),
})
const Fact = z.discriminatedUnion('type', [
  NumberFact,
  z.strictObject({ ...factBase, type: z.literal('boolean') }),
  z.strictObject({ ...factBase, type: z.literal('choice'), choices: z.array(Value).min(1).max(VALUES_MAX) }),
  /** ISO 3166-1 alpha-2; EL and UK are read as GR and GB. */
  z.strictObject({ ...factBase, type: z.literal('country') }),
  z.strictObject({ ...factBase, type: z.literal('date') }),
])
export type Fact = z.infer<typeof Fact>

export const COMPARES = ['at_least', 'at_most', 'above', 'below', 'equal'] as const
const Compare = z.enum(COMPARES)
export type Compare = z.infer<typeof Compare>
const against = { compare: Compare, threshold: Amount }

/** A figure as a sum of terms over one record of facts. */
export type Term =
  /** A number, or a figure that the pack derives. */
  | { fact: string; times?: number | undefined }
  /** The same of everybody: the number of members, where it is 1. */
  | { points: number }
  /** Points by bands: those of the highest step at or below the figure, `below` under the first. */
  | { fact: string; below: number; steps: { from: number; points: number }[] }
  /** Points of the first case whose conditions all hold. */
  | { cases: { if: FactCondition[]; points: number }[]; otherwise: number }
  /** The greatest of several sums. */
  | { best: Term[][] }

/** What holds or not of one record of facts. */
export type FactCondition =
  /** A boolean is true (or as `is` says), a choice or country is among `is`; for those of `byHand` nobody can say from here. */
  | { form: 'exists'; fact: string; is?: boolean | string[] | undefined; byHand?: string[] | undefined }
  | { form: 'sum'; terms: Term[]; compare: Compare; threshold: number }
  /** 100 x part / whole, so that the threshold is in percent. */
  | { form: 'ratio'; part: Term[]; whole: Term[]; compare: Compare; threshold: number }
  /** Days from the fact's date to the day of assessment. */
  | { form: 'date'; fact: string; compare: Compare; threshold: number }
  /** How many of these hold. */
  | { form: 'count'; conditions: FactCondition[]; compare: Compare; threshold: number }

const Terms = z.array(z.lazy(() => Term)).max(TERMS_MAX)
const Conditions = z.array(z.lazy(() => FactCondition)).max(CONDITIONS_MAX)
const Step = z.strictObject({ from: Amount, points: Amount })
const Case = z.strictObject({ if: Conditions, points: Amount })

export const Term: z.ZodType<Term> = z.union([
  z.strictObject({ fact: Name, times: Amount.optional() }),
  z.strictObject({ points: Amount }),
  z.strictObject({ fact: Name, below: Amount, steps: z.array(Step).min(1).max(STEPS_MAX) }),
  z.strictObject({ cases: z.array(Case).min(1).max(STEPS_MAX), otherwise: Amount }),
  z.strictObject({ best: z.array(Terms).min(1).max(STEPS_MAX) }),
])

const exists = {
  form: z.literal('exists'),
  fact: Name,
  is: z.union([z.boolean(), z.array(Value).max(VALUES_MAX)]).optional(),
  byHand: z.array(Value).max(VALUES_MAX).optional(),
}
const sum = { form: z.literal('sum'), terms: Terms, ...against }
const ratio = { form: z.literal('ratio'), part: Terms, whole: Terms, ...against }
const date = { form: z.literal('date'), fact: Name, ...against }
const count = { form: z.literal('count'), conditions: Conditions, ...against }

export const FactCondition: z.ZodType<FactCondition> = z.union([
  z.strictObject(exists),
  z.strictObject(sum),
  z.strictObject(ratio),
  z.strictObject(date),
  z.strictObject(count),
])

/** How a row is known: its text was read on several pages, on one, in others' summaries, or it is remembered only. */
const BASES = ['text', 'one_page', 'summary', 'recalled'] as const

const rowBase = {
  id: Name,
  unit: Words,
  /** The document and article that say so. */
  source: Text,
  /** A: a page that can be opened says so. B: nobody has confirmed it, so the answer is always "check by hand". */
  certainty: z.enum(['A', 'B']),
  basis: z.enum(BASES),
  words: Words,
  /** The row is asked only where all of these hold. */
  when: Conditions.optional(),
  /** Any of these stands in for the row. */
  unless: Conditions.optional(),
}
const ofOne = { ...rowBase, of: z.enum(['organisation', 'lead', 'team']) }
const ofMembers = { ...rowBase, of: z.literal('team'), members: Conditions }

/** `members` names the conditions that a member has to meet to count; an empty list means every member. */
const MemberRow = z.union([
  z.strictObject({
    ...ofMembers,
    form: z.literal('count'),
    ...against,
    /** The lead does not count. */
    besidesLead: z.boolean().optional(),
  }),
  z.strictObject({ ...ofMembers, form: z.literal('exists') }),
  z.strictObject({ ...ofMembers, form: z.literal('distinct'), fact: Name, threshold: Amount }),
  z.strictObject({ ...ofMembers, ...sum }),
  z.strictObject({ ...ofMembers, ...ratio }),
])
export type MemberRow = z.infer<typeof MemberRow>

/** A row over one record of facts: the organisation's, the lead's, or the team's own. */
const RecordRow = z.union([
  z.strictObject({ ...ofOne, ...exists }),
  z.strictObject({ ...ofOne, ...sum }),
  z.strictObject({ ...ofOne, ...ratio }),
  z.strictObject({ ...ofOne, ...date }),
  z.strictObject({ ...ofOne, ...count }),
])
export type RecordRow = z.infer<typeof RecordRow>

const Row = z.union([MemberRow, RecordRow])
export type Row = MemberRow | RecordRow

const Percent = z.strictObject({ zh: z.literal('%'), en: z.literal('%') })

/** A figure that rows use by name, such as a score's part. Derived figures may use others, never in a circle. */
const Derived = z.union([
  z.strictObject({ name: Name, of: About, unit: Words, words: Words, sum: Terms }),
  z.strictObject({ name: Name, of: About, unit: Percent, words: Words, part: Terms, whole: Terms }),
])
export type Derived = z.infer<typeof Derived>

const Day = z.iso.date()

export const PackForm = z.strictObject({
  /** `cn/little-giant`; of a zone's own `local/SLUG/name`. */
  id: z
    .string()
    .max(120)
    .regex(/^([a-z]{2}|local\/[a-z0-9-]+)\/[a-z0-9]+(-[a-z0-9]+)*$/),
  version: z
    .string()
    .max(20)
    .regex(/^[0-9a-z.-]+$/),
  /** Whether it is asked of one organisation or of a team. */
  about: z.enum(['organisation', 'team']),
  title: Words,
  source: z.strictObject({ title: Words, url: z.url().optional(), published: Day.optional() }),
  /** Both days included. */
  effective: z.strictObject({ from: Day, to: Day.optional() }),
  /** What a reader has to know of it: transitions, what was not seen. */
  notes: Words.optional(),
  facts: z.array(Fact).min(1).max(FACTS_MAX),
  derived: z.array(Derived).max(FACTS_MAX).optional(),
  rows: z.array(Row).min(1).max(ROWS_MAX),
})
export type PackForm = z.infer<typeof PackForm>

export const isMemberRow = (row: Row): row is MemberRow => 'members' in row
