import { guessColumns, studyColumn } from '#engines/tables/columns.ts'
import { fillDown, sortRows } from '#engines/tables/rows.ts'
import { cellText } from '#engines/tables/text.ts'
import type { Heading, Row } from '#engines/tables/types.ts'
import { Fault } from '#kit/fault.ts'
import { readTable } from '../../files/table.ts'
import type { Sheet } from '../../files/types.ts'
import { findZone } from '../house/store.ts'
import { DICTIONARIES, fits } from './fields.ts'
import { headingAt, letterOf, signatureOf } from './headings.ts'
import type { Mapping, SheetMapping, SheetSubject } from './model.ts'
import { asServer, type StagingWork, type Tally } from './stage-store.ts'
import { TableIdentity } from './table-identity.ts'
import { TableRows } from './table-rows.ts'
import type { ColumnPlan } from './table-values.ts'
import { sampleOf, UNDERSTOOD_ROWS_MAX } from './understand.ts'
import { loadIdentities, loadNames, loadResults, loadSegments } from './zone-index.ts'

const TOLD_EVERY_ROWS = 500

export interface TableSource {
  path: string
  name: string
  /** How many rows the sheets have. */
  rows: number
}

/** Organisations come first, so that results find their owners. */
const ORDER = ['organisations', 'both', 'results', 'none']

/** Reads the rows of a table into staging, as the mapping says. */
export async function stageTables(source: TableSource, mapping: Mapping, work: StagingWork): Promise<Tally> {
  const { database, caller, signal } = work
  const table = await readTable(source.path, { name: source.name, signal })
  const identities = await loadIdentities(database, caller)
  const names = await loadNames(database, caller, identities)
  const results = await loadResults(database, caller)
  const zone = await asServer(database, caller, (tx) => findZone(tx, caller.zoneId))
  const identity = new TableIdentity(caller.zoneId, identities, names, results)
  const rows = new TableRows(work.stager, identity, await loadSegments(database, caller))
  const asides: Record<string, number> = {}
  const mapped: Tally['mapped'] = []
  let done = 0
  const sheets = mapping.sheets.toSorted(
    (a, b) => ORDER.indexOf(a.subject) - ORDER.indexOf(b.subject) || a.index - b.index,
  )
  for (const sheetMapping of sheets) {
    const sheet = table.sheets.find((each) => each.index === sheetMapping.index)
    if (!sheet || sheetMapping.subject === 'none') continue
    const reading = await openSheet(sheet, sheetMapping, zone?.currency ?? 'CNY')
    const { subject, columns } = sheetMapping
    mapped.push({ signature: signatureOf(reading.heading.columns), mapping: { subject, columns } })
    const sorter = sortRows(reading.heading)
    const fill = fillDown(filledColumns(reading.plans, sheetMapping.subject, table.kind))
    for await (const row of reading.rows) {
      if (++done % TOLD_EVERY_ROWS === 0) {
        if (signal.aborted) throw new Fault('cancelled', 'The import was stopped.', { rule: 'import.stopped' })
        work.progress('staging', done, source.rows)
      }
      const sorted = sorter.sort(row)
      if (sorted.kind === 'data')
        await rows.take(row, fill(row), {
          ...reading,
          sheet: sheet.name,
          subject: sheetMapping.subject,
          owner: sheetMapping.subject === 'results' ? (sheetMapping.owner ?? null) : null,
          section: sorted.section,
          yearMax: work.run.at.getUTCFullYear() + 1,
        })
      else if (SILENT.has(sorted.reason)) count(asides, `aside.${sorted.reason}`)
      else await rows.setAside(row, sheet.name, sheetMapping.subject, `aside.${sorted.reason}`, sorted.text)
    }
  }
  await rows.finish(database, caller, work.run)
  return { asides, mapped, projectsAlone: 0 }
}

/**
 * The columns that a blank takes from the row above: a firm over its several results, and the owners in a CSV, in which
 * merged cells have lost their values.
 */
function filledColumns(plans: readonly ColumnPlan[], subject: SheetSubject, file: 'xlsx' | 'csv'): number[] {
  const isFilled = (field: string) =>
    subject === 'both' ? field.startsWith('organisation.') : file === 'csv' && field === 'result.owners'
  return plans.filter((plan) => isFilled(plan.field)).map((plan) => plan.column)
}

/** Rows that nobody needs to look at. */
const SILENT: ReadonlySet<string> = new Set(['empty', 'heading', 'above_heading', 'repeated_heading'])
const count = (counts: Record<string, number>, key: string) => {
  counts[key] = (counts[key] ?? 0) + 1
}

export interface SheetPlan {
  heading: Heading
  plans: readonly ColumnPlan[]
  /** The name of each column: its heading, or its letter. */
  columns: readonly string[]
}

interface OpenedSheet extends SheetPlan {
  rows: AsyncIterable<Row>
}

/** Reads a sheet's beginning, decides how each column is read, and goes on with all its rows. */
async function openSheet(sheet: Sheet, mapping: SheetMapping, currency: string): Promise<OpenedSheet> {
  const iterator = sheet.rows()[Symbol.asyncIterator]()
  const head: Row[] = []
  while (head.length < UNDERSTOOD_ROWS_MAX) {
    const next = await iterator.next()
    if (next.done) break
    head.push(next.value)
  }
  return { ...planSheet(head, mapping, currency), rows: chain(head, iterator) }
}

export function planSheet(head: readonly Row[], mapping: SheetMapping, currency: string): SheetPlan {
  const heading = headingAt(head, mapping.headingRow)
  const sample = sampleOf(head, heading)
  const guesses = new Map(
    guessColumns(heading, sample, DICTIONARIES[mapping.subject]).map((guess) => [guess.column, guess]),
  )
  const width = Math.max(heading.columns.length, ...head.map((row) => row.cells.length))
  const columns = Array.from({ length: width }, (_, column) => heading.columns[column] || letterOf(column))
  const plans = mapping.columns
    .filter((column) => fits(column.field, mapping.subject))
    .map(({ column, field, unit }) => {
      const cells = sample.map((row) => row.cells[column])
      const stated = unit
        ? { text: '', scale: unit.scale, ...(unit.currency ? { currency: unit.currency } : {}) }
        : guesses.get(column)?.unit
      return {
        column,
        field,
        heading: columns[column] ?? letterOf(column),
        style: { ...studyColumn(cells, stated), currency },
      }
    })
  return { heading, plans, columns }
}

async function* chain(head: readonly Row[], iterator: AsyncIterator<Row>): AsyncGenerator<Row> {
  try {
    yield* head
    for (;;) {
      const next = await iterator.next()
      if (next.done) return
      yield next.value
    }
  } finally {
    await iterator.return?.()
  }
}

/** The cells of a row, each under its column's name. */
export function rawOf(row: Row, columns: readonly string[]): [string, string][] {
  return columns.map((name, column) => [name, cellText(row.cells[column])])
}
