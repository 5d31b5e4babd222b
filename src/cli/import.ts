import { readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { readAs } from '#db/caller.ts'
import { command } from '#db/command.ts'
import { admit } from '#http/serve.ts'
import { parse } from '#http/valid.ts'
import { Fault } from '#kit/fault.ts'
import { importsApi } from '#stages/imports/api.ts'
import { MapFile, mappingOf } from '#stages/imports/map-file.ts'
import { proposedMapping } from '#stages/imports/mapping-rules.ts'
import type { Import } from '#stages/imports/model.ts'
import { applyImport, checkImport, type ImportWork, readImport } from '#stages/imports/run.ts'
import {
  dropImport,
  keepImportFile,
  listImportRows,
  mapImport,
  orderApply,
  readImportShown,
  readSheetAnew,
  startImport,
} from '#stages/imports/service.ts'
import type { RunFile } from '#stages/imports/store.ts'
import type { CommandLine } from './commands.ts'
import { readJsonFile } from './json-file.ts'
import { inZone, type Session } from './session.ts'
import { Misuse, print } from './tell.ts'

const KINDS = ['cordis', 'xlsx', 'csv']
/** The files of a CORDIS download, by their names without `.csv`, and the part that each is. */
const PARTS: Readonly<Record<string, string>> = {
  project: 'project',
  organization: 'organization',
  topics: 'topics',
  euroscivoc: 'euroSciVoc',
}
const REFUSALS_TOLD_MAX = 10_000
const PAGE_ROWS = 200

/** `consortia import cordis|xlsx|csv FILE`: the same road as in the browser, done here. */
export async function runImport(line: CommandLine): Promise<void> {
  const [kind = '', ...paths] = line.positionals
  if (!KINDS.includes(kind)) throw new Misuse(`What is imported is one of ${KINDS.join(', ')}.`)
  const started = performance.now()
  const map =
    line.values.map === undefined ? undefined : parse(MapFile, await readJsonFile(String(line.values.map)), 'file')
  await inZone(
    line,
    async (session) => {
      admit(importsApi.uploadImport, session.caller)
      const run = await takeFile(session, await keepFiles(session, kind, paths), {
        map,
        isPreview: Boolean(line.values.preview),
      })
      const answer = { seconds: (performance.now() - started) / 1000, ...(await answerOf(session, run)) }
      print(line, answer, textOf(answer))
    },
    { mayStartZone: true },
  )
}

async function keepFiles({ world }: Session, kind: string, paths: readonly string[]): Promise<RunFile[]> {
  const found = (await Promise.all(paths.map((path) => filesAt(path, kind)))).flat()
  const several = found.length > 1
  const files: RunFile[] = []
  for (const path of found)
    files.push(await keepImportFile(world, path, basename(path), several ? partOf(path) : undefined))
  return files
}

const partOf = (path: string) =>
  PARTS[
    basename(path)
      .toLowerCase()
      .replace(/\.csv$/, '')
  ]

/** The file itself, or a folder's files of a CORDIS download. */
async function filesAt(path: string, kind: string): Promise<string[]> {
  const found = await stat(path).catch(() => null)
  if (!found) throw new Fault('not_found', `There is no file ${path}.`, { rule: 'file.unknown' })
  if (!found.isDirectory()) return [path]
  if (kind !== 'cordis')
    throw new Fault('unsupported_file', `${path} is a folder.`, { rule: 'file.folder', tip: 'Name the file in it.' })
  const entries = await readdir(path, { recursive: true, withFileTypes: true })
  const files = entries
    .filter((entry) => entry.isFile() && partOf(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
  if (!files.length)
    throw new Fault('unsupported_file', `${path} holds no CORDIS download.`, {
      rule: 'cordis.no_files',
      tip: 'A download has at least project.csv and organization.csv.',
    })
  return files.sort()
}

interface How {
  map: MapFile | undefined
  isPreview: boolean
}

/** Reads, maps, checks and takes, one step after the other. The shell does the work itself and orders none. */
async function takeFile(session: Session, files: readonly RunFile[], { map, isPreview }: How): Promise<Import> {
  const { world, caller } = session
  const noOrder = async () => null
  const at = () => world.clock.now()
  const { id } = await startImport(world, caller, files, noOrder)
  const work: ImportWork = {
    world,
    caller,
    importId: id,
    signal: new AbortController().signal,
    progress: () => undefined,
  }
  await readImport(work)
  let run = await shown(session, id)
  if (run.state === 'mapping' || (map !== undefined && run.may.map)) {
    const { sheets } = run.reading!
    const mapping = map
      ? await mappingOf(map, sheets, (index, wish) => readSheetAnew(world, caller, id, index, wish))
      : proposedMapping({ sheets })
    const order = { name: 'imports.map', input: { id, mapping }, at: at() }
    await command(world.database, caller, order, (done) => mapImport(done, caller, id, mapping, noOrder))
    await checkImport({ ...work, remember: map !== undefined })
    run = await shown(session, id)
  }
  if (run.state !== 'ready') throw notReady(run)
  if (isPreview) {
    const preview = { ...run, rows: await refusalsOf(session, id) }
    await command(world.database, caller, { name: 'imports.drop', input: { id }, at: at() }, (done) =>
      dropImport(done, caller, id),
    )
    return preview
  }
  await command(world.database, caller, { name: 'imports.order_apply', input: { id }, at: at() }, (done) =>
    orderApply(done, caller, id, {}, noOrder),
  )
  const rows = await refusalsOf(session, id)
  await applyImport(work)
  return { ...(await shown(session, id)), rows } as Import
}

const shown = ({ world, caller }: Session, id: string) =>
  readAs(world.database, caller, (tx) => readImportShown(tx, caller, id))

function notReady({ fault, reading }: Import): Fault {
  if (fault) {
    const { code, message, ...details } = fault
    return new Fault(code as Fault['code'], message, details as Fault['details'])
  }
  return new Fault('unsupported_file', 'The file could not be understood.', {
    rule: 'import.not_understood',
    ...(reading?.missing.length ? { limit: reading.missing.join(', ') } : {}),
    tip: 'Name its columns with --map, or import it in the browser.',
  })
}

interface Refused {
  sheet: string
  row: number
  column: string
  value: string
  rule: string
}

async function refusalsOf({ world, caller }: Session, id: string): Promise<Refused[]> {
  const refusals: Refused[] = []
  for (let page = 1; refusals.length < REFUSALS_TOLD_MAX; page++) {
    const query = { q: '', page, size: PAGE_ROWS, verdict: ['refused' as const] }
    const { rows } = await readAs(world.database, caller, (tx) => listImportRows(tx, caller, id, query))
    for (const { sheet, row, refusals: own } of rows)
      for (const refusal of own) refusals.push({ sheet, row, ...refusal })
    if (rows.length < PAGE_ROWS) break
  }
  return refusals.slice(0, REFUSALS_TOLD_MAX)
}

type Counted = NonNullable<Import['counts']>

async function answerOf(session: Session, run: Import & { rows?: Refused[] }) {
  const counts = run.summary?.counts ?? run.counts
  if (!counts) throw new Fault('unsupported_file', 'Nothing was found in the file.', { rule: 'import.not_understood' })
  const plain = ({ read, new: fresh, changed, same, refused, setAside }: Counted['results']) => ({
    read,
    new: fresh,
    changed,
    same,
    refused,
    setAside,
  })
  return {
    import: run.id,
    zone: session.zone.slug,
    organisations: plain(counts.organisations),
    results: plain(counts.results),
    projects: plain(counts.projects),
    participations: plain(counts.participations),
    refusals: run.rows ?? [],
  }
}

type Answer = Awaited<ReturnType<typeof answerOf>> & { seconds: number }

function textOf(answer: Answer): string {
  const lines = (['organisations', 'results', 'projects', 'participations'] as const)
    .filter((subject) => answer[subject].read > 0)
    .map((subject) => {
      const { read, new: fresh, changed, same, refused } = answer[subject]
      return `${subject.padEnd(15)} ${read} read: ${fresh} new, ${changed} changed, ${same} same, ${refused} refused`
    })
  const refused = answer.refusals.map(
    ({ sheet, row, column, value, rule }) => `  ${sheet || 'row'} ${row}, ${column}: ${value} (${rule})`,
  )
  return [...lines, ...refused, `${answer.seconds.toFixed(1)} s`].join('\n')
}
