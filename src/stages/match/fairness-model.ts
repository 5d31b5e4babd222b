import { z } from 'zod'
import { Texts } from '../texts.ts'
import { ORDERS } from './model.ts'

export const NEWCOMER_SEATS_MAX = 5

const Seats = z.int().min(0).max(NEWCOMER_SEATS_MAX)
const Bound = z.number().min(0).max(1).nullable()

export const MatchSettings = z.object({
  order: z.enum(ORDERS),
  newcomerSeats: z.number(),
  exposureBound: z.number().nullable(),
  revision: z.number(),
  mayChange: z.boolean(),
})
export type MatchSettings = z.infer<typeof MatchSettings>

export const MatchSettingsInput = z.strictObject({
  order: z.enum(ORDERS).optional(),
  newcomerSeats: Seats.optional(),
  exposureBound: Bound.optional(),
})

const Shown = z.object({ id: z.string(), name: z.string(), names: Texts, shown: z.number() })

/** What a way of sharing out the first places comes to. */
const Outcome = z.object({ gini: z.number(), shown: z.number(), merit: z.number(), score: z.number() })

/** Over the first ten of all open needs: who is shown how often, and what it costs to share that out. */
export const Exposure = z.object({
  at: z.string(),
  /** Something has changed since: the registry, the needs or the settings. */
  stale: z.boolean(),
  needs: z.number(),
  /** How many the zone knows, and how many of them cover something that some open need wants. */
  organisations: z.number(),
  eligible: z.number(),
  /** By score alone; and as it is, with the officer's choices. */
  plain: Outcome,
  applied: Outcome.extend({ bound: z.number().nullable(), reached: z.boolean() }),
  /** How often each eligible organisation is shown, sorted and thinned out to so many points at most: for the curve. */
  curve: z.array(z.object({ organisations: z.number(), plain: z.number(), applied: z.number() })),
  most: z.array(Shown),
  never: z.array(Shown),
  neverCount: z.number(),
  /** What each bound would cost, measured. */
  bounds: z.array(Outcome.extend({ bound: z.number(), reached: z.boolean() })),
})
export type Exposure = z.infer<typeof Exposure>

export const ExposureAnswer = z.object({ report: Exposure.nullable(), workId: z.string().nullable() })
