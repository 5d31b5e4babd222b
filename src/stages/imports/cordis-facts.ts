import { readUrl } from '#engines/tables/values.ts'
import { checkVat } from '#kit/vat.ts'
import type { CordisOrganisation, CordisProject, CordisRefusal } from '../../files/cordis-rows.ts'
import type { Fields } from '../registry/rules.ts'
import { toTexts } from '../texts.ts'
import type { RowNote } from './model.ts'
import type { ParticipationPayload } from './staged.ts'

const SHORT_LENGTH_MAX = 120
const LONG_LENGTH_MAX = 300
const TEXT_LENGTH_MAX = 20_000
const TAGS_MAX = 40

const KINDS: Readonly<Record<string, string>> = {
  HES: 'university',
  REC: 'institute',
  PRC: 'company',
  PUB: 'government',
  OTH: 'other',
}
/** The programmes whose amounts are in euro; other funders' files come in the same shape without saying a currency. */
const EURO_FRAMEWORKS = /^(?:FP\d|H2020|HORIZON|HE$|EURATOM|ERC|RFCS|CIP|ENG|IC-|EAEC|ECSC|JRC)/i
/** What stands in the column of the VAT number where there is none. */
const NO_VAT = /^(?:missing|not ?applicable|n\/?a|none|unknown|-*)$/i

/** The facts of an organisation's row, without those that it does not know. */
export function factsOfOrganisation(row: CordisOrganisation, notes: RowNote[]): Fields {
  const facts: Fields = {}
  const put = (fact: string, value: unknown) => {
    if (value !== '' && value !== null && value !== undefined) facts[fact] = value
  }
  if (row.name) facts.names = toTexts(row.name.slice(0, TEXT_LENGTH_MAX), 'imported')
  put('shortName', row.shortName.slice(0, SHORT_LENGTH_MAX))
  put('kind', KINDS[row.activityType])
  put('country', row.countryCode)
  put('city', row.city.slice(0, SHORT_LENGTH_MAX))
  put('address', [row.street, row.postCode].filter(Boolean).join(', ').slice(0, LONG_LENGTH_MAX))
  put('latitude', row.latitude)
  put('longitude', row.longitude)
  if (row.sme) facts.titles = ['SME']
  const url = row.url ? readUrl(row.url) : undefined
  if (url?.refusal) notes.push({ note: 'left_out', column: 'organizationURL', value: row.url, rule: url.refusal })
  put('url', url?.value)
  return facts
}

/** The VAT number in its one form, or nothing. Files hold many that are none; they are left out without a word. */
export function vatOf(row: CordisOrganisation): string | null {
  if (!row.vat || NO_VAT.test(row.vat)) return null
  const checked = checkVat(row.vat)
  return 'value' in checked ? checked.value : null
}

export function factsOfProject(row: CordisProject, fields: readonly string[], topics: readonly string[]): Fields {
  const facts: Fields = { rcn: row.rcn, grantNumber: row.grantNumber }
  const put = (fact: string, value: unknown) => {
    if (value !== '' && value !== null && value !== undefined) facts[fact] = value
  }
  put('acronym', row.acronym.slice(0, SHORT_LENGTH_MAX))
  if (row.title) facts.title = toTexts(row.title.slice(0, TEXT_LENGTH_MAX), 'imported')
  if (row.objective) facts.objective = toTexts(row.objective.slice(0, TEXT_LENGTH_MAX), 'imported')
  put('startDate', row.startDate)
  put('endDate', row.endDate)
  put('framework', row.framework)
  put('scheme', row.fundingScheme)
  put('status', row.status)
  putList(facts, 'parts', row.legalBasis)
  putList(facts, 'topics', [...row.topics, ...topics])
  putList(facts, 'fields', [...fields, ...row.keywords])
  put('totalCost', row.totalCostCents?.toString())
  put('contribution', row.contributionCents?.toString())
  const hasMoney = row.totalCostCents !== null || row.contributionCents !== null
  if (hasMoney && (row.framework === '' || EURO_FRAMEWORKS.test(row.framework))) facts.currency = 'EUR'
  return facts
}

function putList(facts: Fields, fact: string, items: readonly string[]): void {
  const unique = [...new Set(items.map((item) => item.slice(0, SHORT_LENGTH_MAX)))].slice(0, TAGS_MAX)
  if (unique.length) facts[fact] = unique
}

export function participationOf(row: CordisOrganisation): ParticipationPayload {
  const contribution = row.contributionCents ?? row.netContributionCents
  return {
    role: row.role || 'participant',
    ...(contribution === null ? {} : { contribution: contribution.toString() }),
    ...(row.totalCostCents === null ? {} : { totalCost: row.totalCostCents.toString() }),
    ...(row.endOfParticipation === null ? {} : { ended: row.endOfParticipation }),
  }
}

/** Notes on what was left out of a row that stands. */
export function notesOfDoubts(doubts: readonly CordisRefusal[]): RowNote[] {
  return doubts.map(({ column, value, rule }) => ({ note: 'left_out', column, value, rule }))
}
