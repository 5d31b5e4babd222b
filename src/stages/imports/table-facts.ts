import type { Row } from '#engines/tables/types.ts'
import { cellText, foldWidth, readContact, readDeals, readPlace } from '#engines/tables/values.ts'
import { type Checked, checkLei, checkPic, checkRor, checkUscc } from '#kit/identifiers.ts'
import { checkVat } from '#kit/vat.ts'
import type { Fields } from '../registry/rules.ts'
import { isMoneyFigure } from '../registry/year-model.ts'
import { yearFact } from '../registry/year-rules.ts'
import { toTexts } from '../texts.ts'
import { readYearTarget } from './model.ts'
import { readRights } from './table-rights.ts'
import {
  type ColumnPlan,
  kindOfName,
  type Planned,
  RowReport,
  readAmount,
  readCountry,
  readEmail,
  readList,
  readOrganisationKind,
  readPartialDate,
  readPhone,
  readSize,
  readStaff,
  readText,
  readTitles,
  readTrl,
  readUrl,
  splitOwners,
} from './table-values.ts'

const NAME_LENGTH_MAX = 300
const SHORT_LENGTH_MAX = 120
const SEGMENT_LENGTH_MAX = 60
const NOTES_LENGTH_MAX = 10_000
const TEXT_LENGTH_MAX = 20_000
const SAID_LENGTH_MAX = 500
const TAGS_MAX = 40
const INVENTORS_MAX = 60

/** What one row says of an organisation or a result. */
export interface RowFacts {
  facts: Fields
  /** What is only assumed of a record that is new. */
  assumed: Fields
  /** Names of a result's owners, as written. */
  owners: { name: string; planned: Planned }[]
  report: RowReport
}

/** The row's cells by the field that each is mapped to. */
export function cellsOf(row: Row, plans: readonly ColumnPlan[]): Map<string, Planned[]> {
  return Map.groupBy(
    plans.map((plan) => ({ plan, cell: row.cells[plan.column] })),
    (planned) => planned.plan.field,
  )
}

type Cells = ReadonlyMap<string, readonly Planned[]>

const IDENTIFIERS: Readonly<Record<string, (text: string) => Checked>> = {
  uscc: checkUscc,
  ror: checkRor,
  lei: checkLei,
  pic: checkPic,
  vat: checkVat,
}
/** Numbers of before 2015 that stand in the column of the credit code: 15 digits, or nine signs. */
const OLD_CODES = /^(?:\d{13}|\d{15}|[0-9A-Z]{8}-?[0-9X])$/i

/** `yearMax` is the last year of which a figure can be known. */
export function readOrganisationRow(cells: Cells, yearMax: number): RowFacts {
  const report = new RowReport()
  const facts: Fields = {}
  const get = (field: string) => cells.get(`organisation.${field}`) ?? []
  const put = <T>(fact: string, value: T | undefined) => {
    if (value !== undefined) facts[fact] = value
  }
  const one = (field: string, fact: string, read: (planned: Planned) => unknown) => {
    const [planned] = get(field)
    if (planned) put(fact, read(planned))
  }
  const text = (lengthMax: number) => (planned: Planned) => report.take(planned, readText(planned.cell, lengthMax))

  readNames(report, facts, get('name')[0], get('nameEn')[0], 'names', NAME_LENGTH_MAX)
  facts.identifiers = readIdentifiers(report, get)
  one('shortName', 'shortName', text(SHORT_LENGTH_MAX))
  one('kind', 'kind', (planned) =>
    saysOnlySize(planned.cell) ? 'company' : report.takeLoosely(planned, readOrganisationKind(planned.cell)),
  )
  readSizeAndStaff(report, facts, get)
  one('founded', 'founded', (planned) => report.take(planned, readPartialDate(planned)))
  one('country', 'country', (planned) => report.take(planned, readCountry(planned.cell)))
  readPlaces(report, facts, get)
  one('url', 'url', (planned) => report.takeLoosely(planned, readUrl(planned.cell)))
  one('segment', 'segment', text(SEGMENT_LENGTH_MAX))
  put('fields', readTags(report, [...get('fields'), ...get('industry')]))
  put('titles', readTags(report, get('titles'), readTitles))
  readLongText(report, facts, 'products', get('products'), '、')
  readLongText(report, facts, 'summary', get('summary'), '\n')
  one('revenue', 'revenue', (planned) => report.take(planned, readAmount(planned)))
  one('rdSpend', 'rdSpend', (planned) => report.take(planned, readAmount(planned)))
  readYears(report, facts, cells, yearMax)
  put('contact', readContacts(report, get))
  const notes = joinTexts(report, get('notes'), '\n', NOTES_LENGTH_MAX)
  put('notes', notes)
  return { facts: withoutEmpty(facts), assumed: assumedOf(facts), owners: [], report }
}

/** Figures of years, each under the name of its fact. One of a year that is still to come is left out. */
function readYears(report: RowReport, facts: Fields, cells: Cells, yearMax: number): void {
  for (const [field, [planned]] of cells) {
    const named = readYearTarget(field)
    if (!named || !planned) continue
    const { figure, year } = named
    const value = isMoneyFigure(figure)
      ? report.take(planned, readAmount(planned))
      : report.take(planned, readStaff(planned))
    if (value === undefined) continue
    if (year > yearMax) report.leaveOut(planned.plan, planned.cell, 'value.date_out_of_range')
    else facts[yearFact(figure, year)] = value
  }
}

/** What a name and a Chinese credit code let one assume of an organisation. */
export function assumedOf(facts: Fields): Fields {
  const [name] = Object.values((facts.names ?? {}) as Record<string, { text: string }>)
  const kind = name ? kindOfName(name.text) : undefined
  const isChinese = 'uscc' in (facts.identifiers as object)
  return { ...(kind ? { kind } : {}), ...(isChinese ? { country: 'CN' } : {}) }
}

function readNames(
  report: RowReport,
  facts: Fields,
  name: Planned | undefined,
  english: Planned | undefined,
  fact: string,
  lengthMax: number,
): void {
  const own = name && report.take(name, readText(name.cell, lengthMax))
  const inEnglish = english && report.take(english, readText(english.cell, lengthMax))
  const oneLine = (text: string) => text.replace(/\s+/g, ' ')
  const texts = {
    ...(inEnglish ? toTexts({ en: oneLine(inEnglish) }, 'imported') : {}),
    ...(own ? toTexts(oneLine(own), 'imported') : {}),
  }
  if (Object.keys(texts).length) facts[fact] = texts
}

function readIdentifiers(report: RowReport, get: (field: string) => readonly Planned[]): Record<string, string> {
  const found: Record<string, string> = {}
  for (const [scheme, check] of Object.entries(IDENTIFIERS)) {
    const [planned] = get(scheme)
    const text = planned && report.take(planned, readText(planned.cell, SAID_LENGTH_MAX))
    if (!planned || !text) continue
    const checked = check(text)
    if ('value' in checked) found[scheme] = checked.value
    else if (scheme === 'uscc' && OLD_CODES.test(foldWidth(text)))
      report.leaveOut(planned.plan, planned.cell, 'uscc.length')
    else report.refuse(planned.plan, planned.cell, `${scheme}.${checked.rule}`)
  }
  return found
}

/** Whether a cell under 企业性质 says 中型 and nothing of the kind: then it is a company of that size. */
const saysOnlySize = (cell: Planned['cell']) =>
  'refusal' in readOrganisationKind(cell) && sizeWordIn(cell) !== undefined

const sizeWordIn = (cell: Planned['cell']) => {
  const reading = readSize(cell)
  return reading.value && !reading.value.staff ? reading.value.size : undefined
}

function readSizeAndStaff(report: RowReport, facts: Fields, get: (field: string) => readonly Planned[]): void {
  const [staff] = get('staff')
  const [size] = get('size')
  const count = staff && report.take(staff, readStaff(staff))
  const reading = size && report.takeLoosely(size, readSize(size.cell))
  const [kind] = get('kind')
  const said = reading?.size ?? (kind && sizeWordIn(kind.cell))
  if (said) facts.size = said
  if (count !== undefined) facts.staff = count
  else if (reading?.staff && reading.staff.from === reading.staff.to) facts.staff = reading.staff.from
}

function readTags(
  report: RowReport,
  columns: readonly Planned[],
  read: (planned: Planned) => ReturnType<typeof readList> = ({ cell }) => readList(cell),
): string[] | undefined {
  const items = columns.flatMap((planned) => report.take(planned, read(planned)) ?? [])
  const unique = [...new Set(items)]
  const [first] = columns
  if (first && (unique.length > TAGS_MAX || unique.some((item) => item.length > SHORT_LENGTH_MAX))) {
    report.refuse(first.plan, first.cell, unique.length > TAGS_MAX ? 'value.too_many' : 'value.too_long')
    return undefined
  }
  return unique.length ? unique : undefined
}

function joinTexts(
  report: RowReport,
  columns: readonly Planned[],
  joint: string,
  lengthMax: number,
): string | undefined {
  const texts = columns.flatMap((planned) => {
    const text = report.take(planned, readText(planned.cell, lengthMax))
    if (!text) return []
    return columns.length > 1 && joint === '\n' ? [`${planned.plan.heading}: ${text}`] : [text]
  })
  return texts.length ? texts.join(joint).slice(0, lengthMax).toWellFormed() : undefined
}

function readLongText(
  report: RowReport,
  facts: Fields,
  fact: string,
  columns: readonly Planned[],
  joint: string,
): void {
  const text = joinTexts(report, columns, joint, TEXT_LENGTH_MAX)
  if (text) facts[fact] = toTexts(text, 'imported')
}

/** A cell may hold a name with its telephone number: what has a column of its own comes from there. */
function readContacts(report: RowReport, get: (field: string) => readonly Planned[]): Fields | undefined {
  const [name] = get('contactName')
  const [email] = get('contactEmail')
  const [phone] = get('contactPhone')
  const together = name && report.takeLoosely(name, readContact(name.cell))
  const contact = withoutEmpty({
    ...together,
    ...(phone && withoutEmpty({ phone: report.takeLoosely(phone, readPhone(phone.cell)) })),
    ...(email && withoutEmpty({ email: report.takeLoosely(email, readEmail(email.cell)) })),
  })
  return Object.keys(contact).length ? contact : undefined
}

/**
 * Region and city as they are written; one cell that names both (`江苏省苏州市`) is parted, and an address tells them
 * where no column does.
 */
function readPlaces(report: RowReport, facts: Fields, get: (field: string) => readonly Planned[]): void {
  const text = (field: string, lengthMax: number) => {
    const [planned] = get(field)
    return planned && report.take(planned, readText(planned.cell, lengthMax))
  }
  const [region, city, district] = [
    text('region', SHORT_LENGTH_MAX),
    text('city', SHORT_LENGTH_MAX),
    text('district', NAME_LENGTH_MAX),
  ]
  const address = text('address', NAME_LENGTH_MAX)
  const parted = readPlace(
    region ?? city ?? (get('region').length || get('city').length ? null : (address ?? null)),
  ).value
  const isJoint = parted && [parted.region, parted.city, parted.district].filter(Boolean).length > 1
  const said = isJoint
    ? { region: parted.region ?? region, city: region && city ? city : (parted.city ?? city) }
    : { region, city }
  for (const [fact, value] of Object.entries({ ...said, address: address ?? district })) if (value) facts[fact] = value
}

export function readResultRow(cells: Cells): RowFacts {
  const report = new RowReport()
  const facts: Fields = {}
  const get = (field: string) => cells.get(`result.${field}`) ?? []
  readNames(report, facts, get('title')[0], get('titleEn')[0], 'title', NAME_LENGTH_MAX)
  readLongText(report, facts, 'summary', get('summary'), '\n')
  const fields = readTags(report, get('fields'))
  if (fields) facts.fields = fields
  readLevel(report, facts, get('trl')[0])
  const ip = readRights(report, cells)
  if (ip.length) facts.ip = ip
  const inventors = readTags(report, get('inventors'))
  if (inventors) facts.inventors = inventors.slice(0, INVENTORS_MAX)
  const [deal] = get('wantedDeal')
  const deals = deal && report.takeLoosely(deal, readDeals(deal.cell))
  if (deals) facts.wantedDeal = [...deals]
  const [year] = get('year')
  const dated = year && report.take(year, readPartialDate(year))
  if (dated) facts.dated = dated
  const owners = get('owners').flatMap((planned) => splitOwners(planned.cell).map((name) => ({ name, planned })))
  return { facts, assumed: {}, owners, report }
}

function readLevel(report: RowReport, facts: Fields, planned: Planned | undefined): void {
  const level = planned && report.take(planned, readTrl(planned.cell))
  if (!planned || !level) return
  if (level.from !== level.to)
    report.notes.push({ note: 'lower_of_range', column: planned.plan.heading, value: cellText(planned.cell) })
  facts.trl = level.from
  facts.trlSaid = cellText(planned.cell).slice(0, SAID_LENGTH_MAX)
}

const withoutEmpty = (facts: Fields): Fields =>
  Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined && value !== ''))
