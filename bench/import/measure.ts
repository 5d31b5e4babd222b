/** Imports a CORDIS download as the shell does and says how long each part took: `node bench/import/measure.ts FILE`. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
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

const files = process.argv.slice(2)
const kept = process.env.BENCH_FOLDER
const folder = kept ?? mkdtempSync(join(tmpdir(), 'consortia-bench-'))
const url = process.env.DATABASE_URL
const database = await openDatabase(url ? { url, schema: process.env.BENCH_SCHEMA } : { folder })
await migrate(database)
const world = assembleWorld({
  database,
  files: openFileStore(join(folder, 'files')),
  secret: 'x'.repeat(64),
  origin: 'http://bench',
})
const zone = await startZone(world, {
  slug: 'bench',
  name: 'Bench',
  country: 'CN',
  timeZone: 'UTC',
  currency: 'CNY',
} as never)
const caller = operatorCaller(zone.id)
const memory = () => /VmRSS:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))
let peak = 0
const watch = setInterval(() => (peak = Math.max(peak, Number(memory()?.[1] ?? 0))), 20)
console.log(`${database.engine}: open ${Math.round(Number(memory()?.[1]) / 1024)} MB`)
for (const file of files) {
  peak = 0
  const started = performance.now()
  const cpu = process.cpuUsage()
  const { id } = await startImport(world, caller, [await keepImportFile(world, file, basename(file))], async () => null)
  const work = { world, caller, importId: id, signal: new AbortController().signal, progress: () => {} }
  await readImport(work)
  const checked = performance.now()
  await command(database, caller, { name: 'imports.order_apply', input: { id }, at: world.clock.now() }, (done) =>
    orderApply(done, caller, id, {}, async () => null),
  )
  const summary = await applyImport(work)
  const done = performance.now()
  const { user, system } = process.cpuUsage(cpu)
  console.log(
    basename(file),
    `read ${((checked - started) / 1000).toFixed(1)} s, apply ${((done - checked) / 1000).toFixed(1)} s, all ${((done - started) / 1000).toFixed(1)} s (${((user + system) / 1e6).toFixed(1)} s of processor), peak ${Math.round(peak / 1024)} MB`,
  )
  console.log(
    JSON.stringify(summary.counts),
    summary.nameless,
    summary.projectsAlone,
    JSON.stringify(summary.asides),
    JSON.stringify(summary.notes),
    summary.duplicates,
  )
}
clearInterval(watch)
const verdict = await verifyChain(database, zone.id)
console.log('journal', verdict.intact, verdict.entries)
await database.close()
if (!kept) rmSync(folder, { recursive: true, force: true })
