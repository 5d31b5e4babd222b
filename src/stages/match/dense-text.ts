import { sha256 } from '#kit/ids.ts'
import { TEXT_CHARS_MAX } from '../../embedding/embedder.ts'
import type { CorpusText } from './question.ts'

const HASH_CHARS = 32

/** What a text is embedded as; null for what says nothing of its own: the title of a programme part, or nothing at all. */
export function denseTextOf({ kind, title, text }: Pick<CorpusText, 'kind' | 'title' | 'text'>): string | null {
  if (kind === 'part') return null
  const whole = `${title}\n${text}`.trim().slice(0, TEXT_CHARS_MAX)
  return whole || null
}

/** Names a text's words, so that a vector of other words is known. */
export const hashOfText = (text: string): string => sha256(text).slice(0, HASH_CHARS)
