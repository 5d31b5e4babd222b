import type { ExportColumn, ExportLanguage } from '#http/export-file.ts'
import { toDecimal } from '#kit/money.ts'
import type { OrganisationExportRow } from './organisation-store.ts'
import { FIGURES, type Figure } from './year-model.ts'

type InWords = Record<ExportLanguage, string>

/** Headings that the import understands again. */
const WORDS: Record<Figure, InWords> = {
  revenue: { zh: '营业收入', en: 'Revenue' },
  sales: { zh: '销售收入', en: 'Sales' },
  rdSpend: { zh: '研发投入', en: 'R&D spending' },
  staff: { zh: '员工人数', en: 'Employees' },
  researchStaff: { zh: '研发人员', en: 'R&D staff' },
}
const CURRENCY_ZH: Readonly<Record<string, string>> = {
  CNY: '元',
  EUR: '欧元',
  USD: '美元',
  HKD: '港元',
  MOP: '澳门元',
}

interface Place {
  figure: Figure
  year: number
  /** Of an amount: each currency has a column of its own. */
  currency: string | null
}

/** A column for each figure of each year that any of the rows has, the latest year first. */
export function yearColumns(rows: readonly OrganisationExportRow[]): ExportColumn<OrganisationExportRow>[] {
  const places = new Map<string, Place>()
  for (const { years } of rows)
    for (const year of years)
      for (const figure of FIGURES) {
        const value = year[figure]
        if (value === null) continue
        const place = { figure, year: year.year, currency: typeof value === 'object' ? value.currency : null }
        places.set(`${place.year} ${figure} ${place.currency}`, place)
      }
  return [...places.values()]
    .sort(
      (a, b) =>
        b.year - a.year ||
        FIGURES.indexOf(a.figure) - FIGURES.indexOf(b.figure) ||
        String(a.currency).localeCompare(String(b.currency), 'en'),
    )
    .map((place) => ({ heading: headingOf(place), width: 18, kind: 'number', value: (row) => figureIn(row, place) }))
}

function headingOf({ figure, year, currency }: Place): InWords {
  const { zh, en } = WORDS[figure]
  if (currency === null) return { zh: `${year}年${zh}`, en: `${en} ${year}` }
  return { zh: `${year}年${zh}（${CURRENCY_ZH[currency] ?? currency}）`, en: `${en} ${year} (${currency})` }
}

function figureIn({ years }: OrganisationExportRow, { figure, year, currency }: Place): number | string | null {
  const value = years.find((one) => one.year === year)?.[figure] ?? null
  if (typeof value !== 'object' || value === null) return value
  return value.currency === currency ? toDecimal(BigInt(value.minor), value.currency) : null
}
