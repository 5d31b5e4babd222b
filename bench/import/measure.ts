/**
 * Imports CORDIS downloads one after another as the shell does, and says how long each part took and how much memory the
 * process held: `node bench/import/measure.ts FILE…`, on the embedded engine or on the PostgreSQL of DATABASE_URL.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { command } from '#db/command.ts'
import { openDatabase } from '#db/db.ts'
import { openFileStore } from '#db/files.ts'
import { verifyChain } from '#db/journal.ts'
import { migrate } from '#db/migrate.ts'
import { operatorCaller } from '#stages/caller.ts'
import { startZone } from '#stages/house/service.ts'
import { applyImport, readImport } from '#stages/imports/run.ts'
import { keepImportFile, orderApply, startImport } from '#stages/imports/service.ts'
import { assembleWorld } from '../../src/open.ts'

const PREPARE = '--prepare'
const SAMPLE_MS = 20
const MEGABYTE = 1024 * 1024

/** Makes the database in a process of its own, so that the engine's first start does not count as the import's memory. */
async function prepare(folder: string): Promise<void> {
  const { world, database } = await open(folder)
  await migrate(database)
  await startZone(world, { slug: 'bench', name: 'Bench', country: 'CN', timeZone: 'UTC', currency: 'CNY' })
  await database.close()
}

async function open(folder: string) {
  const url = process.env.DATABASE_URL
  const database = await openDatabase(url ? { url } : { folder })
  const files = openFileStore(join(folder, 'files'))
  return { database, world: assembleWorld({ database, files, secret: 'bench'.repeat(16), origin: 'http://bench' }) }
}

async function measure(files: readonly string[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'consortia-bench-'))
  spawnSync(process.execPath, [import.meta.filename, PREPARE, folder], { stdio: 'inherit' })
  const { world, database } = await open(folder)
  const zone = await database.kysely.selectFrom('zone').select('id').executeTakeFirstOrThrow()
  const caller = operatorCaller(zone.id)
  const watch = new MemoryWatch()
  console.log(
    `${database.engine}, ${cpus().length} x ${cpus()[0]?.model}, Node ${process.versions.node}, ${watch.now()} MB at rest`,
  )
  for (const file of files) {
    const lap = startLap()
    const { id } = await startImport(
      world,
      caller,
      [await keepImportFile(world, file, basename(file))],
      async () => null,
    )
    const work = { world, caller, importId: id, signal: new AbortController().signal, progress: watch.enter }
    await readImport(work)
    const read = lap()
    const order = { name: 'imports.order_apply', input: { id }, at: world.clock.now() }
    await command(database, caller, order, (done) => orderApply(done, caller, id, {}, async () => null))
    const summary = await applyImport(work)
    const { projects, organisations, participations } = summary.counts
    console.log(`${basename(file)}: read ${read.seconds} s, all ${lap().seconds} s, ${lap().processor} s of processor`)
    console.log(
      `  new, changed, same: ${[projects, organisations, participations].map((of) => [of.new, of.changed, of.same].join(' ')).join(', ')}`,
    )
    console.log(
      `  nameless ${summary.nameless}, pairs ${summary.duplicates?.suspected ?? 0}, memory by part: ${watch.report()}`,
    )
  }
  watch.stop()
  console.log(`journal intact: ${(await verifyChain(database, zone.id)).intact}`)
  await database.close()
  rmSync(folder, { recursive: true, force: true })
}

function startLap() {
  const started = performance.now()
  const usage = process.cpuUsage()
  return () => {
    const { user, system } = process.cpuUsage(usage)
    return { seconds: ((performance.now() - started) / 1000).toFixed(1), processor: ((user + system) / 1e6).toFixed(1) }
  }
}

/** The most memory that the process held in each part of the work. */
class MemoryWatch {
  private readonly peaks = new Map<string, number>()
  private part = 'reading'
  private readonly timer = setInterval(() => this.sample(), SAMPLE_MS)

  readonly enter = (part: string): void => {
    this.part = part
    this.sample()
  }

  now(): number {
    const held = /VmRSS:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]
    return Math.round((held ? Number(held) * 1024 : process.memoryUsage().rss) / MEGABYTE)
  }

  private sample(): void {
    this.peaks.set(this.part, Math.max(this.peaks.get(this.part) ?? 0, this.now()))
  }

  report(): string {
    const text = [...this.peaks].map(([part, peak]) => `${part} ${peak} MB`).join(', ')
    this.peaks.clear()
    return text
  }

  stop(): void {
    clearInterval(this.timer)
  }
}

const args = process.argv.slice(2)
if (args[0] === PREPARE) await prepare(args[1]!)
else await measure(args)
