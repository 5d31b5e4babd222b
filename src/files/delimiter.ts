import type { Delimiter } from './types.ts'

const CANDIDATES: readonly Delimiter[] = [';', '\t', '|', ',']
const RECORDS_MAX = 200

/** How the sample of a text file parts its fields. */
export interface Dialect {
  readonly delimiter: Delimiter
  /** Whether quotes enclose fields; false where they are only marks inside the text. */
  readonly quoted: boolean
  /** Whether the first line is Excel's own `sep=;`. */
  readonly stated: boolean
}

/**
 * Finds the delimiter from the beginning of a text: the mark that parts most records into one same number of fields.
 * A comma between digits counts as a decimal mark as long as another candidate parts the records about as well.
 */
export function findDialect(sample: string, complete: boolean): Dialect {
  const stated = /^\uFEFF?"?sep=([,;\t|])"?\r?\n/i.exec(sample)
  if (stated?.[1]) return { delimiter: stated[1] as Delimiter, quoted: true, stated: true }
  const quoted = quotesClose(sample, complete)
  let best: { delimiter: Delimiter; fit: number } = { delimiter: ',', fit: 0 }
  for (const delimiter of CANDIDATES) {
    const fit = fitOf(sample, delimiter, quoted, complete)
    if (fit > best.fit + 1e-9) best = { delimiter, fit }
  }
  return { delimiter: best.delimiter, quoted, stated: false }
}

/** Number of fields in each record of the sample, quotes heeded. */
function fieldCounts(sample: string, delimiter: Delimiter, quoted: boolean, complete: boolean): number[] {
  const counts: number[] = []
  let fields = 1
  let inQuotes = false
  let fieldStart = true
  let any = false
  for (let at = 0; at < sample.length && counts.length < RECORDS_MAX; at++) {
    const character = sample[at]
    if (inQuotes) {
      if (character !== '"') continue
      if (sample[at + 1] === '"') at++
      else inQuotes = false
    } else if (character === '"' && fieldStart && quoted) {
      inQuotes = true
      any = true
      fieldStart = false
    } else if (character === '\n' || character === '\r') {
      if (any) counts.push(fields)
      fields = 1
      fieldStart = true
      any = false
    } else if (character === delimiter) {
      if (delimiter !== ',' || !betweenDigits(sample, at)) fields++
      fieldStart = true
      any = true
    } else if (character !== ' ') {
      fieldStart = false
      any = true
    }
  }
  if (complete && any && counts.length < RECORDS_MAX) counts.push(fields)
  return counts
}

/** `1,5` is a number as Europe writes it, unless it stands in a row of numbers parted by commas. */
function betweenDigits(sample: string, at: number): boolean {
  if (!isDigit(sample[at - 1]) || !isDigit(sample[at + 1])) return false
  let before = at - 1
  while (isDigit(sample[before])) before--
  let after = at + 1
  while (isDigit(sample[after])) after++
  return sample[before] !== ',' && sample[after] !== ','
}

function isDigit(character: string | undefined): boolean {
  return character !== undefined && character >= '0' && character <= '9'
}

/** Share of records that agree on the commonest number of fields above one, raised a little by that number. */
function fitOf(sample: string, delimiter: Delimiter, quoted: boolean, complete: boolean): number {
  const counts = fieldCounts(sample, delimiter, quoted, complete)
  if (counts.length === 0) return 0
  const byCount = new Map<number, number>()
  for (const count of counts) if (count > 1) byCount.set(count, (byCount.get(count) ?? 0) + 1)
  let best = 0
  for (const [count, records] of byCount) best = Math.max(best, (records / counts.length) * (1 + Math.log2(count) / 10))
  return best
}

/** Whether the quotes that open fields are closed again; judged on a whole text only, for a piece may end inside one. */
function quotesClose(sample: string, complete: boolean): boolean {
  if (!complete) return true
  const opening = /(^|[,;\t|\n\r])[ ]?"/.test(sample)
  const marks = sample.split('"').length - 1
  return opening ? marks % 2 === 0 : true
}
