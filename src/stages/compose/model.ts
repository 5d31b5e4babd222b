import { z } from 'zod'
import { choices, ListQuery, pageOf } from '../lists.ts'
import { Level } from '../match/model.ts'
import { Id, Kind, Money } from '../registry/model.ts'
import { Language, SomeText, Texts } from '../texts.ts'
import { ComposeOptions, WeightsSet } from './options-model.ts'
import { RuleState } from './pack-model.ts'
import {
  CapabilityNamed,
  Condition,
  Cover,
  Coverage,
  Gap,
  Likelihood,
  Member,
  MemberReason,
  Party,
  ROLES,
} from './team-model.ts'

export {
  ComposeOptions,
  type ComposeOptionsSent,
  PRESETS,
  SOLVE_SECONDS_DEFAULT,
  SOLVE_SECONDS_MAX,
  TEAM_MEMBERS_MAX,
  TEAM_MEMBERS_MAX_DEFAULT,
  WeightsSet,
} from './options-model.ts'

export {
  CapabilityNamed,
  CONDITIONS,
  COST_BASES,
  Condition,
  Cover,
  Coverage,
  Gap,
  Loss,
  Member,
  MemberReason,
  Party,
  ROLES,
  type Role,
  SeatCost,
  Shortfall,
} from './team-model.ts'

export const LINK_DAYS_MAX = 90
export const LINK_DAYS_DEFAULT = 30
const NOTE_LENGTH_MAX = 2_000

export const STATUSES = ['optimal', 'feasible', 'infeasible'] as const
export const ComposeInput = z.strictObject({ options: ComposeOptions.prefault({}) })

/** One of the two: the proposal, or, where it takes longer, the work that makes it (its `output` names the proposal). */
export const Composed = z.object({ proposalId: z.string().nullable(), workId: z.string().nullable() })
export type Composed = z.infer<typeof Composed>

/**
 * One thing to give up or change, so that a team can be had; both figures null where it is given up. A budget's figures
 * are minor units of its currency.
 */
export const RelaxationChange = z.object({
  what: z.string(),
  /** The kind, place, capability or organisation that is meant, and its name where it has one. */
  id: z.string().nullable(),
  name: z.string().nullable(),
  /** What a rule says. */
  words: z.object({ zh: z.string(), en: z.string() }).nullable(),
  from: z.number().nullable(),
  to: z.number().nullable(),
})
export const Relaxation = z.object({
  condition: Condition,
  /** Whether giving way here alone is enough. */
  enough: z.boolean(),
  changes: z.array(RelaxationChange),
  /** For one click: these options in place of the proposal's own solve again. Null where it is not enough. */
  options: ComposeOptions.nullable(),
})
export const Conflict = z.object({
  conditions: z.array(Condition),
  /** Whether each of them is needed for the conflict; false where time ran out before that was certain. */
  irreducible: z.boolean(),
  relaxations: z.array(Relaxation),
})
export type Conflict = z.infer<typeof Conflict>

/** Capability x (members, then the next best candidates): `levels` and `judged` stand in the order of `columns`. */
export const HeatMap = z.object({
  columns: z.array(Party.extend({ member: z.boolean(), refused: z.boolean(), banned: z.boolean() })),
  rows: z.array(
    z.object({
      capability: z.string(),
      levels: z.array(Level),
      judged: z.array(z.enum(['confirm', 'deny']).nullable()),
    }),
  ),
})

/** The conditions under which the team was chosen, the need's own and the person's joined. */
export const HeldConditions = z.object({
  minMembers: z.number().nullable(),
  maxMembers: z.number(),
  budget: Money.nullable(),
  regions: z.array(z.string()),
  kinds: z.partialRecord(Kind, z.number()),
  criticalRequired: z.boolean(),
  /** Critical capabilities that nobody reaches; they are not demanded, and stand among the gaps. */
  criticalOutOfReach: z.array(z.string()),
  sponsorsIn: z.boolean(),
  companyLeads: z.boolean(),
  criticalCovers: z.number(),
  newcomersMin: z.number().nullable(),
  smeShareMin: z.number().nullable(),
  apart: z.array(z.object({ a: z.string(), b: z.string(), names: z.array(z.string()) })),
  /** The weights of the objective, in points. */
  weights: WeightsSet,
  pins: z.array(z.object({ id: z.string(), name: z.string() })),
  bans: z.array(z.object({ id: z.string(), name: z.string() })),
  /** Organisations of which one side has said no on this need. */
  refused: z.array(z.object({ id: z.string(), name: z.string() })),
})

export const PART_KINDS = ['coverage', 'second', 'cost', 'member', 'load', 'confidence', 'likelihood', 'trust'] as const
export const Part = z.object({ kind: z.enum(PART_KINDS), id: z.string(), points: z.number() })

/** What the solver did, for a sentence: "7 of 9 capabilities covered, proven best within the budget". */
export const Solved = z.object({
  covered: z.number(),
  of: z.number(),
  provenBest: z.boolean(),
  /** The search was stopped with the best team found so far. */
  stopped: z.boolean(),
  /** Candidates that cover something; and how many of them the solver had to weigh. */
  candidates: z.number(),
  weighed: z.number(),
  /** What the seats are estimated to cost, where there is a currency to say it in; members without an estimate count 0. */
  cost: Money.nullable(),
  costUnknown: z.number(),
  withoutCompany: z.boolean(),
})

export const Proposal = z.object({
  id: z.string(),
  needId: z.string(),
  needName: z.string(),
  needTitle: Texts,
  at: z.string(),
  by: z.string().nullable(),
  status: z.enum(STATUSES),
  /** Points; null where no team was found. */
  objective: z.number().nullable(),
  bound: z.number().nullable(),
  gap: z.number().nullable(),
  seconds: z.number(),
  parts: z.array(Part),
  options: ComposeOptions,
  conditions: HeldConditions,
  capabilities: z.array(CapabilityNamed),
  members: z.array(Member),
  coverage: z.array(Coverage),
  gaps: z.array(Gap),
  conflict: Conflict.nullable(),
  /** How the team stands to each row of the packs that were asked for. */
  rules: z.array(RuleState),
  heatMap: HeatMap,
  solved: Solved,
  /** Absent where the weights don't ask who is likely to join. */
  likelihood: Likelihood.nullish(),
  engine: z.string(),
  seed: z.number(),
  inputsHash: z.string(),
  seenSeq: z.string(),
  /** The need's revision on which it was made. */
  needRevision: z.number(),
  /** Whether the registry, the need, or what was said of either has moved on since. */
  stale: z.boolean(),
  /** The draft consortium saved from it. */
  consortiumId: z.string().nullable(),
})
export type Proposal = z.infer<typeof Proposal>

export const ProposalRow = Proposal.pick({
  id: true,
  at: true,
  by: true,
  status: true,
  objective: true,
  gap: true,
  options: true,
  stale: true,
  consortiumId: true,
}).extend({
  covered: z.number(),
  of: z.number(),
  members: z.array(z.object({ id: z.string(), name: z.string(), names: Texts, role: z.enum(ROLES) })),
})
export type ProposalRow = z.infer<typeof ProposalRow>
export const Proposals = z.object({
  need: z.object({ id: z.string(), name: z.string(), title: Texts, state: z.string() }),
  rows: z.array(ProposalRow),
  total: z.number(),
  page: z.number(),
  size: z.number(),
})
export const ProposalsQuery = ListQuery.pick({ page: true, size: true })

export const PROPOSAL_FORMATS = ['docx', 'xlsx'] as const
export const ProposalExportQuery = z.object({
  format: z.enum(PROPOSAL_FORMATS).default('docx'),
  language: Language.default('zh'),
})
export const PROPOSAL_TYPES = [
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
] as const

/** With an address the link is sent there, in both languages, with the note above it. */
export const LinkInput = z.strictObject({
  days: z.number().int().min(1).max(LINK_DAYS_MAX).default(LINK_DAYS_DEFAULT),
  email: z.email().max(200).nullish(),
  note: z.string().trim().max(NOTE_LENGTH_MAX).default(''),
})
export type LinkInput = z.output<typeof LinkInput>
/** The token is shown this once; a repeated request with the same key gets null for it and its address. */
export const LinkMade = z.object({
  id: z.string(),
  token: z.string().nullable(),
  url: z.string().nullable(),
  expiresAt: z.string(),
  mailed: z.boolean(),
})
export const LINK_STATES = ['open', 'expired', 'revoked'] as const
export const LinkRow = z.object({
  id: z.string(),
  by: z.string().nullable(),
  /** To whom it was mailed. */
  address: z.string().nullable(),
  createdAt: z.string(),
  expiresAt: z.string(),
  state: z.enum(LINK_STATES),
})
export const Links = z.object({ rows: z.array(LinkRow) })

const SharedParty = Party.omit({ size: true })
const SharedNearest = SharedParty.extend({ level: Level, member: z.boolean(), why: z.enum(['level', 'other']) })
/**
 * What a link shows to anybody who holds it: the team, its roles, reasons, coverage and gaps, and the need's public part.
 * Neither the private text, nor contacts, money, who was banned or said no, nor candidates that were not chosen, but
 * for the nearest to a gap.
 */
export const SharedProposal = z.object({
  zone: z.object({ slug: z.string(), name: Texts, invented: z.boolean() }),
  needTitle: Texts,
  needSummary: Texts,
  at: z.string(),
  expiresAt: z.string(),
  status: z.enum(STATUSES),
  gap: z.number().nullable(),
  capabilities: z.array(CapabilityNamed),
  members: z.array(
    SharedParty.extend({
      role: z.enum(ROLES),
      sponsor: z.boolean(),
      covers: z.array(Cover),
      reasons: z.array(MemberReason),
    }),
  ),
  coverage: z.array(Coverage),
  gaps: z.array(CapabilityNamed.extend({ level: Level, nearest: z.array(SharedNearest) })),
  /** Empty where it rests on what is not for the public: a part of a conflict is none. */
  conflict: z.array(Condition).nullable(),
  solved: Solved.pick({ covered: true, of: true, provenBest: true, candidates: true }),
  engine: z.string(),
  seed: z.number(),
  inputsHash: z.string(),
})
export type SharedProposal = z.infer<typeof SharedProposal>

/** Without a name the draft is called after its need. */
export const ConsortiumInput = z.strictObject({
  names: SomeText.nullish(),
  note: z.string().trim().max(NOTE_LENGTH_MAX).default(''),
})
export type ConsortiumInput = z.output<typeof ConsortiumInput>
/** A change names only what changes, and the revision it was made on. */
export const ConsortiumChange = z.strictObject({
  names: SomeText.optional(),
  note: z.string().trim().max(NOTE_LENGTH_MAX).optional(),
  revision: z.number().int().min(1),
})
export type ConsortiumChange = z.output<typeof ConsortiumChange>
/** `created` is false where the proposal had been saved before: the draft is that one. */
export const ConsortiumSaved = z.object({ id: z.string(), revision: z.number(), created: z.boolean() })

export const CONSORTIUM_STATES = ['draft'] as const
export const ConsortiumRow = z.object({
  id: z.string(),
  name: z.string(),
  names: Texts,
  state: z.enum(CONSORTIUM_STATES),
  needId: z.string(),
  needName: z.string(),
  needTitle: Texts,
  proposalId: z.string().nullable(),
  members: z.number(),
  leadName: z.string().nullable(),
  leadNames: Texts.nullable(),
  updatedAt: z.string(),
})
export type ConsortiumRow = z.infer<typeof ConsortiumRow>
export const CONSORTIUM_SORTS = ['name', 'members', 'updated'] as const
export const ConsortiumQuery = ListQuery.extend({
  sort: z.enum(CONSORTIUM_SORTS).default('updated'),
  order: z.enum(['asc', 'desc']).default('desc'),
  need: Id.optional(),
  state: choices(CONSORTIUM_STATES),
})
export const ConsortiumPage = pageOf(ConsortiumRow)

export const Consortium = ConsortiumRow.omit({ members: true, leadName: true, leadNames: true }).extend({
  note: z.string(),
  by: z.string().nullable(),
  createdAt: z.string(),
  capabilities: z.array(CapabilityNamed),
  members: z.array(Party.extend({ role: z.enum(ROLES), covers: z.array(Cover), reasons: z.array(MemberReason) })),
  mayChange: z.boolean(),
  revision: z.number(),
})
export type Consortium = z.infer<typeof Consortium>

export const Done = z.object({ id: z.string() })
