import type { Quote } from '#stages/match/model.ts'
import type { ReaderLanguage } from '../../lib/words.ts'
import type { MarkedRange } from '../../ui/marked-text.tsx'

export interface ReadQuote {
  text: string
  marks: MarkedRange[]
}

interface Line extends ReadQuote {
  isChinese: boolean
}

const HAN = /\p{Script=Han}/u

/**
 * What a reader is shown of a quote. Records in two languages are quoted across both, line by line: the lines that bear
 * marks are kept, and of those the ones in the reader's language where there are any.
 */
export function readQuote(
  { quote, marks, other }: Pick<Quote, 'quote' | 'marks' | 'other'>,
  reader: ReaderLanguage,
): ReadQuote {
  const lines = [...linesOf(quote, marks), ...(other ? linesOf(other.quote, other.marks) : [])]
  const marked = lines.filter((line) => line.marks.length)
  const among = marked.length ? marked : lines
  const own = among.filter((line) => line.isChinese === (reader === 'zh'))
  return showCuts(joinLines(own.length ? own : among))
}

/** A quote that begins or ends within a sentence says so. */
function showCuts({ text, marks }: ReadQuote): ReadQuote {
  const end = /[\p{Script=Latin},，、]$/u.test(text) ? '…' : ''
  if (!/^\p{Ll}/u.test(text)) return { text: `${text}${end}`, marks }
  return { text: `…${text}${end}`, marks: marks.map(([from, to]) => [from + 1, to + 1]) }
}

function linesOf(quote: string, marks: readonly MarkedRange[]): Line[] {
  let start = 0
  return quote
    .split('\n')
    .map((text) => {
      const end = start + text.length
      const own = marks
        .map(([from, to]): MarkedRange => [Math.max(from, start) - start, Math.min(to, end) - start])
        .filter(([from, to]) => from < to)
      start = end + 1
      return { text, marks: own, isChinese: HAN.test(text) }
    })
    .filter(({ text }) => text.trim())
}

function joinLines(lines: readonly Line[]): ReadQuote {
  const joined: ReadQuote = { text: '', marks: [] }
  for (const { text, marks } of lines) {
    const start = joined.text ? joined.text.length + 1 : 0
    joined.text = joined.text ? `${joined.text} ${text}` : text
    joined.marks.push(...marks.map(([from, to]): MarkedRange => [from + start, to + start]))
  }
  return joined
}
