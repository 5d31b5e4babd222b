import type { Organisation } from '#stages/registry/model.ts'
import { FIGURES, type Figure, type OrganisationYear, type YearInput } from '#stages/registry/year-model.ts'
import { readYearFact } from '#stages/registry/year-rules.ts'

/** A year as its form holds it. */
export type YearDraft = Omit<OrganisationYear, 'source' | 'year'> & { year: number | null }

export const yearsToEdit = (organisation: Organisation): YearDraft[] =>
  (organisation.private?.years ?? []).map(({ source: _, ...year }) => year)

/** The year that is asked for next: the last that has closed, or the one before those that are there. */
export function nextYear(years: readonly YearDraft[], today: Date): number {
  const known = years.flatMap(({ year }) => year ?? [])
  let next = today.getFullYear() - 1
  while (known.includes(next)) next -= 1
  return next
}

export const blankYear = (year: number): YearDraft => ({
  ...{ year, revenue: null, sales: null, rdSpend: null, staff: null, researchStaff: null },
})

/** As the API takes them. A year that was left open is refused there, beside its field. */
export const yearsToSend = (years: readonly YearDraft[]): YearInput[] =>
  years.map(({ year, ...figures }) => ({ year: year ?? 0, ...figures }))

/** The years with one figure set: what a source says, or what stands. */
export function yearsWith(years: readonly YearDraft[], fact: string, value: unknown): YearInput[] {
  const named = readYearFact(fact)
  if (!named) return yearsToSend(years)
  const { figure, year } = named
  const all = years.some((one) => one.year === year) ? years : [...years, blankYear(year)]
  return yearsToSend(all.map((one) => (one.year === year ? { ...one, [figure]: value ?? null } : one)))
}

/** The figures of which any of the years tells something, in the order in which they are read. */
export const figuresIn = (years: readonly Pick<OrganisationYear, Figure>[]): Figure[] =>
  FIGURES.filter((figure) => years.some((year) => year[figure] !== null))

/** Spending on R&D as a share of revenue, else of sales; null where either is not known, or in another currency. */
export function shareOf({
  revenue,
  sales,
  rdSpend,
}: Pick<OrganisationYear, 'revenue' | 'sales' | 'rdSpend'>): number | null {
  const whole = revenue ?? sales
  if (!whole || !rdSpend || whole.currency !== rdSpend.currency || Number(whole.minor) === 0) return null
  return Number(rdSpend.minor) / Number(whole.minor)
}
