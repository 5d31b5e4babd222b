import type { Pack } from '#engines/rules/pack.ts'
import { type Caller, isStaff } from '../caller.ts'
import { mayReadPrivate } from '../registry/access.ts'
import type { MissingYears, RuleState } from './pack-model.ts'

/** What rules ask of an organisation's years, and who may see the figures. */

/** The figures of a year that rules ask for, in minor units of the yuan; null where they are not known in it. */
export interface PackYear {
  year: number
  revenue: bigint | null
  sales: bigint | null
  rdSpend: bigint | null
}
export type PackFigure = Exclude<keyof PackYear, 'year'>

interface Asked {
  figure: PackFigure
  /** How many years back from the day of assessment; 1 is the last that has closed. */
  back: readonly number[]
  how: 'sum' | 'mean'
}

const MINOR_PER_TEN_THOUSAND = 1_000_000
const NAMES: readonly (readonly [string, PackFigure])[] = [
  ['research_spending', 'rdSpend'],
  ['revenue', 'revenue'],
  ['sales', 'sales'],
]
/** The facts that packs ask for by name, and of which years each is made. */
const ASKED: ReadonlyMap<string, Asked> = new Map(
  NAMES.flatMap(([name, figure]) => {
    const asked = (end: string, back: number[], how: Asked['how'] = 'sum') =>
      [`${name}${end}`, { figure, back, how }] as const
    return [
      asked('_last_year', [1]),
      asked('_year_before', [2]),
      asked('_third_year_back', [3]),
      asked('_3_years', [1, 2, 3]),
      asked('_average', [1, 2, 3], 'mean'),
      ...(figure === 'revenue' ? [asked('', [1])] : []),
    ]
  }),
)

/** Whether a fact of a pack is made of figures that an organisation keeps to itself. */
export const isPrivateFact = (fact: string) => ASKED.has(fact)

/** The last year that had closed by a day: `2026-05-01` to 2025. */
const lastClosed = (date: string) => Number(date.slice(0, 4)) - 1

/**
 * What years tell of each fact, in ten thousand yuan, as of a day. A fact of several years is known only where each of them
 * is: two of three years are neither a sum nor a mean of three.
 */
export function factsFromYears(years: readonly PackYear[], date: string): Record<string, number> {
  const facts: Record<string, number> = {}
  if (years.length === 0) return facts
  for (const [fact, { figure, back, how }] of ASKED) {
    const values = back.map((many) => figureOf(years, figure, lastClosed(date) - many + 1))
    if (values.some((value) => value === null)) continue
    const sum = Number(values.reduce<bigint>((all, value) => all + value!, 0n)) / MINOR_PER_TEN_THOUSAND
    facts[fact] = how === 'mean' ? sum / back.length : sum
  }
  return facts
}

/** The years of which a fact needs a figure that is not known; null for a fact that is not made of years. */
export function missingYears(fact: string, years: readonly PackYear[], date: string): Omit<MissingYears, 'of'> | null {
  const asked = ASKED.get(fact)
  if (!asked) return null
  const missing = yearsOf(asked, date).filter((year) => figureOf(years, asked.figure, year) === null)
  return missing.length ? { figure: asked.figure, years: missing } : null
}

const figureOf = (years: readonly PackYear[], figure: PackFigure, year: number) =>
  years.find((one) => one.year === year)?.[figure] ?? null

const yearsOf = ({ back }: Asked, date: string) => back.map((many) => lastClosed(date) - many + 1)

/** The years that a fact is made of, the latest first. */
export const yearsOfFact = (fact: string, date: string): number[] => {
  const asked = ASKED.get(fact)
  return asked ? yearsOf(asked, date) : []
}

/** The facts that a row of a pack asks for, those of its derived figures too. */
export function factsOfRow(pack: Pack, rowId: string): string[] {
  const facts = new Set<string>()
  const open: unknown[] = [pack.form.rows.find(({ id }) => id === rowId)]
  while (open.length > 0) {
    const next = open.pop()
    if (typeof next !== 'object' || next === null) continue
    for (const [key, value] of Object.entries(next)) {
      if (key !== 'fact' || typeof value !== 'string') open.push(value)
      else if (!facts.has(value)) {
        facts.add(value)
        open.push(pack.derived.get(value))
      }
    }
  }
  return [...facts].sort()
}

/**
 * How a team stands, as the caller may see it: the verdicts of all rows, and of what rests on what organisations keep to
 * themselves the figures only where the caller may read each of theirs.
 */
export function statesFor(caller: Caller, rules: readonly RuleState[]): RuleState[] {
  const mayRead = (id: string) => mayReadPrivate(caller, id)
  return rules.map((rule) => {
    // A proposal from before figures were told apart may hold one: it is the staff's alone.
    const isOpen = rule.privateOf === undefined ? isStaff(caller) : rule.privateOf.every(mayRead)
    return isOpen
      ? rule
      : { ...rule, have: null, figures: rule.figures?.filter(({ of }) => mayRead(of)) ?? [], hidden: true }
  })
}
