import { Fault, type Issue } from '#kit/fault.ts'
import { type Fields, isEmpty } from './rules.ts'
import { FIGURES, type Figure, YEAR_MAX, YEAR_MIN, YEARS_MAX, type YearInput } from './year-model.ts'

/** A figure of a year as the facts of an organisation name it: `rdSpend.2024`. */
export const yearFact = (figure: Figure, year: number) => `${figure}.${year}`

const YEAR_FACT = /^([A-Za-z]+)\.(\d{4})$/

/** The figure and year that a fact's name tells; null for any other fact. */
export function readYearFact(fact: string): { figure: Figure; year: number } | null {
  const [, name, digits] = YEAR_FACT.exec(fact) ?? []
  const figure = FIGURES.find((one) => one === name)
  const year = Number(digits)
  return figure && year >= YEAR_MIN && year <= YEAR_MAX ? { figure, year } : null
}

/** Those of some facts that are figures of years. */
export const yearFactsOf = (facts: Fields): Fields =>
  Object.fromEntries(Object.entries(facts).filter(([fact]) => readYearFact(fact)))

/** Years as facts. Those that stand and are not named any more are null, as whoever removes a year or a figure means. */
export function factsOfYears(years: readonly YearInput[], standing: Fields = {}): Fields {
  const facts: Fields = Object.fromEntries(Object.keys(yearFactsOf(standing)).map((fact) => [fact, null]))
  for (const { year, ...said } of years)
    for (const figure of FIGURES) {
      const value = said[figure] ?? null
      if (value !== null || yearFact(figure, year) in facts) facts[yearFact(figure, year)] = value
    }
  return facts
}

/** The years of which facts tell anything, the latest first. */
export function yearsIn(facts: Fields): number[] {
  const years = Object.entries(facts).flatMap(([fact, value]) =>
    isEmpty(value) ? [] : (readYearFact(fact)?.year ?? []),
  )
  return [...new Set(years)].sort((a, b) => b - a)
}

/**
 * Refuses years before YEAR_MIN or after the next, one that stands there twice, and more than YEARS_MAX, unless there were
 * as many before.
 *
 * @throws Fault `invalid` that names each wrong one
 */
export function refuseYears(
  years: readonly YearInput[],
  { standing, thisYear }: { standing: Fields; thisYear: number },
) {
  const issues: Issue[] = []
  const seen = new Set<number>()
  for (const [at, { year }] of years.entries()) {
    const path = `years.${at}.year`
    if (year < YEAR_MIN || year > thisYear + 1)
      issues.push({ path, rule: 'year.bounds', limit: `${YEAR_MIN}-${thisYear + 1}` })
    else if (seen.has(year)) issues.push({ path, rule: 'year.twice' })
    seen.add(year)
  }
  if (seen.size > Math.max(YEARS_MAX, yearsIn(standing).length))
    issues.push({ path: 'years', rule: 'year.too_many', limit: YEARS_MAX })
  if (issues.length)
    throw new Fault('invalid', 'The figures of the years are not right.', {
      rule: 'body.form',
      issues,
      tip: `At most ${YEARS_MAX} years from ${YEAR_MIN} to the next, each once.`,
    })
}
