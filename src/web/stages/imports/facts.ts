import type { ReactNode } from 'react'
import type { Subject } from '#stages/imports/model.ts'
import type { Ip } from '#stages/registry/result-model.ts'
import { YEAR_MAX } from '#stages/registry/year-model.ts'
import { readYearFact } from '#stages/registry/year-rules.ts'
import { type MoneyOnWire, useFormat } from '../../lib/format.ts'
import { useWords } from '../../lib/words.ts'
import { useFactNames, useFactValues } from '../registry/organisation-values.tsx'
import { projectWords } from '../registry/project-words.ts'
import { useResultFactNames, useResultFactValues } from '../registry/result-values.tsx'
import { factWords } from './fact-words.ts'

export interface FactReader {
  label: (field: string) => string
  show: (field: string, value: unknown) => ReactNode
}

const PROJECT_FACTS = [
  'title',
  'objective',
  'framework',
  'rcn',
  'status',
  'scheme',
  'topics',
  'parts',
  'fields',
] as const
type ProjectFact = (typeof PROJECT_FACTS)[number] | 'grant'
const keyOf = (field: string): ProjectFact | undefined =>
  field === 'grantNumber' ? 'grant' : PROJECT_FACTS.find((fact) => fact === field)
const EURO = 'EUR'
const isMoney = (value: unknown): value is MoneyOnWire =>
  typeof value === 'object' && value !== null && 'minor' in value && 'currency' in value

/** Names and values of what a row says, as the registry's own pages show them. */
export function useFactReader(): (subject: Subject, facts: Record<string, unknown>) => FactReader {
  const say = useWords(factWords)
  const sayProject = useWords(projectWords)
  const format = useFormat()
  const organisation = { label: useFactNames(), show: useFactValues() }
  const result = { label: useResultFactNames(), show: useResultFactValues() }
  const own = (field: string) =>
    factWords.keys.includes(`fact.${field}` as 'fact.role')
      ? say(`fact.${field}` as 'fact.role')
      : organisation.label(field)
  const showRights = (rights: Ip[]) =>
    format.list(
      rights.map((right) => {
        const named = String(result.show('ip', [right]))
        return right.expires ? say('until', { right: named, date: format.date(right.expires) }) : named
      }),
    )
  return (subject, facts) => {
    if (subject === 'result')
      return {
        label: result.label,
        show: (field, value) =>
          field === 'ip' && Array.isArray(value) ? showRights(value as Ip[]) : result.show(field, value),
      }
    const currency = typeof facts.currency === 'string' ? facts.currency : EURO
    return {
      label: (field) => {
        const key = subject === 'project' ? keyOf(field) : undefined
        return key ? sayProject(key) : own(field)
      },
      show: (field, value) => {
        if ((field === 'revenue' || field === 'rdSpend' || readYearFact(field)) && isMoney(value))
          return showMoney(value)
        if (subject === 'organisation') return organisation.show(field, value)
        if (typeof value === 'boolean') return say(value ? 'yes' : 'no')
        if (field === 'role') return value === 'coordinator' ? sayProject('coordinator') : roleOf(value)
        if (field === 'startDate' || field === 'endDate') return value ? format.date(String(value)) : null
        if ((field === 'contribution' || field === 'totalCost') && value)
          return showMoney({ minor: String(value), currency })
        return organisation.show(field, value)
      },
    }
  }

  /** Short as it is said, and to the last unit as it would be kept. */
  function showMoney(money: MoneyOnWire): string {
    return say('money', { short: format.money(money), exact: format.moneyExact(money) })
  }

  function roleOf(value: unknown): string {
    return value === 'participant' ? sayProject('participant') : String(value)
  }
}

/** What tells a record apart at a glance comes first; the rest in the order in which it was read. */
const FIRST: Record<Subject, readonly string[]> = {
  organisation: [
    'identifiers',
    'kind',
    'size',
    'founded',
    'staff',
    'region',
    'city',
    'segment',
    'fields',
    'titles',
    'revenue',
    'rdSpend',
    'products',
    'contact',
    'country',
    'address',
    'url',
    'summary',
  ],
  result: ['owners', 'trl', 'ip', 'fields', 'wantedDeal', 'inventors', 'dated', 'summary'],
  project: ['rcn', 'acronym', 'framework', 'parts', 'startDate', 'endDate', 'contribution', 'totalCost'],
  participation: ['role', 'contribution', 'totalCost', 'ended'],
}
/** The row is called by it; shown again where it is known in two languages. */
const NAMES = ['names', 'title']
/** Of no use in a preview, or part of another fact. */
const SHOWN_ELSEWHERE: Record<Subject, readonly string[]> = {
  organisation: ['latitude', 'longitude'],
  result: ['trlSaid'],
  project: ['currency'],
  participation: [],
}

/** The fields of a row in the order in which they are read. */
export function fieldsInOrder(subject: Subject, facts: Record<string, unknown>): string[] {
  const order = FIRST[subject]
  const placeOf = (field: string) => {
    const ofYear = readYearFact(field)
    // Figures of years stand after those of no year, the latest first.
    if (ofYear) return order.indexOf('rdSpend') + (YEAR_MAX - ofYear.year + 1) / (YEAR_MAX + 1)
    return order.includes(field) ? order.indexOf(field) : order.length
  }
  return Object.keys(facts)
    .filter((field) => !SHOWN_ELSEWHERE[subject].includes(field) && !isEmpty(facts[field]))
    .filter((field) => !NAMES.includes(field) || Object.keys(facts[field] as object).length > 1)
    .sort((a, b) => placeOf(a) - placeOf(b))
}

export function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === '') return true
  return typeof value === 'object' && Object.keys(value).length === 0
}
