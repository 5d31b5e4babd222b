import { type Among, amongOf, coverageOf } from '#engines/coverage/collection.ts'
import { contentTermsOf } from './content-words.ts'
import type { Level, Raise, Reason } from './model.ts'
import type { PreparedCorpus } from './prepared.ts'
import { keyOf, type Question } from './question.ts'
import { raisesOf } from './raises.ts'
import { quoteOf } from './ranking.ts'
import { type Given, type Scored, type Support, supportsOf } from './rules.ts'
import { scoreOne } from './score.ts'

/** From this level of one capability on, a need wants who covers it: evidence that fits. */
const WANTED_LEVEL_MIN = 2

/** An open need as it asks, in the words that its readers may read. */
export interface Asking {
  needId: string
  question: Question
}

/** For whom needs are ranked: an organisation, or one of its results alone. */
export interface Party {
  organisationIds: readonly string[]
  resultId: string | null
}

export interface WantingFound {
  needId: string
  wanting: Wanting | null
}

export interface Wanting {
  needId: string
  /** With history, and without, as on the need's board. */
  score: number
  merit: number
  /** What would raise the party most for this need. */
  raises: Raise[]
  reasons: Reason[]
  cells: { capability: string; level: Level; judged: 'confirm' | null }[]
}

/**
 * The needs that want an organisation or a result, the best fit first, ties by id; the first `told` of them with reasons.
 * Reads the party's own texts alone, so that hundreds of needs cost what one does. Scored as on the need's board but for
 * what the need's whole text adds there.
 */
export function wantingOf(
  prepared: PreparedCorpus,
  askings: readonly Asking[],
  party: Party,
  told: number,
): WantingFound[] {
  const { book } = prepared
  const held = book.texts.filter((text) => isHeldBy(party, text)).map(keyOf)
  const among = amongOf(prepared.index, held)
  return askings
    .flatMap(({ needId, question }) => {
      const scored = scoreParty(prepared, question, party, among)
      return scored ? [{ needId, question, scored }] : []
    })
    .sort((a, b) => b.scored.score - a.scored.score || (a.needId < b.needId ? -1 : 1))
    .map(({ needId, question, scored }, at) => ({
      needId,
      wanting: at < told ? tell(prepared, needId, question, scored) : null,
    }))
}

function isHeldBy(
  { organisationIds, resultId }: Party,
  text: { kind: string; id: string; holders: readonly { organisationId: string }[] },
): boolean {
  if (resultId !== null) return text.kind === 'result' && text.id === resultId
  return text.holders.some(({ organisationId }) => organisationIds.includes(organisationId))
}

/** The party as a candidate for one need, or nothing where the need does not want it or is its own. */
function scoreParty(
  { book, index, places }: PreparedCorpus,
  question: Question,
  { organisationIds, resultId }: Party,
  among: Among,
): (Scored & { given: Given }) | null {
  const organisationId = organisationIds.find((id) => book.organisationOf.has(id) && !question.sponsors.includes(id))
  if (organisationId === undefined) return null
  const isStrong = (id: string) => id.startsWith('result:') || id.startsWith('project:')
  const fits = new Map(
    question.capabilities.map(({ id, names }) => [
      id,
      coverageOf({ names }, index, { isStrong, among }).map((found) => ({
        text: places.get(found.id)!,
        fit: found.fit,
        named: found.named,
        level: found.level as Level,
      })),
    ]),
  )
  const supports = supportsOf(book, question, fits).get(organisationId) ?? []
  if (!supports.some(({ level }) => level >= WANTED_LEVEL_MIN)) return null
  const given = { organisationId, resultId, supports, textShare: 0, bestText: null, trl: trlOf(book, supports) }
  return { ...scoreOne(book, question, given), given }
}

/** The maturity that speaks for the party: that of its best evidence. */
function trlOf({ texts }: PreparedCorpus['book'], supports: readonly Support[]): number | null {
  const found = supports
    .flatMap((support) => support.texts.filter(({ level }) => level >= WANTED_LEVEL_MIN))
    .sort((a, b) => b.level - a.level || b.fit - a.fit || (texts[a.text]!.id < texts[b.text]!.id ? -1 : 1))
    .find(({ text }) => texts[text]!.trl !== null)
  return found ? texts[found.text]!.trl : null
}

/** Who denied what stays with the need's side; that somebody confirmed a capability speaks for the party. */
function tell(
  { book }: PreparedCorpus,
  needId: string,
  question: Question,
  scored: Scored & { given: Given },
): Wanting {
  const supports = scored.supports.map((one) => (one.judged === 'deny' ? { ...one, judged: null } : one))
  return {
    needId,
    score: scored.score,
    merit: scored.merit,
    raises: raisesOf(book, question, { ...scored.given, supports }),
    reasons: scored.reasons.map(({ text, ...reason }) => {
      const capability = question.capabilities.find(({ id }) => id === reason.capability)
      if (text === undefined || !capability) return reason
      return { ...reason, evidence: quoteOf(book, text, capability.names.flatMap(contentTermsOf)) }
    }),
    cells: question.capabilities.map(({ id }): Wanting['cells'][number] => {
      const support = scored.supports.find(({ capabilityId }) => capabilityId === id)
      return { capability: id, level: support?.level ?? 0, judged: support?.judged === 'confirm' ? 'confirm' : null }
    }),
  }
}
