import { z } from 'zod'
import { ExportQuery, ListQuery } from '../lists.ts'
import { Id, Kind } from '../registry/model.ts'
import { Texts } from '../texts.ts'
import { PRESETS, ROLES } from './model.ts'
import { ComposeOptions } from './options-model.ts'

/** So many needs are composed for at once; the others are named as left out. */
export const BULK_NEEDS_MAX = 200
export const SEATS_EACH_DEFAULT = 3
export const SEATS_EACH_MAX = 20
export const BULK_SECONDS_MIN = 5
export const BULK_SECONDS_DEFAULT = 60
export const BULK_SECONDS_MAX = 900

export const AGAIN = ['changed', 'all'] as const

/** What an officer may set for all needs alike; each need keeps its own conditions besides. */
export const BulkOptions = z.strictObject({
  /** Absent or null: all that are open. */
  needs: z
    .array(Id.transform((id) => id.toLowerCase()))
    .min(1)
    .max(BULK_NEEDS_MAX)
    .refine((ids) => new Set(ids).size === ids.length, 'list.twice')
    .nullish(),
  /** In how many teams one organisation may serve, its own needs and the consortia that exist included. */
  capacity: z.number().int().min(1).max(SEATS_EACH_MAX).default(SEATS_EACH_DEFAULT),
  weights: z.enum(PRESETS).default('balanced'),
  criticalRequired: ComposeOptions.shape.criticalRequired,
  sponsorsIn: ComposeOptions.shape.sponsorsIn,
  companyLeads: ComposeOptions.shape.companyLeads,
  /** Whether what has not changed since the last run of the same order stands, or all is sought anew. */
  again: z.enum(AGAIN).default('changed'),
  /** For the search as a whole. */
  seconds: z.number().int().min(BULK_SECONDS_MIN).max(BULK_SECONDS_MAX).default(BULK_SECONDS_DEFAULT),
  seed: ComposeOptions.shape.seed,
})
export type BulkOptions = z.output<typeof BulkOptions>
export type BulkOptionsSent = z.input<typeof BulkOptions>
export const BulkInput = z.strictObject({ options: BulkOptions.prefault({}) })

/** Why a need is not composed for. */
export const SKIPS = ['not_open', 'no_capabilities', 'has_consortium', 'too_many', 'nobody'] as const
export type Skip = (typeof SKIPS)[number]

const NeedNamed = z.object({ id: z.string(), name: z.string(), title: Texts })

/** What composing for all open needs would take up, and what it would leave out. The needs opened first come first. */
export const BulkPlan = z.object({
  needs: z.array(NeedNamed.extend({ capabilities: z.number(), skip: z.enum(SKIPS).nullable() })),
  organisations: z.number(),
  /** Organisations that sit in a consortium already. */
  seated: z.number(),
  /** The work that is composing now, and the last run that was kept. */
  workId: z.string().nullable(),
  runId: z.string().nullable(),
  /** The last run's order, and the needs whose outcome would stand if the same were ordered now. */
  last: z.object({ at: z.string(), options: BulkOptions, unchanged: z.array(z.string()) }).nullable(),
})
export type BulkPlan = z.infer<typeof BulkPlan>
export const BulkOrdered = z.object({
  workId: z.string(),
  needs: z.number(),
  skipped: z.number(),
  /** Of the needs, those whose outcome of the last run stands. */
  kept: z.number(),
})

/**
 * `crowded_out`: it could have a team alone, and those whom it can't do without serve in others. `not_worth`: what is left
 * is not worth its seats. `unknown`: time ran out before it was looked at.
 */
export const BULK_STATUSES = ['optimal', 'feasible', 'infeasible', 'crowded_out', 'not_worth', 'unknown'] as const
export type BulkStatus = (typeof BULK_STATUSES)[number]

const Points = z.number().nullable()
export const BulkNeed = NeedNamed.extend({
  status: z.enum(BULK_STATUSES),
  proposalId: z.string().nullable(),
  members: z.array(z.object({ id: z.string(), name: z.string(), names: Texts, role: z.enum(ROLES) })),
  covered: z.number().nullable(),
  of: z.number(),
  objective: Points,
  /** What it would be worth, and cover, if nobody else asked; and if needs were served one after another. */
  alone: Points,
  aloneCovered: z.number().nullable(),
  inTurn: Points,
  inTurnCovered: z.number().nullable(),
  givesUp: Points,
  /** Who could have taken part and has no seat left. */
  full: z.number(),
  /** The need or the registry has moved on since. */
  stale: z.boolean(),
  /** The draft consortium saved from its proposal. */
  consortiumId: z.string().nullable(),
  /** Unchanged since the run before, whose outcome it is. */
  kept: z.boolean(),
})
export type BulkNeed = z.infer<typeof BulkNeed>

export const BulkSeat = z.object({
  id: z.string(),
  name: z.string(),
  names: Texts,
  kind: Kind,
  /** Seats in consortia that exist already, and in all. */
  elsewhere: z.number(),
  capacity: z.number(),
  askedBy: z.array(z.string()),
  takenBy: z.array(z.string()),
  /** Teams of needs that it sponsors. */
  own: z.number(),
  /** Points that one more seat would add at most; null where no seat is left beside its own needs and its consortia. */
  price: z.number().nullable(),
})
export type BulkSeat = z.infer<typeof BulkSeat>

/** Organisations that more teams would choose than they have seats for. */
export const overAsked = (seats: readonly BulkSeat[]): BulkSeat[] =>
  seats.filter(({ askedBy, capacity, elsewhere }) => askedBy.length + elsewhere > capacity)

export const BulkTotals = z.object({
  together: z.number(),
  /** No choice of teams is worth more. */
  bound: z.number(),
  gap: z.number(),
  alone: z.number(),
  inTurn: Points,
})

export const BULK_STOPS = ['time', 'cancelled'] as const
export const BulkRun = z.object({
  id: z.string(),
  at: z.string(),
  by: z.string().nullable(),
  options: BulkOptions,
  needs: z.array(BulkNeed),
  skipped: z.array(NeedNamed.extend({ reason: z.enum(SKIPS) })),
  /** Organisations in at least one team, alone or together. */
  seats: z.array(BulkSeat),
  totals: BulkTotals,
  stopped: z.enum(BULK_STOPS).nullable(),
  searches: z.number(),
  seconds: z.number(),
  engine: z.string(),
  seed: z.number(),
  inputsHash: z.string(),
})
export type BulkRun = z.infer<typeof BulkRun>

export const BulkRunRow = z.object({
  id: z.string(),
  at: z.string(),
  by: z.string().nullable(),
  needs: z.number(),
  teams: z.number(),
  capacity: z.number(),
  totals: BulkTotals,
  stopped: z.enum(BULK_STOPS).nullable(),
})
export const BulkRuns = z.object({
  rows: z.array(BulkRunRow),
  total: z.number(),
  page: z.number(),
  size: z.number(),
})
export const BulkRunsQuery = ListQuery.pick({ page: true, size: true })

export const BULK_LISTS = ['needs', 'seats'] as const
export const BulkExportQuery = ExportQuery.extend({ list: z.enum(BULK_LISTS).default('needs') })
