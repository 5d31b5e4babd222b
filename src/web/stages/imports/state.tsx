import type { ImportBrief, ImportState } from '#stages/imports/model.ts'
import { useWords } from '../../lib/words.ts'
import { Badge, type Tone } from '../../ui/badges.tsx'
import { importWords } from './words.ts'

const TONES: Record<ImportState, Tone> = {
  reading: 'plain',
  mapping: 'look',
  checking: 'plain',
  ready: 'look',
  applying: 'plain',
  applied: 'good',
  dropped: 'quiet',
  failed: 'loss',
  cancelled: 'quiet',
}

export function ImportStateBadge({ state, kind }: { state: ImportState; kind: ImportBrief['kind'] }) {
  const say = useWords(importWords)
  return (
    <Badge tone={TONES[state]}>
      {state === 'mapping' && kind === 'cordis' ? say('adding') : say(`state.${state}`)}
    </Badge>
  )
}
