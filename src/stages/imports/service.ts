import type { Readable } from 'node:stream'
import type { z } from 'zod'
import { readAs } from '#db/caller.ts'
import { type Command, command } from '#db/command.ts'
import { json, type Tx } from '#db/db.ts'
import { type KeptFile, keepPath } from '#db/files.ts'
import { Fault, type Issue } from '#kit/fault.ts'
import { newId } from '#kit/ids.ts'
import { readTable } from '../../files/table.ts'
import { CORDIS_UNPACKED_BYTES_MAX } from '../../files/zip.ts'
import type { World } from '../../world.ts'
import type { Caller } from '../caller.ts'
import { fits } from './fields.ts'
import {
  type ApplyInput,
  FILE_BYTES_MAX,
  type Import,
  type ImportQuery,
  type ImportRowQuery,
  LIST_TARGETS,
  type Mapping,
  type Reading,
  type SheetQuery,
  type SheetReading,
  type Started,
} from './model.ts'
import { readHead } from './read-file.ts'
import { writeRefused } from './refused-file.ts'
import { type Act, mayAct } from './rules.ts'
import { unknownImport, wrongState } from './run.ts'
import { changeRun, filesOf, findRun, listRows, listRuns, type RunFile, type RunRow, showRun } from './store.ts'
import { understandSheet } from './understand.ts'

export const WORK_KINDS = { read: 'imports.read', check: 'imports.check', apply: 'imports.apply' } as const
const FILES_MAX = 4

/** Orders the work of a kind within a command; the shell, which does the work itself, orders none. */
export type Order = (tx: Tx, kind: string, importId: string) => Promise<string | null>

export const orderOf =
  ({ jobs }: World, caller: Caller): Order =>
  (tx, kind, subjectId) =>
    jobs.enqueue(tx, caller, { kind, subjectId })

/** Keeps an uploaded file and starts to read it. */
export async function uploadImport(
  world: World,
  caller: Caller,
  { stream, name, key }: { stream: Readable; name: string; key?: string | undefined },
): Promise<Started> {
  const kept = await world.files.keep(stream, { bytesMax: FILE_BYTES_MAX })
  return startImport(world, caller, [fileOf(kept, name)], orderOf(world, caller), key)
}

export const fileOf = ({ sha256, bytes }: KeptFile, name: string, part?: string): RunFile => ({
  name,
  sha256,
  bytes,
  ...(part ? { part } : {}),
})

/** Keeps a file of this machine's own disk, for the shell. */
export async function keepImportFile(world: World, path: string, name: string, part?: string): Promise<RunFile> {
  return fileOf(await keepPath(world.files, path, part ? CORDIS_UNPACKED_BYTES_MAX : FILE_BYTES_MAX), name, part)
}

/** Begins an import of files that are kept already. */
export async function startImport(
  world: World,
  caller: Caller,
  files: readonly RunFile[],
  orderWork: Order,
  key?: string,
): Promise<Started> {
  const at = world.clock.now()
  const order = { name: 'imports.start', input: { files: files.map((file) => file.sha256) }, key, at }
  const { output } = await command(world.database, caller, order, async ({ tx, changed }) => {
    const id = newId(at)
    await tx
      .insertInto('import_run')
      .values({
        zone_id: caller.zoneId,
        id,
        kind: 'table',
        file_name: files[0]!.name,
        files: json(files),
        account_id: caller.accountId,
        created_at: at,
      })
      .execute()
    for (const file of files) await noteFile(tx, caller, file, at)
    const workId = await orderWork(tx, WORK_KINDS.read, id)
    if (workId) await changeRun(tx, caller.zoneId, id, { workId })
    changed({ subject: { kind: 'import', id }, action: 'started', importId: id })
    return { id, workId }
  })
  return output
}

async function noteFile(tx: Tx, caller: Caller, file: RunFile, at: Date): Promise<void> {
  await tx
    .insertInto('stored_file')
    .values({
      zone_id: caller.zoneId,
      id: newId(at),
      sha256: file.sha256,
      name: file.name,
      bytes: BigInt(file.bytes),
      media_type: 'application/octet-stream',
      account_id: caller.accountId,
      created_at: at,
    })
    .execute()
}

/** Adds the other file of a CORDIS download that comes file by file, and reads them all. */
export async function addImportFile(
  world: World,
  caller: Caller,
  importId: string,
  { stream, name, key }: { stream: Readable; name: string; key?: string | undefined },
): Promise<Started> {
  await lookUp(world, caller, importId, 'addFile')
  const file = fileOf(await world.files.keep(stream, { bytesMax: FILE_BYTES_MAX }), name)
  const order = { name: 'imports.add_file', input: { importId, file: file.sha256 }, key, at: world.clock.now() }
  const { output } = await command(world.database, caller, order, async ({ tx, at, changed }) => {
    const run = await holdRun(tx, caller, importId, 'addFile')
    const files = filesOf(run)
    if (run.kind !== 'cordis') throw wrongState()
    if (files.length >= FILES_MAX)
      throw new Fault('too_many', 'A CORDIS download has no more files than that.', {
        rule: 'import.files',
        limit: FILES_MAX,
      })
    await noteFile(tx, caller, file, at)
    const workId = await orderOf(world, caller)(tx, WORK_KINDS.read, importId)
    await changeRun(tx, caller.zoneId, importId, { state: 'reading', files: [...files, file], workId: workId! })
    changed({ subject: { kind: 'import', id: importId }, action: 'file_added', importId })
    return { id: importId, workId }
  })
  return output
}

/** Takes a person's mapping and starts to check the rows by it. */
export async function mapImport(
  { tx, changed }: Command,
  caller: Caller,
  importId: string,
  mapping: Mapping,
  orderWork: Order,
): Promise<Started> {
  const run = await holdRun(tx, caller, importId, 'map')
  if (run.kind === 'cordis') throw wrongState()
  refuseMapping(mapping, run.reading as Reading)
  const workId = await orderWork(tx, WORK_KINDS.check, importId)
  await changeRun(tx, caller.zoneId, importId, { state: 'checking', mapping, ...(workId ? { workId } : {}) })
  changed({ subject: { kind: 'import', id: importId }, action: 'mapped', importId })
  return { id: importId, workId }
}

function refuseMapping({ sheets }: Mapping, reading: Reading): void {
  const issues: Issue[] = []
  const known = new Set(reading.sheets.map((sheet) => sheet.index))
  const taken = sheets.filter((sheet) => sheet.subject !== 'none')
  if (!taken.length) issues.push({ path: 'sheets', rule: 'mapping.nothing' })
  for (const [at, sheet] of sheets.entries()) {
    const path = `sheets.${at}`
    if (!known.has(sheet.index)) issues.push({ path: `${path}.index`, rule: 'mapping.unknown_sheet' })
    if (sheets.findIndex((each) => each.index === sheet.index) !== at)
      issues.push({ path: `${path}.index`, rule: 'mapping.sheet_twice' })
    if (sheet.subject !== 'none') issues.push(...issuesOfColumns(sheet, path))
  }
  if (issues.length)
    throw new Fault('invalid', 'The mapping can’t be used.', {
      rule: 'mapping.wrong',
      issues,
      tip: 'Give each field one column, and each sheet a column with the name or the title.',
    })
}

function issuesOfColumns(sheet: Mapping['sheets'][number], path: string): Issue[] {
  const issues: Issue[] = []
  const fields = sheet.columns.map((column) => column.field)
  for (const [at, column] of sheet.columns.entries()) {
    const { field } = column
    if (!fits(field, sheet.subject)) issues.push({ path: `${path}.columns.${at}.field`, rule: 'mapping.unknown_field' })
    else if (fields.indexOf(field) !== at && !LIST_TARGETS.includes(field))
      issues.push({ path: `${path}.columns.${at}.field`, rule: 'mapping.field_twice' })
    if (sheet.columns.findIndex((each) => each.column === column.column) !== at)
      issues.push({ path: `${path}.columns.${at}.column`, rule: 'mapping.column_twice' })
  }
  const wanted = {
    organisations: ['organisation.name'],
    results: ['result.title'],
    both: ['organisation.name', 'result.title'],
    none: [],
  }
  const isNamed = (field: string) =>
    field === 'organisation.name'
      ? fields.some((each) => IDENTITIES.includes(each))
      : fields.some((each) => each === 'result.title' || each === 'result.titleEn')
  for (const field of wanted[sheet.subject])
    if (!isNamed(field)) issues.push({ path: `${path}.columns`, rule: `mapping.no_${field.split('.')[1]}` })
  return issues
}

const IDENTITIES = ['name', 'nameEn', 'uscc', 'ror', 'lei', 'pic', 'vat'].map((field) => `organisation.${field}`)

/** Orders that the good rows be taken. */
export async function orderApply(
  { tx, changed }: Command,
  caller: Caller,
  importId: string,
  { rowsHash }: z.output<typeof ApplyInput>,
  orderWork: Order,
): Promise<Started> {
  const run = await holdRun(tx, caller, importId, 'apply')
  if (rowsHash !== undefined && rowsHash !== run.rows_hash)
    throw new Fault('changed_meanwhile', 'The rows were checked anew since you looked at them.', {
      rule: 'import.checked_anew',
      tip: 'Look at the preview again.',
    })
  const workId = await orderWork(tx, WORK_KINDS.apply, importId)
  await changeRun(tx, caller.zoneId, importId, { state: 'applying', fault: null, ...(workId ? { workId } : {}) })
  changed({ subject: { kind: 'import', id: importId }, action: 'ordered', importId })
  return { id: importId, workId }
}

/** Lets go of the staged rows and takes none. */
export async function dropImport({ tx, changed }: Command, caller: Caller, importId: string): Promise<Started> {
  const run = await holdRun(tx, caller, importId, 'drop')
  await tx.deleteFrom('import_row').where('zone_id', '=', caller.zoneId).where('import_id', '=', importId).execute()
  await changeRun(tx, caller.zoneId, importId, { state: 'dropped', rowsHash: null })
  changed({ subject: { kind: 'import', id: importId }, action: 'dropped', importId })
  return { id: importId, workId: run.work_id }
}

/** The run, held until the transaction ends, in a state in which the act is allowed. */
async function holdRun(tx: Tx, caller: Caller, importId: string, act: Act): Promise<RunRow> {
  const run = await findRun(tx, caller.zoneId, importId, true)
  const seen = run && (await showRun(tx, caller.zoneId, importId))
  if (!run || !seen) throw unknownImport()
  if (!mayAct(act, seen.state)) throw wrongState()
  return run
}

/** The run as it is shown. @throws Fault `not_found`, and `wrong_state` where the act is not allowed now */
async function lookUp(world: World, caller: Caller, importId: string, act: Act): Promise<void> {
  const { state } = await readAs(world.database, caller, (tx) => readImportShown(tx, caller, importId))
  if (!mayAct(act, state)) throw wrongState()
}

export async function readImportShown(tx: Tx, caller: Caller, importId: string): Promise<Import> {
  const seen = await showRun(tx, caller.zoneId, importId)
  if (!seen) throw unknownImport()
  return seen
}

export async function listImports(tx: Tx, caller: Caller, query: z.output<typeof ImportQuery>) {
  return { ...(await listRuns(tx, caller.zoneId, query)), page: query.page, size: query.size }
}

export async function listImportRows(tx: Tx, caller: Caller, importId: string, query: z.output<typeof ImportRowQuery>) {
  await readImportShown(tx, caller, importId)
  return { ...(await listRows(tx, caller.zoneId, importId, query)), page: query.page, size: query.size }
}

/** The refused rows as a file, named after the file that they came in. */
export async function refusedFileOf(
  tx: Tx,
  caller: Caller,
  importId: string,
  order: { format: 'xlsx' | 'csv'; language: 'zh' | 'en' },
) {
  const { kind, fileName } = await readImportShown(tx, caller, importId)
  const file = await writeRefused(tx, caller.zoneId, importId, { ...order, isCordis: kind === 'cordis' })
  const stem = fileName.replace(/\.[A-Za-z0-9]{1,5}$/, '')
  return { ...file, name: `${stem} ${order.language === 'zh' ? '未导入的行' : 'refused rows'}` }
}

/** Understands one sheet anew, as a person wishes, and keeps nothing. */
export async function readSheetAnew(
  world: World,
  caller: Caller,
  importId: string,
  index: number,
  { heading, subject }: z.output<typeof SheetQuery>,
): Promise<SheetReading> {
  const run = await readAs(world.database, caller, (tx) => findRun(tx, caller.zoneId, importId))
  if (!run) throw unknownImport()
  const [file] = filesOf(run)
  if (run.kind === 'cordis' || !file || !run.reading) throw wrongState()
  const table = await readTable(world.files.path(file.sha256), { name: file.name })
  const sheet = table.sheets.find((each) => each.index === index)
  if (!sheet) throw new Fault('not_found', 'The file has no such sheet.', { rule: 'import.sheet_unknown' })
  const known = (run.reading as Reading).sheets.find((each) => each.index === index)
  return { ...understandSheet(await readHead(sheet), { heading, subject }), rows: known?.rows ?? null }
}
