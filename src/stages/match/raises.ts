import { FIT_THRESHOLD } from '#engines/coverage/weights.ts'
import type { Level, Raise } from './model.ts'
import type { Book, Question } from './question.ts'
import type { Given, Support } from './rules.ts'
import { scoreOne } from './score.ts'

const RAISES_TOLD_MAX = 3
/** Half a point of a hundred is not worth anybody's work. */
const GAIN_MIN = 0.005

/**
 * What would raise a candidate most, each tried by scoring it anew with that one thing changed: evidence that brings a
 * capability to its next step (2, then 3), a readiness that is known or reached, a site where one is wanted.
 */
export function raisesOf(book: Book, question: Question, given: Given): Raise[] {
  const now = scoreOne(book, question, given).score
  return [...tries(question, given)]
    .map(({ raise, changed }) => ({ ...raise, gain: scoreOne(book, question, changed).score - now }))
    .filter(({ gain }) => gain >= GAIN_MIN)
    .sort((a, b) => b.gain - a.gain)
    .slice(0, RAISES_TOLD_MAX)
}

function* tries(question: Question, given: Given): Generator<{ raise: Omit<Raise, 'gain'>; changed: Given }> {
  for (const { id } of question.capabilities) {
    const support = given.supports.find(({ capabilityId }) => capabilityId === id)
    const level = support?.level ?? 0
    if (level === 3 || support?.judged) continue
    const reached: Level = level < 2 ? 2 : 3
    yield {
      raise: { what: 'evidence', capability: id, level: reached },
      changed: { ...given, supports: withLevel(given.supports, id, reached) },
    }
  }
  const { from, to } = question.trl
  const wanted = from ?? to
  if (wanted !== null && (given.trl === null || given.trl < wanted))
    yield {
      raise: { what: given.trl === null ? 'trl_known' : 'trl', level: wanted },
      changed: { ...given, trl: wanted },
    }
  const [place] = question.places
  if (place) yield { raise: { what: 'place', place }, changed: { ...given, place } }
}

function withLevel(supports: readonly Support[], capabilityId: string, level: Level): Support[] {
  const known = supports.find((support) => support.capabilityId === capabilityId)
  const fit = Math.max(known?.fit ?? 0, FIT_THRESHOLD)
  const raised: Support = { ...{ computed: level, judged: null, texts: [], ...known }, capabilityId, level, fit }
  return [...supports.filter((support) => support.capabilityId !== capabilityId), raised]
}
