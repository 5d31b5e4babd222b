import { z } from 'zod'

const Worded = z.object({ zh: z.string(), en: z.string() })

export const VERDICTS = ['met', 'missed', 'unknown'] as const

/** The years of which rules need a figure that the registry does not have, and whose. */
export const MissingYears = z.object({
  of: z.string(),
  figure: z.enum(['revenue', 'sales', 'rdSpend']),
  years: z.array(z.number()),
})
export type MissingYears = z.infer<typeof MissingYears>

/** How a team stands to one row of a rule pack. */
export const RuleState = z.object({
  pack: z.object({
    id: z.string(),
    version: z.string(),
    hash: z.string(),
    title: Worded,
    source: Worded,
    url: z.string().nullable(),
  }),
  row: z.string(),
  words: Worded,
  /** `unknown` is to be checked by hand. */
  verdict: z.enum(VERDICTS),
  have: z.union([z.number(), z.string(), z.boolean()]).nullable(),
  need: z.union([z.number(), z.boolean(), z.array(z.string())]),
  compare: z.string(),
  unit: Worded,
  source: z.string(),
  certainty: z.enum(['A', 'B']),
  /** Why it is left to a person: nobody confirmed the rule, facts are missing, or it needs judgement. */
  why: z.enum(['certainty', 'facts', 'judgement']).nullable(),
  /** Facts that were not known, and whose. */
  missing: z.array(z.object({ fact: Worded, of: z.array(z.string()), years: z.array(MissingYears).default([]) })),
  /** Whose private figures stand behind the row. */
  privateOf: z.array(z.string()).optional(),
  /** The private figures themselves, of those of whom the reader may see them. */
  figures: z
    .array(z.object({ of: z.string(), fact: Worded, unit: Worded, value: z.number(), years: z.array(z.number()) }))
    .optional(),
  /** Figures stand behind the row that the reader may not see. */
  hidden: z.boolean().optional(),
  /** The member that fits the rows for a lead better than the one who leads, where there is one. */
  lead: z.string().nullable(),
  waived: z.boolean(),
})
export type RuleState = z.infer<typeof RuleState>

/** What a pack asks in one row, in words; certainty B is left to a person. */
export const PackClause = z.object({ id: z.string(), words: Worded, certainty: z.enum(['A', 'B']), source: z.string() })
export type PackClause = z.infer<typeof PackClause>

export const PackRow = z.object({
  id: z.string(),
  version: z.string(),
  title: Worded,
  from: z.string(),
  to: z.string().nullable(),
  /** The published measure, and where it can be read. */
  source: Worded,
  url: z.string().nullable(),
  notes: Worded.nullable(),
  rows: z.array(PackClause),
  local: z.boolean(),
})
export type PackRow = z.infer<typeof PackRow>
/** The packs about a team that are in force on the zone's day. */
export const Packs = z.object({ rows: z.array(PackRow) })
export type Packs = z.infer<typeof Packs>
