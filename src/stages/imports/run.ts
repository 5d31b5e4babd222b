import { sql } from 'kysely'
import { command } from '#db/command.ts'
import type { Tx } from '#db/db.ts'
import { Fault } from '#kit/fault.ts'
import type { CordisSource } from '../../files/cordis.ts'
import type { World } from '../../world.ts'
import type { Caller } from '../caller.ts'
import { refreshDuplicatesAside } from '../registry/duplicate-service.ts'
import { Moved, takeRows } from './apply-store.ts'
import { stageCordis } from './cordis.ts'
import type { Mapping, Reading, Summary } from './model.ts'
import { readFiles } from './read-file.ts'
import { nameChanged, refreshChanged } from './refresh-store.ts'
import { asServer, clearStaged, learnSizes, Stager, type StagingWork, stageRows } from './stage-store.ts'
import {
  changeRun,
  countNotes,
  countRows,
  filesOf,
  findRun,
  hashRows,
  listTaken,
  type RunChange,
  type RunRow,
  rememberMapping,
  writeHistory,
} from './store.ts'
import { stageTables, type TableSource } from './table-stage.ts'

/** Long work on one import, as a job or the shell does it. */
export interface ImportWork {
  world: World
  caller: Caller
  importId: string
  signal: AbortSignal
  progress: (doing: string, done: number, total?: number) => void
  /** Whether the mapping is a person's, to be proposed next time. */
  remember?: boolean
}

/** Beyond so many organisations all of the zone are compared. */
const SEARCHED_ONE_BY_ONE_MAX = 2_000
/** What an import may make grow. */
const TOUCHED = [
  'organisation',
  'zone_organisation',
  'zone_identifier',
  'organisation_year',
  'result',
  'result_owner',
  'project',
  'participation',
]
/** How often the rows are read anew where the registry moves while they are taken. */
const TRIES_MAX = 4

/** Reads a file from its beginning: understands its tables, or stages a CORDIS download and what needs no mapping. */
export async function readImport(work: ImportWork): Promise<void> {
  const run = await standing(work)
  if (run.state !== 'reading') return
  await recordFaults(work, async () => {
    await clearStaged(work.world.database, work.caller, work.importId)
    const { kind, reading, mapping, files } = await readFiles(work, filesOf(run))
    await change(work, { kind, reading, files, ...(mapping ? { mapping } : {}) })
    if (kind === 'cordis' ? reading.missing.length === 0 : mapping !== undefined)
      await stage(work, await standing(work))
    else await change(work, { state: 'mapping' })
  })
}

/** Reads the rows by the mapping that a person gave, and checks them. */
export async function checkImport(work: ImportWork): Promise<void> {
  const run = await standing(work)
  if (run.state !== 'checking') return
  await recordFaults(work, () => stage(work, run))
}

/** Takes the good rows: all of them or, where anything breaks, none. Afterwards looks for duplicates. */
export async function applyImport(work: ImportWork): Promise<Summary> {
  const run = await standing(work)
  const started = performance.now()
  if (run.state === 'applying') await recordFaults(work, () => takeUntilDone(work, run), 'ready')
  const { summary } = await standing(work)
  const done = summary as Summary
  work.progress('duplicates', 0)
  await learnSizes(work.world.database, TOUCHED)
  const seconds = (done.seconds ?? 0) + (performance.now() - started) / 1000
  const told = { ...done, duplicates: await findDuplicates(work), seconds }
  await change(work, { summary: told })
  return told
}

/** Looks for organisations that may be one among those that were brought or changed. */
async function findDuplicates({ world, caller, importId, signal }: ImportWork): Promise<{ suspected: number } | null> {
  const { zoneId } = caller
  const organisationIds = await asServer(world.database, caller, (tx) => listTaken(tx, zoneId, importId))
  if (!organisationIds.length) return null
  const some = organisationIds.length <= SEARCHED_ONE_BY_ONE_MAX ? { organisationIds } : {}
  const { pairs } = await refreshDuplicatesAside(world, zoneId, { ...some, signal })
  return { suspected: pairs }
}

async function takeUntilDone(work: ImportWork, run: RunRow): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      await take(work)
      return
    } catch (error) {
      if (!(error instanceof Moved)) throw error
      if (tries === TRIES_MAX)
        throw new Fault('changed_meanwhile', 'The registry changed while the rows were being taken.', {
          rule: 'import.registry_moved',
          tip: 'Try again when nobody else imports.',
        })
      await stage(work, run)
    }
  }
}

/** The one command of an import: short, set-based, and one entry in the journal that holds the rows' hash. */
async function take({ world, caller, importId, progress, signal }: ImportWork): Promise<void> {
  const at = world.clock.now()
  const { zoneId } = caller
  const { rows_hash: rowsHash } = await standing({ world, caller, importId })
  const order = { name: 'imports.apply', input: { import: importId, rowsHash }, key: `import:${importId}`, at }
  await command(world.database, caller, order, async ({ tx, changed }) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`imports ${zoneId}`}, 0))`.execute(tx)
    const run = await findRun(tx, zoneId, importId, true)
    if (run?.state !== 'applying') throw wrongState()
    const staged = { zoneId, importId, at }
    const refreshed = await refreshChanged(tx, staged)
    let taken = 0
    await takeRows(tx, staged, (rows) => {
      if (signal.aborted) throw stopped()
      taken += rows
      progress('applying', taken)
    })
    await writeHistory(tx, staged, caller.accountId)
    const before = run.summary as Summary
    const summary = refreshed ? { ...before, ...(await countAll(tx, zoneId, importId)) } : before
    await changeRun(tx, zoneId, importId, { state: 'applied', appliedAt: at, summary })
    changed({ subject: { kind: 'import', id: importId }, action: 'applied', importId })
    return { id: importId }
  })
}

async function stageAll(world: World, run: RunRow, shared: StagingWork) {
  const tally =
    run.kind === 'cordis'
      ? await stageCordis(sourceOf(world, run), shared)
      : await stageTables(tableOf(world, run), run.mapping as Mapping, shared)
  await shared.stager.finish()
  return tally
}

/** Reads the rows from the file into staging, compares them with the registry, and counts. */
async function stage(work: ImportWork, run: RunRow): Promise<void> {
  const { world, caller, importId, signal, progress } = work
  const started = performance.now()
  const { zoneId } = caller
  const { database } = world
  await clearStaged(database, caller, importId)
  const staging = { zoneId, importId, at: world.clock.now() }
  const stager = new Stager(async (subject, rows) => {
    if (signal.aborted) throw stopped()
    await asServer(database, caller, (tx) => stageRows(tx, staging, subject, rows))
  })
  const shared = { database, caller, run: staging, stager, signal, progress }
  const tally = await stageAll(world, run, shared).finally(() => stager.letGo())
  progress('checking', 0)
  await learnSizes(database, ['import_row'])
  await asServer(database, caller, async (tx) => {
    await nameChanged(tx, staging)
    const rowsHash = await hashRows(tx, zoneId, importId)
    const counted = await countAll(tx, zoneId, importId)
    const seconds = (performance.now() - started) / 1000
    const summary: Summary = {
      ...counted,
      asides: { ...counted.asides, ...tally.asides },
      projectsAlone: tally.projectsAlone,
      duplicates: null,
      seconds,
      rowsHash,
    }
    if (run.kind === 'table' && (work.remember ?? true))
      for (const each of tally.mapped)
        await rememberMapping(tx, zoneId, { ...each, accountId: caller.accountId, at: staging.at })
    const state = run.state === 'applying' ? 'applying' : 'ready'
    await changeRun(tx, zoneId, importId, { state, summary, rowsHash })
  })
}

async function countAll(tx: Tx, zoneId: string, importId: string) {
  const { asides, notes, told } = await countNotes(tx, zoneId, importId)
  return { counts: await countRows(tx, zoneId, importId), asides, notes, told, nameless: notes.nameless ?? 0 }
}

function tableOf({ files }: World, run: RunRow): TableSource {
  const [file] = filesOf(run)
  const sheets = (run.reading as Reading).sheets
  const rows = sheets.reduce((sum, sheet) => sum + (sheet.rows ?? 0), 0)
  return { path: files.path(file!.sha256), name: file!.name, rows }
}

/** Where a CORDIS download lies: its one zip, or its files. */
function sourceOf(world: World, run: RunRow): CordisSource {
  const files = filesOf(run)
  const paths = Object.fromEntries(files.map((file) => [file.part ?? 'zip', world.files.path(file.sha256)]))
  return files[0]?.part ? (paths as Exclude<CordisSource, string>) : paths.zip!
}

async function standing({
  world,
  caller,
  importId,
}: Pick<ImportWork, 'world' | 'caller' | 'importId'>): Promise<RunRow> {
  const run = await asServer(world.database, caller, (tx) => findRun(tx, caller.zoneId, importId))
  if (!run) throw unknownImport()
  return run
}

const change = ({ world, caller, importId }: ImportWork, to: RunChange) =>
  asServer(world.database, caller, (tx) => changeRun(tx, caller.zoneId, importId, to))

/** What a file is refused by stands with its run; where the work was told to stop, the run stays as it is. */
async function recordFaults(work: ImportWork, run: () => Promise<void>, after: 'failed' | 'ready' = 'failed') {
  try {
    await run()
  } catch (error) {
    if (error instanceof Fault && error.code !== 'cancelled') {
      const { code, message, details } = error
      const { rule, limit, tip } = details
      await change(work, { state: after, fault: { code, message, rule, limit, tip } })
      if (after === 'failed') await clearStaged(work.world.database, work.caller, work.importId)
    }
    throw error
  }
}

const stopped = () => new Fault('cancelled', 'The import was stopped.', { rule: 'import.stopped' })
export const unknownImport = () => new Fault('not_found', 'There is no such import.', { rule: 'import.unknown' })
export const wrongState = () =>
  new Fault('wrong_state', 'The import is not in a state in which this can be done.', { rule: 'import.state' })
