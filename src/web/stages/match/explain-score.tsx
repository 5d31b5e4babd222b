import type { Candidate, MatchBoard, Reason } from '#stages/match/model.ts'
import { MERIT_MAX, PARTS } from '#stages/match/rules.ts'
import { useFormat } from '../../lib/format.ts'
import { useWords } from '../../lib/words.ts'
import type { Why } from '../../ui/why/why-panel.tsx'
import { useWhyEvidence } from './evidence.tsx'
import { useMeaning } from './meaning.tsx'
import { useName } from './names.ts'
import { POINTS, scoreKey, useReasons } from './reasons.ts'
import { useRegistryRead } from './registry-read.tsx'
import { matchWords } from './words.ts'

const HASH_SHOWN = 12

/** A candidate's score down to its parts and their evidence; null for one that is no longer on the board. */
export function useScoreWhy(board: MatchBoard): (key: string) => Why | null {
  const say = useWords(matchWords)
  const format = useFormat()
  const name = useName()
  const meaning = useMeaning(board)
  const registryRead = useRegistryRead()
  const evidence = useWhyEvidence()
  const { reason, standing } = useReasons(board)
  const points = (share: number) => format.number(share * POINTS, 1)
  return (key) => {
    const candidate = board.candidates.find((one) => scoreKey(one) === key)
    if (!candidate) return null
    return {
      title: name(candidate),
      value: `${say('score', { score: points(candidate.score) })} · ${say('meritOf', { merit: points(candidate.merit) })}`,
      sentence: say('sumMerit', {
        points: points(candidate.merit * MERIT_MAX),
        most: points(MERIT_MAX),
        merit: points(candidate.merit),
      }),
      parts: candidate.reasons.map((one, at) => ({
        key: String(at),
        label: reason(candidate, one),
        value: points(one.weight),
        // What takes points away has no bar: it is no part of the score.
        ...(one.weight > 0 ? { share: candidate.score > 0 ? one.weight / candidate.score : 0 } : {}),
        ...noteOf(one),
      })),
      evidence: evidenceOf(candidate),
      rule: (
        <>
          <p>{say('aboutText', partsInPoints(points))}</p>
          <p>{say('ruleScore')}</p>
          <p>{meaning.sentence}</p>
          <p>{registryRead(board)}</p>
        </>
      ),
      source: say('sourceRun', {
        engine: board.engine,
        hash: board.inputsHash.slice(0, HASH_SHOWN),
        seq: board.seenSeq,
      }),
    }
  }

  /** What marks a part: that it is history, or how it stands beside the next. */
  function noteOf(one: Reason) {
    const note = [...(one.history ? [say('historyPart')] : []), standing(one)].filter(Boolean).join(' · ')
    return note ? { note } : {}
  }

  function evidenceOf(candidate: Candidate) {
    const seen = new Set<string>()
    return candidate.reasons.flatMap((one, at) => {
      const key = one.evidence && `${one.evidence.kind}:${one.evidence.id}`
      if (!one.evidence || !key || seen.has(key)) return []
      seen.add(key)
      return [evidence(one.evidence, `${at}:${key}`, reason(candidate, one))]
    })
  }
}

/** What each part of a score counts at most, in points. */
export const partsInPoints = (points: (share: number) => string) =>
  Object.fromEntries(Object.entries(PARTS).map(([part, share]) => [part, points(share)])) as Record<
    keyof typeof PARTS,
    string
  >
