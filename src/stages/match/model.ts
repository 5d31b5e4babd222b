import { z } from 'zod'
import { Kind } from '../registry/model.ts'
import { Texts } from '../texts.ts'
import { Meaning } from './dense-model.ts'

export const CANDIDATES_MAX = 200
export const CAPABILITIES_MAX = 50
const NOTE_LENGTH_MAX = 2_000

export const Level = z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)])
export type Level = z.infer<typeof Level>

/** What a match is made of. The weights of a candidate's reasons add up to its score. */
export const REASON_KINDS = [
  'covers',
  'text',
  'meaning',
  'trl',
  'place',
  'partners',
  'through',
  'programme',
  'part',
  'refusals',
] as const
/**
 * What evidence lacks for the next level: to fit; to deal with it and not name it in passing; to say anything; to name it;
 * to be more than words; to be one's own.
 */
export const LACKS = ['fit', 'passing', 'text', 'name', 'delivered', 'lead'] as const
/** What would raise a candidate: evidence for a capability, a known or a nearer readiness, a site where it is wanted. */
export const RAISES = ['evidence', 'trl_known', 'trl', 'place'] as const
/** By which score a board is ordered. */
export const ORDERS = ['score', 'merit'] as const
export type Order = (typeof ORDERS)[number]
export const EVIDENCE_KINDS = ['result', 'project', 'profile', 'document', 'part'] as const
export const DOUBTS = [
  'only_profile',
  'nothing',
  'neighbour_only',
  'critical_missing',
  'trl_far',
  'no_text',
  'denied',
  'refused',
] as const

/** Why one side says no, said to the other side. */
export const REFUSAL_CODES = [
  'too_early',
  'no_better',
  'unclear_route',
  'unclear_description',
  'outside_scope',
  'no_capacity',
  'conflict',
  'terms',
] as const
export type RefusalCode = (typeof REFUSAL_CODES)[number]
export const ANSWERS = ['interest', 'refusal', 'later'] as const
export const SIDES = ['need', 'offer'] as const

/**
 * Whether the other side was told of an answer: it was; none of its members has an account; or it may not see the need. Null
 * where there is nothing to tell.
 */
export const Told = z.enum(['told', 'no_account', 'unseen']).nullable()
export type Told = z.infer<typeof Told>

const Marks = z.array(z.tuple([z.number(), z.number()]))
export const Quote = z.object({
  kind: z.enum(EVIDENCE_KINDS),
  id: z.string(),
  title: z.string(),
  /** The title by language, where the record has one. */
  titles: Texts.optional(),
  /** When it was made or ended, where that is known. */
  year: z.number().optional(),
  quote: z.string(),
  /** What to mark in the quote, as [from, to). */
  marks: Marks,
  /** The same of the record's other language, Chinese or not, where it bears marks too: readers choose their own. */
  other: z.object({ quote: z.string(), marks: Marks }).optional(),
})
export type Quote = z.infer<typeof Quote>

const Named = z.object({ id: z.string(), name: z.string(), names: Texts })

export const Reason = z.object({
  kind: z.enum(REASON_KINDS),
  /** This reason's part of the score. */
  weight: z.number(),
  capability: z.string().optional(),
  level: Level.optional(),
  evidence: Quote.optional(),
  /** Rests on who has dealt with whom: counts in the score, and not on merit. */
  history: z.boolean(),
  /** For a level below 3, what is missing to the next one. */
  lacks: z.enum(LACKS).optional(),
  /** Which it is of those candidates that have any evidence for this capability, and how many have as good. */
  rank: z.object({ place: z.number(), of: z.number(), tied: z.number() }).optional(),
  /** Whose evidence comes next for this capability; null where nobody has less. */
  next: z
    .object({
      id: z.string(),
      name: z.string(),
      names: Texts,
      level: Level,
      evidence: z.enum(EVIDENCE_KINDS).nullable(),
      year: z.number().nullable(),
    })
    .nullable()
    .optional(),
  /** With which sponsor it has worked, itself or through whom. */
  with: Named.optional(),
  through: Named.optional(),
  /** What a figure in the reason's sentence says: TRL, shared projects, place. */
  facts: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
})
export type Reason = z.infer<typeof Reason>

export const Raise = z.object({
  what: z.enum(RAISES),
  capability: z.string().optional(),
  /** The level to reach, or the TRL. */
  level: z.number().optional(),
  place: z.string().optional(),
  /** By how much the score would grow, all else being as it is. */
  gain: z.number(),
})
export type Raise = z.infer<typeof Raise>

export const Cell = z.object({ capability: z.string(), level: Level, judged: z.enum(['confirm', 'deny']).nullable() })

export const Response = z.object({
  id: z.string(),
  needId: z.string(),
  needTitle: z.string(),
  needTitles: Texts,
  organisationId: z.string(),
  organisationName: z.string(),
  organisationNames: Texts,
  resultId: z.string().nullable(),
  side: z.enum(SIDES),
  answer: z.enum(ANSWERS),
  code: z.enum(REFUSAL_CODES).nullable(),
  note: z.string(),
  at: z.string(),
})

export const Candidate = z.object({
  kind: z.enum(['organisation', 'result']),
  id: z.string(),
  name: z.string(),
  names: Texts,
  /** With history: the sum of all reasons. */
  score: z.number(),
  /** Without: the sum of the reasons that are not history, as a share of the most that these can be. */
  merit: z.number(),
  /** Has no past project with the sponsors. */
  newcomer: z.boolean(),
  /** Stands higher than its score by the officer's choice, and at which place it would stand by score alone. */
  lifted: z.object({ by: z.enum(['newcomer_seat', 'exposure', 'turn']), from: z.number() }).nullable(),
  /** What would raise it most, computed from the score itself. */
  raises: z.array(Raise),
  reasons: z.array(Reason),
  doubts: z.array(z.enum(DOUBTS)),
  cells: z.array(Cell),
  organisation: z.object({
    id: z.string(),
    name: z.string(),
    names: Texts,
    kind: Kind,
    country: z.string().nullable(),
    region: z.string().nullable(),
    city: z.string().nullable(),
  }),
  trl: z.number().nullable(),
})
export type Candidate = z.infer<typeof Candidate>

export const CapabilityBrief = z.object({
  id: z.string(),
  name: z.string(),
  names: Texts,
  weight: z.number(),
  critical: z.boolean(),
  levelWanted: z.number(),
})

/** Why a snapshot of the registry could not be used. */
export const UNUSABLE = ['cut', 'damaged', 'foreign', 'version', 'zone', 'chain', 'unreadable'] as const

export const Origin = z.object({
  from: z.enum(['database', 'snapshot']),
  refused: z.enum(UNUSABLE).nullable(),
})
export type Origin = z.infer<typeof Origin>

/** Terms of two languages that are asked for alike: from how many bilingual records, and the hash of what these say. */
export const PairsLearnt = z.object({ records: z.number(), terms: z.number(), hash: z.string() })
export type PairsLearnt = z.infer<typeof PairsLearnt>

export const MatchBoard = z.object({
  need: z.object({ id: z.string(), title: z.string(), titles: Texts }),
  capabilities: z.array(CapabilityBrief),
  candidates: z.array(Candidate),
  /** How many organisations and results were looked at, and how many of the texts among them say anything. */
  looked: z.object({ organisations: z.number(), results: z.number(), texts: z.number() }),
  /** False where the registry holds no text: then programme part, kind, country and past partners are all there is. */
  withText: z.boolean(),
  responses: z.array(Response),
  order: z.enum(ORDERS),
  /** The officer's choice, as it was applied here. */
  fairness: z.object({ newcomerSeats: z.number(), exposureBound: z.number().nullable() }),
  meaning: Meaning,
  /** From where the registry was read, and why not from its snapshot where there was one. */
  origin: Origin,
  pairs: PairsLearnt.nullable(),
  engine: z.string(),
  seed: z.number(),
  inputsHash: z.string(),
  seenSeq: z.string(),
  mayJudge: z.boolean(),
})
export type MatchBoard = z.infer<typeof MatchBoard>

/** One cell of the coverage, opened: all evidence for it, the best first, and a person's word on it. */
export const CoverageCell = z.object({
  capability: z.object({ id: z.string(), name: z.string(), names: Texts }),
  organisation: z.object({ id: z.string(), name: z.string(), names: Texts }),
  level: Level,
  /** What the evidence alone says. */
  computed: Level,
  evidence: z.array(Quote.extend({ fit: z.number(), level: Level, named: z.boolean(), trl: z.number().nullable() })),
  judgement: z
    .object({
      verdict: z.enum(['confirm', 'deny']),
      level: Level,
      note: z.string(),
      who: z.string().nullable(),
      at: z.string(),
    })
    .nullable(),
  thresholds: z.object({ fit: z.number(), neighbour: z.number() }),
  mayJudge: z.boolean(),
})
export type CoverageCell = z.infer<typeof CoverageCell>

export const JudgementInput = z
  .strictObject({
    verdict: z.enum(['confirm', 'deny']),
    level: Level.default(2),
    note: z.string().trim().max(NOTE_LENGTH_MAX).default(''),
  })
  .refine((input) => input.verdict === 'deny' || input.level > 0, 'judgement.level')

export const ResponseInput = z
  .strictObject({
    organisationId: z.string(),
    resultId: z.string().nullish(),
    side: z.enum(SIDES),
    answer: z.enum(ANSWERS),
    code: z.enum(REFUSAL_CODES).nullish(),
    note: z.string().trim().max(NOTE_LENGTH_MAX).default(''),
  })
  .refine(
    (input) => (input.answer === 'refusal') === (input.code !== null && input.code !== undefined),
    'response.code',
  )
