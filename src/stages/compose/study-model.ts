import { z } from 'zod'
import { Level } from '../match/model.ts'
import { Condition, PART_KINDS, Party, RelaxationChange, STATUSES } from './model.ts'
import { ComposeOptions } from './options-model.ts'

/** An addend of the objective that is not the same in two teams: what it is about, and what it is more or less worth. */
export const PartDifference = z.object({
  kind: z.enum(PART_KINDS),
  /** The capability it is about; null where it is summed over the team. */
  capability: z.string().nullable(),
  points: z.number(),
})

/** Another team that differs, and what each difference costs. */
export const Alternative = z.object({
  status: z.enum(STATUSES).exclude(['infeasible']),
  objective: z.number(),
  /** Points less than the proposal; the differences add up to it. */
  worseBy: z.number(),
  members: z.array(Party),
  joining: z.array(z.string()),
  leaving: z.array(z.string()),
  coverage: z.array(z.object({ capability: z.string(), level: Level })),
  differences: z.array(PartDifference),
  /** These options in place of the proposal's own propose this very team. */
  options: ComposeOptions,
})
export type Alternative = z.infer<typeof Alternative>

/** What a condition costs: the gain when it gives way by one step and the best team is sought anew. */
export const ConditionPrice = z.object({
  condition: Condition,
  change: RelaxationChange,
  /** Points; null where no team was found in time. */
  gain: z.number().nullable(),
  proven: z.boolean(),
  options: ComposeOptions.nullable(),
})
export type ConditionPrice = z.infer<typeof ConditionPrice>

export const Study = z.object({
  at: z.string(),
  engine: z.string(),
  objective: z.number(),
  /** How much an alternative had to differ, and how much less it could be worth, in per cent. */
  apartMin: z.number(),
  worsePercentMax: z.number(),
  alternatives: z.array(Alternative),
  prices: z.array(ConditionPrice),
})
export type Study = z.infer<typeof Study>

/** The study, or the work that makes it; both null where nobody has asked for it. */
export const Studied = z.object({ study: Study.nullable(), workId: z.string().nullable() })
export type Studied = z.infer<typeof Studied>
