/**
 * What a snapshot of a registry costs and spares, within the matching thread: `node bench/fresh/snapshot.ts [RECORDS]`.
 * Prints seconds of the processor too, for machines that are busy with other things.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { prepareCorpus } from '#stages/match/prepared.ts'
import { readSnapshotFile, snapshotPath, writeSnapshotFile } from '#stages/match/snapshot-file.ts'
import { makeCollection } from '../search/collection.ts'

const RECORDS = 100_000
const TITLE_WORDS = 12

const collection = makeCollection(Number(process.argv[2] ?? RECORDS))
if (!collection) throw new Error('The shared data is not there.')
const texts = collection.documents.map(({ id, text }) => ({
  ...{ kind: 'result' as const, id, title: text.split(' ').slice(0, TITLE_WORDS).join(' '), text },
  ...{ trl: 5, holders: [{ organisationId: 'one', strong: true }] },
}))
const head = { made: 'bench', zoneId: 'zone', mark: { version: '1', hash: '1' } }
const folder = mkdtempSync(join(tmpdir(), 'consortia-snapshot-'))
try {
  const prepared = await timed('index the texts', () => prepareCorpus({ organisations: [], texts }))
  await timed('write the snapshot', () => writeSnapshotFile(folder, head, prepared, () => true))
  console.log(`${(statSync(snapshotPath(folder, head.zoneId)).size / 1e6).toFixed(0)} MB`)
  await timed('read the snapshot', () => readSnapshotFile(folder, head))
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function timed<T>(what: string, run: () => T | Promise<T>): Promise<T> {
  const [began, used] = [performance.now(), process.cpuUsage()]
  const result = await run()
  const { user, system } = process.cpuUsage(used)
  const seconds = ((performance.now() - began) / 1000).toFixed(2)
  console.log(`${what}: ${seconds} s, of the processor ${((user + system) / 1e6).toFixed(2)} s`)
  return result
}
