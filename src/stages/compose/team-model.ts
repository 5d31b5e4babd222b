import { z } from 'zod'
import { Level, Quote } from '../match/model.ts'
import { Kind, Money, Size } from '../registry/model.ts'
import { Texts } from '../texts.ts'
import { PARTNER_SCHOOLS, PartnerReason } from './partners-model.ts'

/** What a seat is for, in the order in which seats are listed. A member holds one role, and may lead work packages besides. */
export const ROLES = [
  'lead',
  'chief_scientist',
  'operator',
  'package_lead',
  'first_user',
  'investor',
  'intermediary',
  'member',
] as const
export type Role = (typeof ROLES)[number]

/** How conditions are named where they can't hold together, in the order in which they are listed. */
export const CONDITIONS = [
  'minMembers',
  'maxMembers',
  'budget',
  'kinds',
  'regions',
  'lead',
  'critical',
  'sponsors',
  'pinned',
  'banned',
  'newcomers',
  'smes',
  'apart',
  'rules',
] as const
export const Condition = z.enum(CONDITIONS)
export type Condition = z.infer<typeof Condition>

/** An organisation as a proposal names it, kept as it was when the proposal was made. */
export const Party = z.object({
  id: z.string(),
  name: z.string(),
  names: Texts,
  kind: Kind,
  size: Size.nullable(),
  country: z.string().nullable(),
  region: z.string().nullable(),
  city: z.string().nullable(),
})
export type Party = z.infer<typeof Party>

export const CapabilityNamed = z.object({
  id: z.string(),
  name: z.string(),
  names: Texts,
  weight: z.number(),
  critical: z.boolean(),
  levelWanted: Level,
})
export type CapabilityNamed = z.infer<typeof CapabilityNamed>

/** Why an organisation is a member, as data: the reader's language words it. Capabilities are named by id. */
export const MemberReason = z.discriminatedUnion('kind', [
  /** Its own need. */
  z.object({ kind: z.literal('sponsor') }),
  z.object({ kind: z.literal('pinned') }),
  /** Nobody else in the team reaches its level there. */
  z.object({ kind: z.literal('sole_cover'), capabilities: z.array(z.string()) }),
  /** Its level is the team's best there, with others. */
  z.object({ kind: z.literal('best_level'), capabilities: z.array(z.string()) }),
  /** A second one behind what another member covers at least as well: the team survives a departure. */
  z.object({ kind: z.literal('second_cover'), capabilities: z.array(z.string()) }),
  /** Called for by conditions rather than by what it covers. */
  z.object({ kind: z.literal('condition'), conditions: z.array(Condition) }),
  /** Leads the work packages that nobody in the team is better at. */
  z.object({ kind: z.literal('leads_best'), capabilities: z.array(z.string()) }),
  /** Leads work packages that others are as good at, so that the load is even. */
  z.object({ kind: z.literal('leads_shared'), capabilities: z.array(z.string()) }),
  /** Runs the daily business beside a chief scientist, as the strongest company that neither leads nor sponsors. */
  z.object({ kind: z.literal('operates') }),
  /** Past projects with the lead. */
  z.object({ kind: z.literal('past_projects'), with: z.string(), name: z.string(), projects: z.number() }),
  /** Its place by past work among so many that could be named, and what speaks for it. */
  z.object({ kind: z.literal('likely'), place: z.number(), of: z.number(), why: z.array(PartnerReason) }),
])
export type MemberReason = z.infer<typeof MemberReason>

/** What the best team without a member is worth beside this one, solved again with that member banned. */
export const Loss = z.object({
  /**
   * Points of the objective; below zero where the member is held by a pin alone and a better team would do without it.
   * Null where no team can do without it, or none was found in time.
   */
  points: z.number().nullable(),
  proven: z.boolean(),
  /** What the best team without it reaches less. */
  lost: z.array(z.object({ capability: z.string(), from: Level, to: Level })),
  /** Who would come in its place. */
  joining: z.array(z.object({ id: z.string(), name: z.string() })),
  /** Where no team can do without it: the conditions that call for it. */
  calledForBy: z.array(Condition),
})

/** Where an estimate of a seat's cost comes from: its own past participations, those of its kind, or nowhere. */
export const COST_BASES = ['own', 'kind', 'unknown'] as const
export const SeatCost = z.object({
  amount: Money,
  basis: z.enum(COST_BASES),
  /** Over how many past participations the lower quartile is taken. */
  participations: z.number(),
})
export type SeatCost = z.infer<typeof SeatCost>

export const Cover = z.object({ capability: z.string(), level: Level, evidence: Quote.nullable() })

export const Member = Party.extend({
  role: z.enum(ROLES),
  sponsor: z.boolean(),
  pinned: z.boolean(),
  /** Whether it has never worked with the sponsors; absent in proposals that were made before this was kept. */
  newcomer: z.boolean().optional(),
  covers: z.array(Cover),
  reasons: z.array(MemberReason),
  loss: Loss.nullable(),
  cost: SeatCost.nullable(),
})
export type Member = z.infer<typeof Member>

export const Coverage = CapabilityNamed.extend({
  level: Level,
  by: z.array(z.object({ id: z.string(), name: z.string(), level: Level })),
})
export type Coverage = z.infer<typeof Coverage>

/** What a team covers, and how its members stand by past work, so that one can be weighed against the other. */
const Weighed = z.object({
  covered: z.number(),
  members: z.number(),
  /** The place in the middle of its members', but for those who were given; null where there is none. */
  middle: z.number().nullable(),
})

/**
 * What past work says of the team, where the weights ask for it. Not known where the zone has no past to learn from: the
 * weights are then the balanced ones.
 */
export const Likelihood = z.discriminatedUnion('known', [
  z.object({ known: z.literal(false) }),
  Weighed.extend({
    known: z.literal(true),
    /** Of so many capabilities. */
    wanted: z.number(),
    /** How many could be named. */
    of: z.number(),
    projects: z.number(),
    /** Nothing dated on this day or later was seen. */
    before: z.string(),
    school: z.enum(PARTNER_SCHOOLS),
    /** The best team by the balanced weights under the same conditions; null where none was found in time. */
    balanced: Weighed.nullable(),
  }),
])
export type Likelihood = z.infer<typeof Likelihood>

/** Why one of the nearest does not close a gap. */
export const Shortfall = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('level') }),
  z.object({ kind: z.literal('refused') }),
  z.object({ kind: z.literal('condition'), conditions: z.array(Condition) }),
  /** Joining would not add to the objective. */
  z.object({ kind: z.literal('worth'), points: z.number() }),
])

/**
 * A capability below the level wanted, with the nearest organisations: those that cover some of it, then those that come
 * near and cover nothing (level 0). `nearest` is empty where nobody in the registry says anything of the kind.
 */
export const Gap = CapabilityNamed.extend({
  level: Level,
  nearest: z.array(Party.extend({ level: Level, member: z.boolean(), evidence: Quote.nullable(), why: Shortfall })),
})
export type Gap = z.infer<typeof Gap>
