import { tokensOf } from './tokens.ts'

export interface MarkedExcerpt {
  /** A piece of the text as it was given. */
  quote: string
  /** Where the quote begins in the text. */
  start: number
  /** What to highlight, as [from, to) in the quote, in order and apart from each other. */
  marks: [number, number][]
}

export const EXCERPT_CHARS_MAX = 240
/** How far back a quote looks for the beginning of its sentence, as a share of its length. */
const LEAD_SHARE = 0.5

interface Span {
  term: string
  start: number
  end: number
}

/**
 * The piece of a text, at most `lengthMax` UTF-16 units, that holds the most different terms asked for (then the most
 * occurrences, then the first), beginning with its sentence where that fits. Terms are as the tokeniser gives them
 * (`termsOf`, or `Hit.terms`). Without a match: the beginning of the text.
 */
export function markedExcerpt(
  text: string,
  queryTerms: Iterable<string>,
  { lengthMax = EXCERPT_CHARS_MAX }: { lengthMax?: number } = {},
): MarkedExcerpt {
  const asked = new Set(queryTerms)
  const spans = tokensOf(text).filter(({ term }) => asked.has(term))
  const [first, last] = bestSpans(spans, lengthMax)
  const [start, end] = windowAround(text, spans[first]?.start ?? 0, spans[last]?.end ?? 0, lengthMax)
  return { quote: text.slice(start, end), start, marks: marksWithin(spans, start, end) }
}

/** The first and last span of the best window, as places in `spans`. */
function bestSpans(spans: readonly Span[], lengthMax: number): [number, number] {
  const counts = new Map<string, number>()
  let best: [number, number] = [0, 0]
  let bestScore = [0, 0]
  let end = 0
  for (let first = 0; first < spans.length; first += 1) {
    for (; end < spans.length && (end <= first || spans[end]!.end - spans[first]!.start <= lengthMax); end += 1)
      counts.set(spans[end]!.term, (counts.get(spans[end]!.term) ?? 0) + 1)
    const score = [counts.size, end - first]
    if (score[0]! > bestScore[0]! || (score[0] === bestScore[0] && score[1]! > bestScore[1]!)) {
      bestScore = score
      best = [first, end - 1]
    }
    const left = counts.get(spans[first]!.term)! - 1
    if (left === 0) counts.delete(spans[first]!.term)
    else counts.set(spans[first]!.term, left)
  }
  return best
}

function windowAround(text: string, from: number, to: number, lengthMax: number): [number, number] {
  const spare = Math.max(0, lengthMax - (to - from))
  const earliest = Math.max(0, from - Math.floor(spare * LEAD_SHARE))
  let start = sentenceStart(text, earliest, from) ?? wordStart(text, earliest, from)
  while (start < from && /\s/u.test(text[start] ?? '')) start += 1
  start = awayFromPair(text, start)
  const latest = Math.min(text.length, start + lengthMax)
  let end = latest === text.length ? latest : wordEnd(text, Math.min(to, latest), latest)
  if (splitsPair(text, end)) end -= 1
  while (end > to && /\s/u.test(text[end - 1] ?? '')) end -= 1
  return [start, Math.max(start, end)]
}

function sentenceStart(text: string, earliest: number, from: number): number | null {
  if (earliest === 0) return 0
  for (let at = earliest; at < from; at += 1) {
    const before = text[at - 1] ?? ''
    if ('。！？；\n'.includes(before) || ('.!?;'.includes(before) && /\s/u.test(text[at] ?? ''))) return at
  }
  return null
}

/** The first beginning of a word from `earliest` on; a text without spaces is cut anywhere. */
function wordStart(text: string, earliest: number, from: number): number {
  for (let at = earliest; at < from; at += 1)
    if (!/[\p{L}\p{N}]/u.test(text[at - 1] ?? ' ') || isHan(text, at)) return at
  return earliest
}

function wordEnd(text: string, to: number, latest: number): number {
  for (let at = latest; at > to; at -= 1) if (!/[\p{L}\p{N}]/u.test(text[at] ?? ' ') || isHan(text, at)) return at
  return latest
}

function isHan(text: string, at: number): boolean {
  return /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text[at] ?? '')
}

function awayFromPair(text: string, at: number): number {
  return splitsPair(text, at) ? at + 1 : at
}

function splitsPair(text: string, at: number): boolean {
  return (text.charCodeAt(at) & 0xfc00) === 0xdc00 && (text.charCodeAt(at - 1) & 0xfc00) === 0xd800
}

/** The spans inside the quote, in its own offsets, overlapping and touching ones made one. */
function marksWithin(spans: readonly Span[], start: number, end: number): [number, number][] {
  const marks: [number, number][] = []
  const inside = spans.filter((span) => span.start < end && span.end > start).sort((a, b) => a.start - b.start)
  for (const span of inside) {
    const from = Math.max(span.start, start) - start
    const to = Math.min(span.end, end) - start
    const last = marks.at(-1)
    if (last && from <= last[1]) last[1] = Math.max(last[1], to)
    else marks.push([from, to])
  }
  return marks
}
