import { useTerm } from '../../lib/terms.ts'
import { useWords } from '../../lib/words.ts'
import { personWords } from './project-words.ts'

const LEVELS = ['leading', 'overseas', 'young', 'backbone'] as const

/** A talent level in the reader's words, where it is one of the usual ones; else as it was written. */
export function useTalentLevel(): (level: string) => string {
  const say = useWords(personWords)
  const term = useTerm()
  return (level) => {
    const known = LEVELS.find((one) => one === level)
    return known ? say(`level.${known}`) : term(level)
  }
}
