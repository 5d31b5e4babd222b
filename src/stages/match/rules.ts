import type { Candidate, Level, Reason, RefusalCode } from './model.ts'
import { type Book, byEvidence, type CorpusText, type Holder, type Question, type TextFit } from './question.ts'

/** What the parts of a score count at most; together 1. */
export const PARTS = { covers: 0.7, text: 0.1, trl: 0.06, place: 0.04, partners: 0.08, part: 0.02 } as const
/** What the past counts at most: work with a sponsor, work with a partner of one, work in the same programme part. */
export const HISTORY = { together: 0.05, through: 0.02, programme: 0.01 } as const
/** The most that the parts without history come to: merit is told as a share of it, so that it too ends at 1. */
export const MERIT_MAX = 1 - PARTS.partners

/**
 * What a refusal by the need's side lowers, in shares of the score: for the one refused on this need, for each refusal on
 * an alike need once there are `ALIKE_MIN` of them, and in all at most. What is between the two parties is history.
 */
export const REFUSAL_LOWERS: Readonly<
  Record<
    RefusalCode,
    { lowers: 'trl' | 'covers' | 'text' | 'all'; here: number; alike: number; most: number; history: boolean }
  >
> = {
  too_early: { lowers: 'trl', here: 0.04, alike: 0.02, most: 0.06, history: false },
  no_better: { lowers: 'covers', here: 0.06, alike: 0.02, most: 0.1, history: false },
  unclear_route: { lowers: 'covers', here: 0.04, alike: 0.015, most: 0.08, history: false },
  unclear_description: { lowers: 'text', here: 0.03, alike: 0.01, most: 0.06, history: false },
  outside_scope: { lowers: 'covers', here: 0.1, alike: 0.03, most: 0.15, history: false },
  no_capacity: { lowers: 'all', here: 0.05, alike: 0.01, most: 0.08, history: true },
  conflict: { lowers: 'all', here: 0.1, alike: 0.02, most: 0.14, history: true },
  terms: { lowers: 'all', here: 0.05, alike: 0.01, most: 0.08, history: true },
}
/** Fewer refusals than this on other needs say nothing of the one refused. */
export const ALIKE_MIN = 2

/** What a level is worth, and how far the fit moves it within its band: bands never overlap. */
const LEVEL_WORTH: Record<Level, { from: number; span: number }> = {
  0: { from: 0, span: 0 },
  1: { from: 0.12, span: 0.2 },
  2: { from: 0.5, span: 0.3 },
  3: { from: 0.85, span: 0.15 },
}
export const worthOf = (level: Level, fit: number): number =>
  LEVEL_WORTH[level].from + LEVEL_WORTH[level].span * Math.min(fit, 1)

/** The best evidence of one organisation for one capability. */
export interface Support {
  capabilityId: string
  level: Level
  /** What the evidence alone says, before a person's word. */
  computed: Level
  judged: 'confirm' | 'deny' | null
  fit: number
  /** Texts that support it, as places in the corpus, the best first. */
  texts: readonly { text: number; fit: number; level: Level; named: boolean }[]
}

const SUPPORTS_KEPT_MAX = 12

/**
 * Joins the texts' fits to what each organisation covers. Strong evidence is strong only for its own holders; a programme
 * part is at most a neighbouring field. A person's word stands above the evidence.
 */
export function supportsOf(
  book: Book,
  question: Pick<Question, 'capabilities' | 'judgements'>,
  fits: ReadonlyMap<string, readonly TextFit[]>,
): Map<string, Support[]> {
  const byOrganisation = new Map<string, Map<string, Support>>()
  const supportFor = (organisationId: string, capabilityId: string): Support => {
    const supports = byOrganisation.get(organisationId) ?? new Map<string, Support>()
    byOrganisation.set(organisationId, supports)
    const known = supports.get(capabilityId)
    if (known) return known
    const fresh: Support = { capabilityId, level: 0, computed: 0, judged: null, fit: 0, texts: [] }
    supports.set(capabilityId, fresh)
    return fresh
  }
  for (const { id } of question.capabilities)
    for (const found of fits.get(id) ?? []) {
      const text = book.texts[found.text]!
      for (const holder of text.holders) {
        const level = levelFor(text, holder, found)
        if (level === 0) continue
        const support = supportFor(holder.organisationId, id)
        ;(support.texts as { text: number; fit: number; level: Level; named: boolean }[]).push({ ...found, level })
      }
    }
  for (const supports of byOrganisation.values()) for (const support of supports.values()) settle(book, support)
  for (const judgement of question.judgements) {
    const support = supportFor(judgement.organisationId, judgement.capabilityId)
    support.judged = judgement.verdict
    support.level = judgement.verdict === 'deny' ? 0 : judgement.level
    if (judgement.verdict === 'confirm') support.fit = Math.max(support.fit, 1)
  }
  return new Map([...byOrganisation].map(([organisationId, supports]) => [organisationId, [...supports.values()]]))
}

function settle(book: Book, support: Support): void {
  const texts = [...support.texts].sort(byEvidence(book))
  support.texts = texts.slice(0, SUPPORTS_KEPT_MAX)
  support.computed = texts[0]?.level ?? 0
  support.level = support.computed
  support.fit = texts[0]?.fit ?? 0
}

function levelFor(text: CorpusText, holder: Holder, found: TextFit): Level {
  if (text.kind === 'part') return Math.min(found.level, 1) as Level
  return found.level === 3 && !holder.strong ? 2 : found.level
}

export interface Scored {
  organisationId: string
  score: number
  merit: number
  reasons: (Reason & { text?: number })[]
  doubts: Candidate['doubts']
  supports: readonly Support[]
  trl: number | null
}

/** A word of the need that a text says in the other language, and from how many bilingual records that was learnt. */
export interface SaidOtherwise {
  word: string
  says: string
  records: number
}

/** A text's part of closeness that it has from its meaning, its cosine to the need, and its place among so many texts. */
export interface Nearness {
  share: number
  cosine: number
  place: number
  of: number
}

/** What is known of one organisation, or of one result of it, before it is scored. */
export interface Given {
  organisationId: string
  /** Where a result is scored and not its owner. */
  resultId?: string | null
  supports: readonly Support[]
  /** How close its best text is beside the capabilities' own words, as a share of the closest; and those words. */
  textShare: number
  bestText: number | null
  words?: readonly string[]
  /** Words of the need that its best text says in the other language. */
  twice?: readonly SaidOtherwise[]
  /** How near its best text is in meaning, beside that. */
  meaning?: Nearness
  trl: number | null
  /** Asks how it would stand if it were there. */
  place?: string
}

/** How many levels a TRL lies outside what the need asks; null where either is not known. */
export function trlDistance(trl: number | null, { from, to }: Question['trl']): number | null {
  if (trl === null || (from === null && to === null)) return null
  const low = from ?? to!
  const high = to ?? from!
  return trl < low ? low - trl : trl > high ? trl - high : 0
}

/** Riper than what the need asks: nothing that more work would mend. */
export const isBeyond = (trl: number | null, { from, to }: Question['trl']): boolean =>
  trl !== null && trl > (to ?? from ?? trl)
