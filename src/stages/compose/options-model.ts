import { z } from 'zod'
import { Id, Kind, Money } from '../registry/model.ts'

/** The engine's limits on a team; `rules.test.ts` sees that they agree. */
export const TEAM_MEMBERS_MAX = 60
export const TEAM_MEMBERS_MAX_DEFAULT = 8
export const SOLVE_SECONDS_MAX = 30
export const SOLVE_SECONDS_DEFAULT = 10
const NAMED_MAX = 200
const REGIONS_MAX = 40
const SHORT_LENGTH_MAX = 120
const SEED_MAX = 1_000_000
const PACKS_MAX = 5
const WAIVED_MAX = 60
const APART_MAX = 100
const WEIGHT_POINTS_MAX = 10_000

/**
 * What a team is worth: `lean` counts each member dearer, `deep` pays for a second member behind weighty capabilities,
 * `likely` goes first by who came together in the past.
 */
export const PRESETS = ['balanced', 'lean', 'deep', 'likely'] as const
const Points = z.number().min(0).max(WEIGHT_POINTS_MAX)
/** The objective in the open, in points; the engine's model says what each is. */
export const WeightsSet = z
  .strictObject({
    met: Points,
    below: Points,
    above: Points,
    second: Points,
    cost: Points,
    member: Points,
    load: Points,
    confidence: Points,
    likelihood: Points.default(0),
    trust: Points,
  })
  .refine(({ met, below }) => below <= met, 'compose.weights_below')
export type WeightsSet = z.infer<typeof WeightsSet>
const TeamSize = z.number().int().min(1).max(TEAM_MEMBERS_MAX)
/** Organisations by id, each once. */
const Named = z
  .array(Id.transform((id) => id.toLowerCase()))
  .max(NAMED_MAX)
  .refine((ids) => new Set(ids).size === ids.length, 'list.twice')

/**
 * What a person may set. What is absent is taken from the need (size, budget, regions, kinds); null or an empty list or
 * map lifts the need's own condition.
 */
export const ComposeOptions = z.strictObject({
  pins: Named.default([]),
  bans: Named.default([]),
  sizeMin: TeamSize.nullish(),
  sizeMax: TeamSize.nullish(),
  /** Over the seats' estimated costs. */
  budget: Money.refine(({ minor }) => !minor.startsWith('-'), 'money.negative').nullish(),
  /** Provinces, cities or country codes; a member fits if its region, city or country is among them. Sponsors count too. */
  regions: z.array(z.string().trim().min(1).max(SHORT_LENGTH_MAX)).max(REGIONS_MAX).nullish(),
  /** At least so many members of each kind. */
  kinds: z.partialRecord(Kind, z.number().int().min(0).max(TEAM_MEMBERS_MAX)).nullish(),
  /** Critical capabilities must reach the level wanted, as far as anybody in the registry does. */
  criticalRequired: z.boolean().default(true),
  /** The sponsors are members, and one of them leads. */
  sponsorsIn: z.boolean().default(true),
  /** At least one member is a company, which leads. */
  companyLeads: z.boolean().default(false),
  /** How many members have to reach each critical capability: two, so that the team survives a departure. */
  criticalCovers: z.union([z.literal(1), z.literal(2)]).default(1),
  /** Seats for organisations that have never worked with the sponsors. */
  newcomersMin: z.number().int().min(0).max(TEAM_MEMBERS_MAX).nullish(),
  /** Per cent of the members that are small or medium-sized companies, at least. */
  smeShareMin: z.number().int().min(0).max(100).nullish(),
  /** Pairs that can't be in one team: competitors, or two of one owner. */
  apart: z
    .array(z.tuple([Id, Id]).refine(([a, b]) => a !== b, 'list.twice'))
    .max(APART_MAX)
    .default([]),
  /** Rule packs that the team has to meet, each by the version that is in force on the day. */
  packs: z.array(z.string().trim().min(1).max(SHORT_LENGTH_MAX)).max(PACKS_MAX).default([]),
  /** Rows of these packs that a person has set aside, as `pack:row`. */
  waived: z.array(z.string().trim().min(1).max(SHORT_LENGTH_MAX)).max(WAIVED_MAX).default([]),
  weights: z.union([z.enum(PRESETS), WeightsSet]).default('balanced'),
  seconds: z.number().int().min(1).max(SOLVE_SECONDS_MAX).default(SOLVE_SECONDS_DEFAULT),
  seed: z.number().int().min(0).max(SEED_MAX).default(0),
})
export type ComposeOptions = z.output<typeof ComposeOptions>
export type ComposeOptionsSent = z.input<typeof ComposeOptions>
