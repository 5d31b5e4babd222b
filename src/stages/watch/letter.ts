import { textIn } from '../texts.ts'
import type { Titled } from './find.ts'
import type { RecordKind } from './model.ts'
import { pathOf } from './rules.ts'
import { KIND_WORDS, LETTER_WORDS, type Worded } from './words.ts'

/** A letter is read in a minute; the rest stands on the page. */
export const LETTER_LINES_MAX = 20

export interface LetterSection {
  /** A watch's name; null for the needs that want the reader's organisation. */
  name: string | null
  lines: readonly (Titled & { kind: RecordKind; id: string })[]
}

export interface LetterFacts {
  language: Worded
  /** The zone's name, and the address of its pages. */
  zone: string
  home: string
  reader: string
  sections: readonly LetterSection[]
}

/** The weekly letter: its subject, and its text with everything but the link that ends the letters, which follows it. */
export function wordDigest({ language, zone, home, reader, sections }: LetterFacts): { subject: string; body: string } {
  const say = LETTER_WORDS[language]
  const total = sections.reduce((sum, { lines }) => sum + lines.length, 0)
  let left = LETTER_LINES_MAX
  const parts = sections.flatMap(({ name, lines }) => {
    const shown = lines.slice(0, left)
    left -= shown.length
    if (!shown.length) return []
    const said = shown.map(
      (line) =>
        `· ${plain(textIn(line.names, language) || line.name)}${language === 'zh' ? '（' : ' ('}${KIND_WORDS[line.kind][language]}${language === 'zh' ? '）' : ')'}\n  ${home}${pathOf(line.kind, line.id)}`,
    )
    return [[plain(name ?? say.wants), ...said].join('\n')]
  })
  const rest = total - (LETTER_LINES_MAX - left)
  const body = [
    say.hello(plain(reader)),
    say.opening(plain(zone)),
    ...parts,
    ...(rest > 0 ? [say.more(rest)] : []),
    `${say.all}${home}/watches`,
    say.end,
  ].join('\n\n')
  return { subject: say.subject(plain(zone), total), body }
}

/** One line: a title with a line break in it could pass for a line of the letter's own. */
const plain = (text: string) => text.replaceAll(/\s+/g, ' ').trim()
