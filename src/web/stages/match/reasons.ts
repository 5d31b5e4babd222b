import type { Candidate, MatchBoard, Raise, Reason, RefusalCode } from '#stages/match/model.ts'
import { useFormat } from '../../lib/format.ts'
import { useTerm } from '../../lib/terms.ts'
import { useWords } from '../../lib/words.ts'
import { coverWords } from './cover-words.ts'
import { meaningWords } from './meaning-words.ts'
import { useName } from './names.ts'
import { pastWords } from './past-words.ts'
import { registryWords } from './registry-words.ts'
import { matchWords } from './words.ts'

/** Points of a hundred: what a share of the score is shown as. */
export const POINTS = 100
/** From this level on a capability counts as covered. */
export const COVERED_LEVEL_MIN = 2
const WORDS_TOLD_MAX = 4

/** Words the reasons and doubts of a board's candidates. */
export function useReasons(board: Pick<MatchBoard, 'capabilities'>) {
  const say = useWords(matchWords)
  const sayCover = useWords(coverWords)
  const sayMeaning = useWords(meaningWords)
  const sayPast = useWords(pastWords)
  const sayAcross = useWords(registryWords)
  const term = useTerm()
  const name = useName()
  const format = useFormat()
  const capabilityName = (id: string | undefined) => {
    const found = board.capabilities.find((capability) => capability.id === id)
    return found ? name(found) : ''
  }

  function reason(candidate: Pick<Candidate, 'cells'>, one: Reason): string {
    const { kind, level, capability: id, facts = {} } = one
    const capability = capabilityName(id)
    switch (kind) {
      case 'covers':
        if (candidate.cells.some((cell) => cell.capability === id && cell.judged === 'confirm'))
          return say('reason.judged', { capability })
        return level ? say(`reason.covers.${level}`, { capability }) : capability
      case 'text':
        return closeness(facts)
      case 'meaning':
        return sayMeaning('reason', {
          cosine: format.number(Number(facts.cosine), 2),
          place: format.number(Number(facts.place)),
          of: format.number(Number(facts.of)),
        })
      case 'trl':
        return Number(facts.distance) === 0
          ? say('reason.trl', { trl: facts.trl ?? '' })
          : say(facts.beyond ? 'reason.trlBeyond' : 'reason.trlShort', {
              trl: facts.trl ?? '',
              count: Number(facts.distance),
            })
      case 'place':
        return say(facts.asked ? 'reason.placeAsked' : 'reason.place', { place: placeName(String(facts.place)) })
      case 'partners':
        return pastWith(one)
      case 'through':
        return pastThrough(one)
      case 'programme':
        return sayPast('programme', { count: Number(facts.projects), part: String(facts.part) })
      case 'part':
        return say('reason.part', { count: Number(facts.projects), part: String(facts.part) })
      case 'refusals':
        return say(facts.others ? 'reason.refusals.others' : 'reason.refusals', {
          count: Number(facts.times),
          code: say(`code.${facts.code as RefusalCode}`),
          lowers: say(`lowers.${facts.lowers as 'trl'}`),
        })
    }
  }

  /** Which words of the need the text says as they are, and which in the other language. */
  function closeness({ words, twice }: NonNullable<Reason['facts']>): string {
    const own = words ? [say('reason.text', { words: listOf(String(words).split('\n')) })] : []
    const across = twice ? [sayAcross('across', { pairs: pairsOf(String(twice)) })] : []
    return own.length + across.length > 0 ? [...own, ...across].join(' · ') : say('reason.text.plain')
  }

  const pairsOf = (twice: string) =>
    twice
      .split('\n')
      .slice(0, WORDS_TOLD_MAX)
      .map((line) => {
        const [word = '', says = '', records] = line.split('\t')
        return sayAcross('pair', { word, says, count: Number(records) })
      })
      .join(say.language === 'zh' ? '；' : '; ')

  /** With whom of the sponsors, how often, and when last. */
  function pastWith({ facts = {}, with: sponsor }: Reason): string {
    const count = Number(facts.projects)
    if (!sponsor) return say('reason.partners', { count })
    const named = { count, name: name(sponsor) }
    return facts.last ? sayPast('last', { ...named, last: String(facts.last) }) : sayPast('with', named)
  }

  function pastThrough({ facts = {}, with: sponsor, through }: Reason): string {
    const others = Number(facts.bridges) - 1
    const named = { name: sponsor ? name(sponsor) : '', through: through ? name(through) : '' }
    return others > 0 ? sayPast('throughMany', { ...named, count: others }) : sayPast('through', named)
  }

  /** A few words of the need, in the reader's language where there are any. */
  function listOf(words: readonly string[]): string {
    const own = words.filter((word) => /\p{Script=Han}/u.test(word) === (say.language === 'zh'))
    const told = (own.length > 1 ? own : words).slice(0, WORDS_TOLD_MAX)
    return told.map((word) => `“${word}”`).join(say.language === 'zh' ? '' : ', ')
  }

  /** For a covers-reason: what is missing to the next level, and who comes next. */
  function standing({ lacks, rank, next }: Reason): string {
    const parts: string[] = []
    if (rank) {
      parts.push(say(rank.of === 1 ? 'only' : rank.place === 1 ? 'first' : 'rankOf', rank))
      if (rank.tied) parts.push(say('tied', { count: rank.tied }))
    }
    if (next) {
      const named = { name: name(next), level: next.level }
      const evidence = next.evidence ? sayCover(`evidence.${next.evidence}`).toLocaleLowerCase() : ''
      parts.push(
        !evidence
          ? say('next', named)
          : next.year
            ? say('nextByYear', { ...named, evidence, year: next.year })
            : say('nextBy', { ...named, evidence }),
      )
    }
    const beside = parts.join(say.language === 'zh' ? '，' : '; ')
    return [...(lacks ? [say(`lacks.${lacks}`)] : []), beside].filter(Boolean).join(say.language === 'zh' ? '。' : '. ')
  }

  /** What would raise a candidate, with the points it would bring. */
  function raise({ what, capability, level = 0, place, gain }: Raise): string {
    const points = format.number(gain * POINTS, 0)
    switch (what) {
      case 'evidence':
        return say(level === 3 ? 'raise.evidence.3' : 'raise.evidence.2', {
          capability: capabilityName(capability),
          gain: points,
        })
      case 'trl_known':
      case 'trl':
        return say(`raise.${what}`, { level, gain: points })
      case 'place':
        return say('raise.place', { place: placeName(place ?? ''), gain: points })
    }
  }

  const placeName = (place: string) => (/^[A-Z]{2}$/.test(place) ? format.country(place) : term(place))

  /** The foremost doubt in a sentence. */
  function doubt(candidate: Candidate): string | null {
    const [first] = candidate.doubts
    if (!first) return null
    if (first !== 'critical_missing') return say(`doubt.${first}`)
    const missing = board.capabilities.filter(({ id, critical }) => critical && !isCovered(candidate, id))
    return say('doubt.critical_missing', {
      capabilities: missing.map(name).join(say.language === 'zh' ? '”“' : '”, “'),
    })
  }

  return { reason, standing, raise, doubt, capabilityName }
}

export const isCovered = ({ cells }: Pick<Candidate, 'cells'>, capability: string) =>
  cells.some((cell) => cell.capability === capability && cell.level >= COVERED_LEVEL_MIN)

/** A candidate's key: an organisation and its result may both stand on the board. */
export const candidateKey = ({ kind, id }: Pick<Candidate, 'kind' | 'id'>) => `${kind}:${id}`
export const scoreKey = (candidate: Pick<Candidate, 'kind' | 'id'>) => `score:${candidateKey(candidate)}`
