import { matchApi } from '#stages/match/api.ts'
import type { CoverageCell, Level } from '#stages/match/model.ts'
import { useFormat } from '../../lib/format.ts'
import { useRead } from '../../lib/query.tsx'
import { type Say, useWords } from '../../lib/words.ts'
import { useWhy, type Why } from '../../ui/why/why-panel.tsx'
import { coverWords } from './cover-words.ts'
import { useWhyEvidence } from './evidence.tsx'
import { JudgeForm } from './judge-form.tsx'
import { useName } from './names.ts'

export type SayCover = Say<(typeof coverWords)['table']>

const CELL = 'cell:'

/** Under which a cell of the coverage opens in the why panel. */
export const cellKey = (capability: string, organisation: string) => `${CELL}${capability}:${organisation}`

/** What stands in a cell; a person's word is a mark beside the level. */
export function cellText(level: Level, judged: 'confirm' | 'deny' | null): string {
  if (judged === 'deny') return '✕'
  return judged === 'confirm' ? `${level} ✓` : level === 0 ? '·' : String(level)
}

/** What a reader of the screen hears of a cell. */
export function cellLabel(
  say: SayCover,
  cell: { organisation: string; capability: string; level: Level; judged: 'confirm' | 'deny' | null },
): string {
  const { judged, level, ...named } = cell
  const words = judged === 'deny' ? say('denied') : judged === 'confirm' ? say('confirmed') : say(`level.${level}`)
  return say('cell', { ...named, level, words })
}

/**
 * The open cell of a need's coverage for the why panel: all evidence behind it, the rule, and a person's word on it.
 * Answers for keys made by `cellKey` alone, and undefined for any other.
 */
export function useCellWhy(need: string): (key: string) => Why | null | undefined {
  const { open } = useWhy()
  const say = useWords(coverWords)
  const format = useFormat()
  const name = useName()
  const evidence = useWhyEvidence()
  const [capability = '', organisation = ''] = open?.startsWith(CELL) ? open.slice(CELL.length).split(':') : []
  const { data, error } = useRead(matchApi.cell, {
    params: { need, capability, organisation },
    enabled: capability !== '' && organisation !== '',
  })
  return (key) => {
    if (!key.startsWith(CELL)) return undefined
    if (error) return null
    if (!data || data.capability.id !== capability || data.organisation.id !== organisation) return undefined
    return {
      title: `${name(data.organisation)} · ${name(data.capability)}`,
      value: say('levelOf', { level: data.level, words: say(`level.${data.level}`) }),
      sentence: data.evidence.length ? say('cellSentence', { count: data.evidence.length }) : say('noEvidence'),
      parts: partsOf(data),
      evidence: data.evidence.map((piece, at) =>
        evidence(
          piece,
          `${at}:${piece.id}`,
          say(piece.named ? 'namedNote' : 'evidenceNote', {
            kind: say(`evidence.${piece.kind}`),
            level: piece.level,
            fit: format.number(piece.fit),
          }) + (piece.trl === null ? '' : ` · ${say('trl', { level: piece.trl })}`),
        ),
      ),
      rule: say('cellRule', {
        fit: format.number(data.thresholds.fit),
        neighbour: format.number(data.thresholds.neighbour),
      }),
      actions: data.mayJudge ? <JudgeForm key={key} need={need} cell={data} /> : undefined,
    }
  }

  function partsOf(cell: CoverageCell): NonNullable<Why['parts']> {
    const { judgement } = cell
    if (!judgement) return []
    const who = say('judgedBy', { who: judgement.who ?? say('somebody'), when: format.instant(judgement.at) })
    return [
      { key: 'computed', label: say('computed'), value: String(cell.computed) },
      {
        key: 'judged',
        label: judgement.verdict === 'confirm' ? say('saidConfirm', { level: judgement.level }) : say('saidDeny'),
        value: String(cell.level),
        note: judgement.note ? `${who}: ${judgement.note}` : who,
      },
    ]
  }
}
