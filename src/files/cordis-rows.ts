import { countryCode } from '#engines/tables/countries.ts'
import { readDate } from '#engines/tables/dates.ts'
import { decodeHtmlEntities } from '#engines/tables/entities.ts'
import { parseDecimal, roundTo } from '#engines/tables/numbers.ts'

/** Something in a row that could not be understood. */
export interface CordisRefusal {
  readonly file: string
  readonly line: number
  readonly column: string
  readonly value: string
  readonly rule: CordisRule
}

export const CORDIS_RULES = [
  'cordis.no_rcn',
  'cordis.no_grant_number',
  'cordis.no_project',
  'cordis.no_pic',
  'cordis.bad_pic',
  'cordis.bad_amount',
  'cordis.bad_date',
  'cordis.bad_place',
  'cordis.unknown_country',
  'cordis.bad_flag',
] as const
export type CordisRule = (typeof CORDIS_RULES)[number]

/**
 * A row that was read, or one that was refused. `doubts` name what was left empty because it could not be understood,
 * in a row that stands all the same.
 */
export type CordisRead<T> =
  | {
      readonly line: number
      readonly record: T
      readonly doubts: readonly CordisRefusal[]
      readonly refusals?: undefined
    }
  | {
      readonly line: number
      readonly record: null
      readonly refusals: readonly CordisRefusal[]
      readonly doubts?: undefined
      /** Its cells by column, as written; the reader of a file adds them. */
      readonly raw?: Readonly<Record<string, string>>
    }

export interface CordisProject {
  /** The record number: what a project is told apart by. */
  readonly rcn: string
  /** The column `id`, at which organization.csv's projectID points. */
  readonly grantNumber: string
  readonly acronym: string
  readonly title: string
  readonly objective: string
  readonly status: string
  /** `YYYY-MM-DD`. */
  readonly startDate: string | null
  readonly endDate: string | null
  readonly signatureDate: string | null
  readonly totalCostCents: bigint | null
  readonly contributionCents: bigint | null
  readonly legalBasis: readonly string[]
  readonly topics: readonly string[]
  readonly framework: string
  readonly masterCall: string
  readonly subCall: string
  readonly fundingScheme: string
  readonly keywords: readonly string[]
  readonly grantDoi: string
}

export interface CordisOrganisation {
  /** The project's `id`. */
  readonly projectId: string
  readonly pic: string
  /** '' where the source knows none. */
  readonly name: string
  readonly shortName: string
  readonly vat: string
  readonly sme: boolean | null
  /** HES, REC, PRC, PUB, OTH, or '' */
  readonly activityType: string
  readonly street: string
  readonly postCode: string
  readonly city: string
  /** As written: `EL`, `UK`, `United Kingdom`. */
  readonly country: string
  /** ISO 3166-1 alpha-2: `GR`, `GB`; null where there is none or it is unknown. */
  readonly countryCode: string | null
  readonly nuts: string
  readonly latitude: number | null
  readonly longitude: number | null
  readonly url: string
  readonly role: string
  readonly order: number | null
  readonly contributionCents: bigint | null
  readonly netContributionCents: bigint | null
  readonly totalCostCents: bigint | null
  readonly endOfParticipation: boolean | null
}

export interface CordisTopic {
  readonly projectId: string
  readonly topic: string
  readonly title: string
}

export interface CordisTag {
  readonly projectId: string
  readonly code: string
  readonly path: string
  readonly title: string
  readonly description: string
}

type Field = (name: string) => string

/** A text that was quoted twice when it was written; some names of the download are. */
const QUOTED_TWICE = /^"(?=.*"")(?:[^"]|"")*"$/su
const unquote = (text: string) => (QUOTED_TWICE.test(text) ? text.slice(1, -1).replaceAll('""', '"') : text)

/** Gathers what is wrong with one row while it is read. */
class RowReader {
  readonly refusals: CordisRefusal[] = []
  readonly doubts: CordisRefusal[] = []
  private readonly field: Field
  private readonly file: string
  private readonly line: number

  constructor(field: Field, file: string, line: number) {
    this.field = field
    this.file = file
    this.line = line
  }

  text(column: string): string {
    const raw = this.field(column)
    return raw === ''
      ? ''
      : decodeHtmlEntities(unquote(raw))
          .replace(/[ \t\u00a0]+/g, ' ')
          .trim()
  }

  required(column: string, rule: CordisRule): string {
    const value = this.field(column).trim()
    if (value === '') this.refuse(column, value, rule)
    return value
  }

  cents(column: string): bigint | null {
    const value = this.field(column).trim()
    if (value === '') return null
    const amount = parseAmount(value)
    if (amount === null) this.refuse(column, value, 'cordis.bad_amount')
    return amount
  }

  date(column: string): string | null {
    const value = this.field(column).trim()
    if (value === '') return null
    if (/^\d{4}-\d\d-\d\d$/.test(value) && isDay(value)) return value
    const read = readDate(value)
    if (read.value === undefined && read.empty === undefined) this.refuse(column, value, 'cordis.bad_date')
    return read.value?.date ?? null
  }

  flag(column: string): boolean | null {
    const value = this.field(column).trim().toLowerCase()
    if (value === '') return null
    if (value === 'true' || value === 'yes' || value === 'y' || value === '1') return true
    if (value === 'false' || value === 'no' || value === 'n' || value === '0') return false
    this.doubt(column, value, 'cordis.bad_flag')
    return null
  }

  list(column: string): string[] {
    const text = this.text(column)
    return text === '' ? [] : text.split(/\s*[;,]\s*/).filter((item) => item !== '')
  }

  country(column: string): string | null {
    const value = this.field(column).trim()
    if (value === '') return null
    const code = countryOf(value)
    if (code === null) this.doubt(column, value, 'cordis.unknown_country')
    return code
  }

  place(column: string): { latitude: number | null; longitude: number | null } {
    const value = this.field(column).trim()
    if (value === '') return { latitude: null, longitude: null }
    const found = /^[([]?\s*(-?\d{1,3}(?:\.\d+)?)\s*[,;\s]\s*(-?\d{1,3}(?:\.\d+)?)\s*[)\]]?$/.exec(value)
    const [latitude, longitude] = [Number(found?.[1]), Number(found?.[2])]
    if (found && Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180) return { latitude, longitude }
    this.doubt(column, value, 'cordis.bad_place')
    return { latitude: null, longitude: null }
  }

  refuse(column: string, value: string, rule: CordisRule): void {
    this.refusals.push({ file: this.file, line: this.line, column, value, rule })
  }

  doubt(column: string, value: string, rule: CordisRule): void {
    this.doubts.push({ file: this.file, line: this.line, column, value, rule })
  }

  done<T>(record: T): CordisRead<T> {
    if (this.refusals.length > 0) return { line: this.line, record: null, refusals: this.refusals }
    return { line: this.line, record, doubts: this.doubts }
  }
}

export function readProject(field: Field, file: string, line: number): CordisRead<CordisProject> {
  const row = new RowReader(field, file, line)
  return row.done({
    rcn: row.required('rcn', 'cordis.no_rcn'),
    grantNumber: row.required('id', 'cordis.no_grant_number'),
    acronym: row.text('acronym'),
    title: row.text('title'),
    objective: row.text('objective'),
    status: row.text('status'),
    startDate: row.date('startDate'),
    endDate: row.date('endDate'),
    signatureDate: row.date('ecSignatureDate'),
    totalCostCents: row.cents('totalCost'),
    contributionCents: row.cents('ecMaxContribution'),
    legalBasis: row.list('legalBasis'),
    topics: row.list('topics'),
    framework: row.text('frameworkProgramme'),
    masterCall: row.text('masterCall'),
    subCall: row.text('subCall'),
    fundingScheme: row.text('fundingScheme'),
    keywords: row.list('keywords'),
    grantDoi: row.text('grantDoi'),
  })
}

export function readOrganisation(field: Field, file: string, line: number): CordisRead<CordisOrganisation> {
  const row = new RowReader(field, file, line)
  const projectId = row.required('projectID', 'cordis.no_project')
  const pic = row.required('organisationID', 'cordis.no_pic')
  if (pic !== '' && !/^\d{1,12}$/.test(pic)) row.refuse('organisationID', pic, 'cordis.bad_pic')
  return row.done({
    projectId,
    pic,
    name: row.text('name'),
    shortName: row.text('shortName'),
    vat: row.text('vatNumber'),
    sme: row.flag('SME'),
    activityType: row.text('activityType').toUpperCase(),
    street: row.text('street'),
    postCode: row.text('postCode'),
    city: row.text('city'),
    country: row.text('country'),
    countryCode: row.country('country'),
    nuts: row.text('nutsCode'),
    ...row.place('geolocation'),
    url: row.text('organizationURL'),
    role: row.text('role'),
    order: orderOf(row.text('order')),
    contributionCents: row.cents('ecContribution'),
    netContributionCents: row.cents('netEcContribution'),
    totalCostCents: row.cents('totalCost'),
    endOfParticipation: row.flag('endOfParticipation'),
  })
}

export function readTopic(field: Field, file: string, line: number): CordisRead<CordisTopic> {
  const row = new RowReader(field, file, line)
  return row.done({
    projectId: row.required('projectID', 'cordis.no_project'),
    topic: row.text('topic'),
    title: row.text('title'),
  })
}

export function readTag(field: Field, file: string, line: number): CordisRead<CordisTag> {
  const row = new RowReader(field, file, line)
  return row.done({
    projectId: row.required('projectID', 'cordis.no_project'),
    code: row.text('euroSciVocCode'),
    path: row.text('euroSciVocPath'),
    title: row.text('euroSciVocTitle'),
    description: row.text('euroSciVocDescription'),
  })
}

function orderOf(text: string): number | null {
  return /^\d{1,6}$/.test(text) ? Number(text) : null
}

function isDay(date: string): boolean {
  const instant = new Date(`${date}T00:00:00Z`)
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(date)
}

/** Amounts come with a decimal point or a decimal comma and without thousands marks; `1,234` is one euro and a bit. */
function parseAmount(text: string): bigint | null {
  const plain = /^(-?\d{1,15})(?:[.,](\d{1,12}))?$/.exec(text)
  if (plain?.[2] === undefined && plain) return BigInt(plain[1] ?? '0') * 100n
  const decimal = plain ? parseDecimal(text.replace(',', '.'), '.') : parseDecimal(text)
  return decimal ? roundTo(decimal, 2) : null
}

const countries = new Map<string, string | null>()
const COUNTRIES_HELD_MAX = 2_000

/** A file repeats some hundred countries a hundred thousand times. */
function countryOf(text: string): string | null {
  const known = countries.get(text)
  if (known !== undefined) return known
  const code = countryCode(text)
  if (countries.size < COUNTRIES_HELD_MAX) countries.set(text, code)
  return code
}
