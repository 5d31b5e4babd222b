import { decideDateOrder } from './dates.ts'
import { fitNames, type NameFit } from './names.ts'
import { cellText, foldWidth } from './text.ts'
import type { Cell, ColumnGuess, ColumnStyle, Dictionary, Heading, Row, Unit, ValueKind } from './types.ts'
import { unitIn } from './units.ts'
import { kindShare, TELLING_KINDS } from './value-kinds.ts'
import { timeOf } from './years.ts'

/** Rows that are looked at to guess columns. */
export const SAMPLE_ROWS_MAX = 200
const SURE_MIN = 0.5
const OTHERS_MAX = 4
const OTHERS_MIN = 0.3
/** With fewer filled cells than this, values say nothing against a heading. */
const TELLING_CELLS_MIN = 3

interface Scored {
  readonly column: number
  readonly field: string
  readonly score: number
  readonly reason: string
  readonly looksLike?: ValueKind | undefined
}

/**
 * Guesses which known field each column is, from its heading and from a sample of its values. A field is given to one
 * column at most. Columns without a heading or values are left out.
 */
export function guessColumns(heading: Heading, sample: readonly Row[], dictionary: Dictionary): ColumnGuess[] {
  const width = Math.max(heading.columns.length, ...sample.map((row) => row.cells.length), 0)
  const columns = Array.from({ length: width }, (_, column) => ({
    column,
    name: heading.columns[column] ?? '',
    cells: sample.slice(0, SAMPLE_ROWS_MAX).map((row) => row.cells[column]),
  })).filter(({ name, cells }) => name !== '' || cells.some((cell) => cellText(cell) !== ''))
  const scored = columns.flatMap(({ column, name, cells }) =>
    scoreColumn(column, name, cells, dictionary, heading.above),
  )
  const given = assign(preferNeighbours(scored))
  return columns.map(({ column, name }) => guessOf(column, name, given.get(column), scored, heading))
}

function guessOf(
  column: number,
  name: string,
  chosen: Scored | undefined,
  scored: readonly Scored[],
  heading: Heading,
): ColumnGuess {
  const others = scored
    .filter((each) => each.column === column && each.field !== chosen?.field && each.score >= OTHERS_MIN)
    .toSorted((a, b) => b.score - a.score)
    .slice(0, OTHERS_MAX)
    .map(({ field, score }) => ({ field, confidence: round(score) }))
  const unit = unitIn(name) ?? tableUnit(heading, chosen?.looksLike)
  return {
    column,
    heading: name,
    field: chosen?.field ?? null,
    confidence: round(chosen?.score ?? 0),
    ...(unit ? { unit } : {}),
    reason: chosen?.reason ?? 'no known field',
    others,
  }
}

function scoreColumn(
  column: number,
  name: string,
  cells: readonly (Cell | undefined)[],
  dictionary: Dictionary,
  above: readonly string[],
): Scored[] {
  const { fits, yearly, suffix } = fitsInTime(name, dictionary, above)
  const shares = new Map<ValueKind, { share: number; filled: number }>()
  const shareOf = (kind: ValueKind) => {
    const known = shares.get(kind) ?? kindShare(kind, cells)
    shares.set(kind, known)
    return known
  }
  return Object.entries(dictionary).flatMap(([field, hint]) => {
    const ofYear = yearly.get(field)
    if (ofYear) {
      const score = combine(ofYear, hint.looksLike ? shareOf(hint.looksLike) : null, hint.looksLike, false)
      return [{ column, field: `${field}${suffix}`, looksLike: hint.looksLike, ...score }]
    }
    const fit = fits.get(field)
    const kinds = name === '' ? HEADLESS_KINDS : TELLING_KINDS
    const telling = hint.looksLike !== undefined && kinds.has(hint.looksLike)
    if (!fit && !telling) return []
    const values = hint.looksLike ? shareOf(hint.looksLike) : null
    const score = combine(fit, values, hint.looksLike, telling)
    return score.score > 0 ? [{ column, field, looksLike: hint.looksLike, ...score }] : []
  })
}

const FIGURE_KINDS: ReadonlySet<ValueKind | undefined> = new Set(['money', 'number'])
const yearlyNames = new WeakMap<Dictionary, Dictionary>()

/** The fields of a dictionary under the headings by which they are known beside a year. */
function yearlyOf(dictionary: Dictionary): Dictionary {
  const known = yearlyNames.get(dictionary)
  if (known) return known
  const made = Object.fromEntries(
    Object.entries(dictionary).flatMap(([field, { yearly }]) => (yearly ? [[field, { names: yearly }] as const] : [])),
  )
  yearlyNames.set(dictionary, made)
  return made
}

interface TimedFits {
  /** Of a heading as it stands. */
  fits: ReadonlyMap<string, NameFit>
  /** Of a heading of one year, by field; what the field's own name says of no year gives way to it. */
  yearly: ReadonlyMap<string, NameFit>
  /** `.2024` */
  suffix: string
}

/**
 * How a heading fits fields, with the time that it names: beside one year a figure is that year's, and over several years it
 * is no figure that could be split.
 */
function fitsInTime(name: string, dictionary: Dictionary, above: readonly string[]): TimedFits {
  const fits = new Map(fitNames(name, dictionary).map((fit) => [fit.field, fit]))
  const time = timeOf(name, above)
  const bare = time && new Map(fitNames(time.rest, yearlyOf(dictionary)).map((fit) => [fit.field, fit]))
  const [best] = [...(bare?.values() ?? [])].toSorted((a, b) => b.fit - a.fit)
  if (!time || !bare || !best || best.fit < SURE_MIN) return { fits, yearly: new Map(), suffix: '' }
  for (const fit of fitNames(time.rest, dictionary))
    if (fit.fit > (fits.get(fit.field)?.fit ?? 0)) fits.set(fit.field, fit)
  if (time.kind === 'year') {
    for (const [field, { fit }] of fits)
      if (fit <= best.fit && FIGURE_KINDS.has(dictionary[field]?.looksLike)) fits.delete(field)
    return { fits, yearly: bare, suffix: `.${time.year}` }
  }
  const several = Object.entries(dictionary).find(([, hint]) => hint.several)?.[0]
  for (const field of bare.keys()) fits.delete(field)
  if (several) fits.set(several, { ...best, field: several })
  return { fits, yearly: new Map(), suffix: '' }
}

function combine(
  fit: NameFit | undefined,
  values: { share: number; filled: number } | null,
  kind: ValueKind | undefined,
  telling: boolean,
): { score: number; reason: string } {
  const name = fit?.fit ?? 0
  const named = fit ? `headed like “${fit.name}”` : ''
  if (!values || !kind || values.filled === 0 || (fit && LOOSE_KINDS.has(kind))) return { score: name, reason: named }
  const shown = `${Math.round(values.share * 100)} % of the values look like ${kind}`
  if (telling && values.share >= 0.6 && values.filled >= TELLING_CELLS_MIN && !fit)
    return { score: 0.5 + 0.25 * values.share, reason: shown }
  if (!fit) return { score: 0, reason: '' }
  const weighed = name * (0.75 + 0.25 * values.share) + (telling && values.share > 0.6 ? 0.1 : 0)
  const doubted = values.filled >= TELLING_CELLS_MIN && values.share < 0.2 && STRICT_KINDS.has(kind)
  return { score: Math.min(1, doubted ? name * 0.55 : weighed), reason: `${named}; ${shown}` }
}

/** Kinds that say something for a column and nothing against it. */
const LOOSE_KINDS: ReadonlySet<ValueKind> = new Set(['text', 'list', 'name'])

/** Kinds by which a column without any heading may be named. */
const HEADLESS_KINDS: ReadonlySet<ValueKind> = new Set([...TELLING_KINDS, 'name', 'phone', 'country'])

/** Kinds whose values can be told so surely that a column without any of them is hardly of that kind. */
const STRICT_KINDS: ReadonlySet<ValueKind> = new Set([
  'url',
  'email',
  'phone',
  'date',
  'number',
  'money',
  'percent',
  'trl',
  'ordinal',
])

/** A column is plainly of one group (`result.*`) where its best field there is so much better than in any other. */
const PLAIN_LEAD = 0.15
const STRANGE_GROUP_MALUS = 0.05

/**
 * In a dictionary of several groups, such as firms and their results, a name that both have goes to the group of the
 * nearest column on the left that is plainly of one: 技术领域 after 成果名称 is the result's.
 */
function preferNeighbours(scored: readonly Scored[]): readonly Scored[] {
  const groupOf = (field: string) => /^(.+)\./.exec(field.replace(/\.\d{4}$/, ''))?.[1] ?? ''
  const columns = [...new Set(scored.map((each) => each.column))].toSorted((a, b) => a - b)
  const plain = new Map<number, string>()
  for (const column of columns) {
    const best = new Map<string, number>()
    for (const each of scored)
      if (each.column === column)
        best.set(groupOf(each.field), Math.max(each.score, best.get(groupOf(each.field)) ?? 0))
    const [first, second] = [...best].toSorted((a, b) => b[1] - a[1])
    if (first && first[1] >= SURE_MIN && first[1] - (second?.[1] ?? 0) >= PLAIN_LEAD) plain.set(column, first[0])
  }
  return scored.map((each) => {
    if (plain.has(each.column)) return each
    const left = columns.findLast((column) => column < each.column && plain.has(column))
    const group = left === undefined ? undefined : plain.get(left)
    return group === undefined || group === groupOf(each.field)
      ? each
      : { ...each, score: each.score - STRANGE_GROUP_MALUS }
  })
}

/** The best pair first, each column and each field once; ties by column, then by the dictionary's order. */
function assign(scored: readonly Scored[]): Map<number, Scored> {
  const given = new Map<number, Scored>()
  const taken = new Set<string>()
  for (const each of scored.toSorted((a, b) => b.score - a.score || a.column - b.column)) {
    if (each.score < SURE_MIN || given.has(each.column) || taken.has(each.field)) continue
    given.set(each.column, each)
    taken.add(each.field)
  }
  makeRoom(scored, given, taken)
  swapForBetter(scored, given)
  return given
}

/**
 * Moves a column to its second field where that lets another column, left without one, have the first, and both together
 * fit better: of `Company name` and `公司名称` one is the English name.
 */
function makeRoom(scored: readonly Scored[], given: Map<number, Scored>, taken: Set<string>): void {
  for (const wish of scored) {
    if (wish.score < SURE_MIN || given.has(wish.column)) continue
    const holder = [...given.values()].find((each) => each.field === wish.field)
    if (!holder) continue
    const moves = scored.filter(
      (each) => each.column === holder.column && each.score >= SURE_MIN && !taken.has(each.field),
    )
    const move = moves.toSorted((a, b) => b.score - a.score)[0]
    if (!move || move.score + wish.score <= holder.score) continue
    given.set(holder.column, move)
    given.set(wish.column, wish)
    taken.add(move.field)
  }
}

const UNIT_NOTE =
  /(?:单位|units?|amounts?|figures?|values?|金额|all in)\s*(?:are|is|in|为|均为|:|：|\s)*\s*((?:(?!单位|units?|amounts?)[^,，;；.()（）:：]){1,24})/gi

/** Lets two columns exchange their fields where both together fit better so. */
function swapForBetter(scored: readonly Scored[], given: Map<number, Scored>): void {
  const byPlace = new Map(scored.map((each) => [`${each.column} ${each.field}`, each]))
  for (const first of given.keys())
    for (const second of given.keys()) {
      const [a, b] = [given.get(first), given.get(second)]
      if (!a || !b || first >= second) continue
      const forFirst = byPlace.get(`${first} ${b.field}`)
      const forSecond = byPlace.get(`${second} ${a.field}`)
      if (!forFirst || !forSecond || forFirst.score + forSecond.score <= a.score + b.score) continue
      given.set(first, forFirst)
      given.set(second, forSecond)
    }
}

/** The unit a note above the table gives to all its amounts: `单位：万元`. */
function tableUnit(heading: Heading, kind: ValueKind | undefined): Unit | null {
  if (kind !== 'money') return null
  for (const [, stated = ''] of heading.above.flatMap((text) => [...foldWidth(text).matchAll(UNIT_NOTE)])) {
    for (const piece of stated.split('、')) {
      const words = piece.trim().split(/\s+/)
      for (let length = words.length; length > 0; length--) {
        const unit = unitIn(words.slice(0, length).join(' '))
        if (unit) return unit
      }
    }
  }
  return null
}

/** What the values of a column say together: the order of its dates, its decimal mark, and the heading's unit. */
export function studyColumn(cells: readonly (Cell | undefined)[], unit?: Unit): ColumnStyle {
  const dateOrder = decideDateOrder(cells)
  const decimal = decideDecimal(cells)
  return { ...(unit ? { unit } : {}), ...(dateOrder ? { dateOrder } : {}), ...(decimal ? { decimal } : {}) }
}

/** Which mark parts decimals, judged by the values that can be read one way only; null where none tells. */
export function decideDecimal(cells: readonly (Cell | undefined)[]): '.' | ',' | null {
  let dots = 0
  let commas = 0
  for (const cell of cells) {
    if (typeof cell !== 'string') continue
    const number = /\d[\d.,]*/.exec(foldWidth(cell))?.[0] ?? ''
    if (/^\d{1,3}(?:,\d{3})+\.\d+$|^\d+\.(?:\d{1,2}|\d{4,})$|^\d{1,3}(?:,\d{3}){2,}$/.test(number)) dots++
    if (/^\d{1,3}(?:\.\d{3})+,\d+$|^\d+,(?:\d{1,2}|\d{4,})$|^\d{1,3}(?:\.\d{3}){2,}$/.test(number)) commas++
  }
  if (dots === commas) return null
  return dots > commas ? '.' : ','
}

function round(score: number): number {
  return Math.round(score * 100) / 100
}
