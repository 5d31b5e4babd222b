import { z } from 'zod'
import { Id } from '../registry/model.ts'
import { Texts } from '../texts.ts'
import { ComposeOptions, Proposal } from './model.ts'
import { CapabilityNamed, MemberReason, Party, ROLES } from './team-model.ts'

/** The whole, in hundredths of a per cent. */
export const SHARE_HUNDREDTHS_WHOLE = 10_000
const EFFORT_TENTHS_MAX = 100_000
const NOTE_LENGTH_MAX = 2_000
const REASON_LENGTH_MAX = 500
export const INVITED_AT_ONCE_MAX = 60
export const INVITATION_DAYS_MAX = 180
export const INVITATION_DAYS_DEFAULT = 21

export const INVITATION_STATES = ['offered', 'countered', 'accepted', 'declined', 'withdrawn', 'expired'] as const
export type InvitationState = (typeof INVITATION_STATES)[number]
/** Who invites, and who is invited; `time` ends what nobody answered. */
export const STEP_SIDES = ['host', 'invited', 'time'] as const
export type StepSide = (typeof STEP_SIDES)[number]
export const MOVES = [
  'invite',
  'offer',
  'accept',
  'counter',
  'decline',
  'agree',
  'withdraw',
  'take_back',
  'expire',
] as const
export type Move = (typeof MOVES)[number]

/** Why an invitation is declined. Those that say something of the need itself are kept as a refusal of the match too. */
export const DECLINE_CODES = [
  'no_capacity',
  'outside_scope',
  'too_early',
  'unclear_description',
  'conflict',
  'role',
  'share',
  'effort',
  'partners',
  'timing',
] as const
export type DeclineCode = (typeof DECLINE_CODES)[number]

const Share = z.number().int().min(0).max(SHARE_HUNDREDTHS_WHOLE).nullable()
const Effort = z.number().int().min(0).max(EFFORT_TENTHS_MAX).nullable()
/** What a seat is offered on; null where a figure is left open. Shares are hundredths of a per cent, efforts tenths of a person-month. */
export const Terms = z.strictObject({ role: z.enum(ROLES), shareHundredths: Share, effortTenths: Effort })
export type Terms = z.infer<typeof Terms>

const Note = z.string().trim().max(NOTE_LENGTH_MAX).default('')
const Day = z.iso.date()
const revision = z.number().int().min(1)

export const InviteInput = z.strictObject({
  seats: z
    .array(Terms.extend({ organisationId: Id.transform((id) => id.toLowerCase()) }))
    .min(1)
    .max(INVITED_AT_ONCE_MAX)
    .refine((seats) => new Set(seats.map(({ organisationId }) => organisationId)).size === seats.length, 'list.twice'),
  message: Note,
  /** The last day on which it can be answered, by the zone's calendar. */
  expiresOn: Day,
})
export type InviteInput = z.output<typeof InviteInput>
export const Invited = z.object({ invitations: z.array(z.object({ id: z.string(), organisationId: z.string() })) })

const accept = z.strictObject({ move: z.literal('accept'), note: Note, revision })
const decline = z.strictObject({ move: z.literal('decline'), code: z.enum(DECLINE_CODES), note: Note, revision })
const counter = z.strictObject({ move: z.literal('counter'), terms: Terms, note: Note, revision })
/** What the invited may answer, signed in or by a link. */
export const AnswerInput = z.discriminatedUnion('move', [accept, decline, counter])
export type AnswerInput = z.output<typeof AnswerInput>
/** What either side may do, on the revision that was read. */
export const MoveInput = z.discriminatedUnion('move', [
  accept,
  decline,
  counter,
  z.strictObject({ move: z.literal('offer'), terms: Terms, note: Note, expiresOn: Day.nullish(), revision }),
  z.strictObject({ move: z.literal('agree'), note: Note, revision }),
  z.strictObject({ move: z.literal('withdraw'), note: Note, revision }),
  z.strictObject({ move: z.literal('take_back'), revision }),
])
export type MoveInput = z.output<typeof MoveInput>
export const Moved = z.object({ id: z.string(), state: z.enum(INVITATION_STATES), revision: z.number() })
export type Moved = z.infer<typeof Moved>

export const InvitationStep = Terms.extend({
  move: z.enum(MOVES),
  side: z.enum(STEP_SIDES),
  code: z.enum(DECLINE_CODES).nullable(),
  note: z.string(),
  byLink: z.boolean(),
  by: z.string().nullable(),
  at: z.string(),
})
export type InvitationStep = z.infer<typeof InvitationStep>

const Negotiated = z.object({
  id: z.string(),
  state: z.enum(INVITATION_STATES),
  terms: Terms,
  message: z.string(),
  code: z.enum(DECLINE_CODES).nullable(),
  expiresOn: z.string(),
  /** Whose answer is awaited; nobody's where it is settled. */
  turn: z.enum(['host', 'invited']).nullable(),
  /** Since when it stands as it does. */
  since: z.string(),
  steps: z.array(InvitationStep),
  /** What the reader may do now. */
  moves: z.array(z.enum(MOVES)),
  revision: z.number(),
})

export const INVITATION_LINK_STATES = ['open', 'used', 'ended'] as const
export const HostInvitation = Negotiated.extend({
  by: z.string().nullable(),
  link: z
    .object({ address: z.string().nullable(), createdAt: z.string(), state: z.enum(INVITATION_LINK_STATES) })
    .nullable(),
})
export type HostInvitation = z.infer<typeof HostInvitation>

/** What the invited may read, fixed when they were invited: the need's public text and the reasons, never the private text. */
export const Told = z.object({
  consortium: z.object({ name: z.string(), names: Texts }),
  need: z.object({ title: Texts, summary: Texts }),
  organisation: z.object({ name: z.string(), names: Texts }),
  lead: z.object({ name: z.string(), names: Texts }).nullable(),
  hosts: z.array(z.object({ name: z.string(), names: Texts })),
  members: z.number(),
  capabilities: z.array(CapabilityNamed),
  covers: z.array(z.object({ capability: z.string(), level: z.number() })),
  reasons: z.array(MemberReason),
})
export type Told = z.infer<typeof Told>
const ToldInvitation = Negotiated.extend({ told: Told })
export const Invitation = ToldInvitation.extend({
  /** The draft whose team the reader may look after, having accepted to lead it. */
  leads: z.string().nullable(),
})
export type Invitation = z.infer<typeof Invitation>
export const InvitationRow = ToldInvitation.omit({ steps: true, moves: true })
export const Invitations = z.object({
  rows: z.array(InvitationRow),
  /** How many await an answer of the reader's organisation. */
  waiting: z.number(),
})

/** What a link shows to whoever holds it. */
export const OpenedInvitation = ToldInvitation.extend({
  zone: z.object({ slug: z.string(), name: Texts, timeZone: z.string(), invented: z.boolean() }),
})
export type OpenedInvitation = z.infer<typeof OpenedInvitation>

export const InvitationLinkInput = z.strictObject({ email: z.email().max(200).nullish(), note: Note })
export type InvitationLinkInput = z.output<typeof InvitationLinkInput>
export const InvitationLinkMade = z.object({
  token: z.string().nullable(),
  url: z.string().nullable(),
  expiresOn: z.string(),
  mailed: z.boolean(),
})

/** A seat of the draft: who, on which terms, and how its invitation stands. */
export const BoardSeat = Party.extend({
  role: z.enum(ROLES),
  sponsor: z.boolean(),
  /** Of a seat without an invitation: as the hosts have written them. Of another: as they lie on the table. */
  terms: Terms,
  packages: z.array(z.string()),
  invitation: HostInvitation.nullable(),
})
export type BoardSeat = z.infer<typeof BoardSeat>

export const NamedPerson = z.object({
  id: z.string(),
  name: z.string(),
  names: Texts,
  post: z.string().nullable(),
  organisationId: z.string(),
  /** Teaches or does research at a university: a chief scientist rather than an operator. */
  professor: z.boolean(),
})
export const BoardPersons = z.object({
  chief: NamedPerson.nullable(),
  operator: NamedPerson.nullable(),
  operatorReason: z.string(),
  /** Persons of the members, as far as the registry knows them. */
  known: z.array(NamedPerson),
})
export type NamedPerson = z.infer<typeof NamedPerson>

/** What is laid side by side: a version, in the parts that are compared. */
export const Compared = Proposal.pick({
  id: true,
  at: true,
  by: true,
  status: true,
  objective: true,
  parts: true,
  coverage: true,
  members: true,
  capabilities: true,
  conditions: true,
  solved: true,
  likelihood: true,
})
export type Compared = z.infer<typeof Compared>

export const InvitationBoard = z.object({
  consortiumId: z.string(),
  /** A lead invites; seats, persons and versions are its hosts' to write, and of the need it sees what it was told. */
  as: z.enum(['host', 'lead']),
  revision: z.number(),
  seats: z.array(BoardSeat),
  /** Of organisations that are no longer members. */
  former: z.array(z.object({ party: Party, invitation: HostInvitation })),
  persons: BoardPersons,
  /** The team as it was saved, and what is proposed in its place for seats that have fallen free. */
  next: z.object({ before: Compared.nullable(), after: Compared, options: ComposeOptions }).nullable(),
  /** Whether the version taken over last can be undone: nobody has acted since. */
  undoable: z.boolean(),
  /** Seats whose invitation has ended without a member. */
  free: z.number(),
  /** The search for others that is under way, or how it last ended. */
  work: z.object({ id: z.string(), state: z.string(), rule: z.string().nullable() }).nullable(),
  timeZone: z.string(),
  today: z.string(),
})
export type InvitationBoard = z.infer<typeof InvitationBoard>

export const SeatInput = z.strictObject({
  role: z.enum(ROLES).optional(),
  shareHundredths: Share.optional(),
  effortTenths: Effort.optional(),
  revision,
})
export type SeatInput = z.output<typeof SeatInput>
/** A change that needs no more than the revision it is made on. */
export const DraftToChange = z.strictObject({ revision })
export const PersonsInput = z.strictObject({
  chief: Id.nullable(),
  operator: Id.nullable(),
  /** Why somebody from a university runs the daily business, where one does. */
  operatorReason: z.string().trim().max(REASON_LENGTH_MAX).default(''),
  revision,
})
export type PersonsInput = z.output<typeof PersonsInput>
export const DraftRevision = z.object({ id: z.string(), revision: z.number() })
export const Searching = z.object({ workId: z.string() })
export const TakeOverInput = z.strictObject({ proposalId: Id, revision })
export type TakeOverInput = z.output<typeof TakeOverInput>
