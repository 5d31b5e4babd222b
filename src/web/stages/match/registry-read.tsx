import type { MatchBoard } from '#stages/match/model.ts'
import { useFormat } from '../../lib/format.ts'
import { useWords } from '../../lib/words.ts'
import { registryWords } from './registry-words.ts'

/** Says from where the registry was read, and what was learnt of the other language. */
export function useRegistryRead(): (board: Pick<MatchBoard, 'origin' | 'pairs'>) => string {
  const say = useWords(registryWords)
  const format = useFormat()
  return ({ origin, pairs }) => {
    const read = origin.refused
      ? say('refused', { why: say(`why.${origin.refused}`) })
      : say(origin.from === 'snapshot' ? 'snapshot' : 'database')
    const learnt = pairs
      ? say('pairs', { records: format.number(pairs.records), terms: format.number(pairs.terms) })
      : say('pairsNone')
    return [learnt, read].join(say.language === 'zh' ? '' : ' ')
  }
}
