import type { NeedState } from '#stages/needs/model.ts'
import { useWords } from '../../lib/words.ts'
import { Badge, type Tone } from '../../ui/badges.tsx'
import { needWords } from './words.ts'

const TONES: Record<NeedState, Tone> = {
  draft: 'quiet',
  in_review: 'look',
  returned: 'look',
  open: 'good',
  matched: 'good',
  closed: 'quiet',
  expired: 'quiet',
  merged: 'quiet',
}

export function NeedStateBadge({ state }: { state: NeedState }) {
  const say = useWords(needWords)
  return <Badge tone={TONES[state]}>{say(`state.${state}`)}</Badge>
}
