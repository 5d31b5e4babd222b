import { json } from '#db/db.ts'
import { foldText } from '#engines/text/fold.ts'
import { sortKey } from '#kit/collate.ts'
import { allText, type Texts, textIn, toTexts } from '../texts.ts'
import type { Money, OrganisationFacts } from './model.ts'
import type { Fields, Identifiers } from './rules.ts'

/** The facts of an organisation, by the names that the API, the sources and the history use, and the column of each. */
export const ORGANISATION_COLUMNS = {
  names: 'names',
  shortName: 'short_name',
  kind: 'kind',
  size: 'size',
  staff: 'staff',
  founded: 'founded',
  country: 'country',
  region: 'region',
  city: 'city',
  address: 'address',
  latitude: 'latitude',
  longitude: 'longitude',
  url: 'url',
  segment: 'segment',
  fields: 'fields',
  titles: 'titles',
  products: 'products',
  summary: 'summary',
  contact: 'contact',
  notes: 'notes',
} as const
const JSON_FACTS = ['names', 'products', 'summary', 'contact']
const LIST_FACTS = ['fields', 'titles']

/** What a person sent, as facts, but for identifiers and years. Only what was sent is in it. */
export function factsOf(input: OrganisationFacts): Fields {
  const { names, products, summary, identifiers: _identifiers, years: _years, ...plain } = input
  const facts: Fields = Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined))
  if (names !== undefined) facts.names = toTexts(names, 'typed')
  if (products !== undefined) facts.products = toTexts(products, 'typed')
  if (summary !== undefined) facts.summary = toTexts(summary, 'typed')
  return facts
}

/** Facts as columns, for an insert or an update. */
export function columnsOf(facts: Fields): Record<string, unknown> {
  const columns: Record<string, unknown> = {}
  for (const [field, column] of Object.entries(ORGANISATION_COLUMNS)) {
    if (!(field in facts)) continue
    const value = facts[field] ?? null
    columns[column] = JSON_FACTS.includes(field)
      ? json(value ?? {})
      : LIST_FACTS.includes(field)
        ? (value ?? [])
        : value
  }
  if ('revenue' in facts) {
    const money = facts.revenue as Money | null
    columns.revenue_minor = money ? BigInt(money.minor) : null
    columns.revenue_currency = money?.currency ?? null
  }
  if ('rdSpend' in facts) {
    const money = facts.rdSpend as Money | null
    columns.rd_minor = money ? BigInt(money.minor) : null
    columns.rd_currency = money?.currency ?? null
  }
  return columns
}

/** A row's facts as they stand, to compare with what is said of them. */
export function standingFacts(row: Record<string, unknown>): Fields {
  const facts: Fields = {}
  for (const [field, column] of Object.entries(ORGANISATION_COLUMNS)) facts[field] = row[column] ?? null
  facts.revenue = moneyOf(row.revenue_minor, row.revenue_currency)
  facts.rdSpend = moneyOf(row.rd_minor, row.rd_currency)
  return facts
}

export function moneyOf(minor: unknown, currency: unknown): Money | null {
  return minor === null || minor === undefined ? null : { minor: String(minor), currency: String(currency ?? 'CNY') }
}

/** What follows from the names: what is shown, how it sorts, and what a search looks through. */
export function namingOf(facts: {
  names: Texts
  shortName?: unknown
  products?: unknown
  fields?: unknown
  identifiers: Identifiers
}): { display_name: string; nameless: boolean; sort_key: string; search_text: string } {
  const name = textIn(facts.names, 'zh')
  const fallback = Object.values(facts.identifiers)[0] ?? '—'
  const shown = name || fallback
  const searched = [
    allText(facts.names),
    facts.shortName,
    allText((facts.products as Texts) ?? {}),
    ((facts.fields as string[]) ?? []).join(' '),
    ...Object.values(facts.identifiers),
  ]
  return {
    display_name: shown,
    nameless: !name,
    sort_key: sortKey(name),
    search_text: foldText(searched.filter(Boolean).join(' ')),
  }
}
