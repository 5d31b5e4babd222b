import { json } from '#db/db.ts'
import { foldText } from '#engines/text/fold.ts'
import { sortKey } from '#kit/collate.ts'
import { allText, type Texts, textIn, toTexts } from '../texts.ts'
import type { Ip, ResultFacts } from './result-model.ts'
import { keepIp } from './result-rules.ts'
import type { Fields } from './rules.ts'

/** The facts of a result, by the names that the API, the sources and the history use, and the column of each. */
export const RESULT_COLUMNS = {
  title: 'title',
  summary: 'summary',
  fields: 'fields',
  segment: 'segment',
  trl: 'trl',
  trlSaid: 'trl_said',
  ip: 'ip',
  inventors: 'inventors',
  wantedDeal: 'wanted_deal',
  dated: 'dated',
} as const
const JSON_FACTS = ['title', 'summary', 'ip']
const LIST_FACTS = ['fields', 'inventors', 'wantedDeal']

/** What a person sent, as facts. Only what was sent is in it; `owners` is none of a result's own columns. */
export function resultFactsOf(input: ResultFacts & { owners?: unknown; revision?: unknown; keeps?: unknown }): Fields {
  const { title, summary, ip, owners: _owners, revision: _revision, keeps: _keeps, ...plain } = input
  const facts: Fields = Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined))
  if (title !== undefined) facts.title = toTexts(title, 'typed')
  if (summary !== undefined) facts.summary = toTexts(summary, 'typed')
  if (ip !== undefined) facts.ip = ip.map(keepIp)
  return facts
}

/** Facts as columns, for an insert or an update. */
export function resultColumnsOf(facts: Fields): Record<string, unknown> {
  const columns: Record<string, unknown> = {}
  for (const [fact, column] of Object.entries(RESULT_COLUMNS)) {
    if (!(fact in facts)) continue
    const value = facts[fact] ?? null
    columns[column] = JSON_FACTS.includes(fact)
      ? json(value ?? (fact === 'ip' ? [] : {}))
      : LIST_FACTS.includes(fact)
        ? (value ?? [])
        : value
  }
  return columns
}

/** A row's facts as they stand, to compare with what is said of them. */
export function standingResultFacts(row: Record<string, unknown>): Fields {
  return Object.fromEntries(Object.entries(RESULT_COLUMNS).map(([fact, column]) => [fact, row[column] ?? null]))
}

/** What follows from a result's facts: what is shown, how it sorts, and what a search looks through. */
export function namingOfResult(facts: {
  title: Texts
  summary?: unknown
  fields?: unknown
  ip?: unknown
  inventors?: unknown
}): { display_title: string; sort_key: string; search_text: string } {
  const title = textIn(facts.title, 'zh')
  const searched = [
    allText(facts.title),
    allText((facts.summary as Texts) ?? {}),
    ((facts.fields as string[]) ?? []).join(' '),
    ((facts.ip as Ip[]) ?? []).map((right) => right.number ?? '').join(' '),
    ((facts.inventors as string[]) ?? []).join(' '),
  ]
  return {
    display_title: title,
    sort_key: sortKey(title),
    search_text: foldText(searched.filter(Boolean).join('\n')),
  }
}
