import type { Candidate, MatchBoard, Reason, RefusalCode } from '#stages/match/model.ts'
import { useFormat } from '../../lib/format.ts'
import { useTerm } from '../../lib/terms.ts'
import { useWords } from '../../lib/words.ts'
import { useName } from './names.ts'
import { matchWords } from './words.ts'

/** Points of a hundred: what a share of the score is shown as. */
export const POINTS = 100
/** From this level on a capability counts as covered. */
export const COVERED_LEVEL_MIN = 2

/** Words the reasons and doubts of a board's candidates. */
export function useReasons(board: Pick<MatchBoard, 'capabilities'>) {
  const say = useWords(matchWords)
  const term = useTerm()
  const name = useName()
  const format = useFormat()
  const capabilityName = (id: string | undefined) => {
    const found = board.capabilities.find((capability) => capability.id === id)
    return found ? name(found) : ''
  }

  function reason(candidate: Candidate, { kind, level, capability: id, facts = {} }: Reason): string {
    const capability = capabilityName(id)
    switch (kind) {
      case 'covers':
        if (candidate.cells.some((cell) => cell.capability === id && cell.judged === 'confirm'))
          return say('reason.judged', { capability })
        return level ? say(`reason.covers.${level}`, { capability }) : capability
      case 'text':
        return say('reason.text')
      case 'trl':
        return Number(facts.distance) === 0
          ? say('reason.trl', { trl: facts.trl ?? '' })
          : say('reason.trlFar', { trl: facts.trl ?? '', count: Number(facts.distance) })
      case 'place':
        return say('reason.place', { place: placeName(String(facts.place)) })
      case 'partners':
        return say('reason.partners', { count: Number(facts.projects) })
      case 'part':
        return say('reason.part', { count: Number(facts.projects), part: String(facts.part) })
      case 'refusals':
        return say('reason.refusals', {
          count: Number(facts.times),
          code: say(`code.${facts.code as RefusalCode}`),
          lowers: say(`lowers.${facts.lowers as 'trl'}`),
        })
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

  return { reason, doubt, capabilityName }
}

export const isCovered = ({ cells }: Pick<Candidate, 'cells'>, capability: string) =>
  cells.some((cell) => cell.capability === capability && cell.level >= COVERED_LEVEL_MIN)

/** A candidate's key: an organisation and its result may both stand on the board. */
export const candidateKey = ({ kind, id }: Pick<Candidate, 'kind' | 'id'>) => `${kind}:${id}`
export const scoreKey = (candidate: Pick<Candidate, 'kind' | 'id'>) => `score:${candidateKey(candidate)}`
