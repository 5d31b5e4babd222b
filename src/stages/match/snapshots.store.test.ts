import { existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { newId } from '#kit/ids.ts'
import { openWorld, type TestWorld } from '#testing'
import type { SnapshotNote } from './keeper.ts'
import { openMatcher } from './matcher.ts'
import { bookOf, matchNeed } from './service.ts'
import { snapshotPath } from './snapshot-file.ts'

// Goal: a server takes a registry up from its snapshot as it would read it, or says why not; nothing removed stays in it.
const NEED = {
  title: 'Pumps for liquid hydrogen',
  capabilities: [{ name: 'Cryogenic pump', weight: 3, critical: true, levelWanted: 2 }],
  state: 'open' as const,
}
const SECRET = 'Marzipan gearbox with a rare name'

const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

async function withPump() {
  const world = await openWorld()
  await world.addResult({ title: 'Cryogenic pump', summary: 'A pump for liquid hydrogen at 20 K.' })
  const need = await world.addNeed({ ...NEED, sponsors: [world.other] })
  const folder = mkdtempSync(join(tmpdir(), 'consortia-snapshots-'))
  folders.push(folder)
  return { world, need, folder }
}

/** A server's matching of its own over the same records. */
async function start(world: TestWorld, folder: string) {
  const notes: SnapshotNote[] = []
  const matcher = openMatcher({ folder, tell: (note) => notes.push(note) })
  await matcher.keepSnapshots()
  const own = { ...world, matcher }
  return {
    notes,
    matcher,
    board: (need: string) => matchNeed(own, world.caller('zone_officer'), need),
    follow: async (version: string) => matcher.follow(bookOf(own, world.zoneId, version)),
  }
}

/** Serves once, so that a snapshot stands. */
async function snapshotOf({ world, need, folder }: Awaited<ReturnType<typeof withPump>>) {
  const server = await start(world, folder)
  const board = await server.board(need)
  await server.matcher.stop()
  expect(board.candidates.length).toBeGreaterThan(0)
  expect(server.notes).toMatchObject([{ about: 'written', zoneId: world.zoneId }])
  return board
}

const found = (board: { candidates: { name: string; score: number }[] }) =>
  board.candidates.map(({ name, score }) => ({ name, score }))
/** What all files hold; one that is being written may have its real name by now, and is read under that. */
const allBytes = (folder: string) =>
  readdirSync(folder)
    .map((name) => join(folder, name))
    .filter((path) => existsSync(path))
    .map((path) => readFileSync(path, 'utf8'))

test('a server that starts again takes the registry up from its snapshot, and what was saved since', async () => {
  const made = await withPump()
  const before = await snapshotOf(made)
  const { world, need, folder } = made
  const second = await start(world, folder)
  const again = await second.board(need)
  expect(again).toMatchObject({ origin: { from: 'snapshot', refused: null }, inputsHash: before.inputsHash })
  expect(found(again)).toEqual(found(before))
  await second.matcher.stop()

  await world.addResult({ title: 'Cryogenic pump with magnetic bearings' })
  const third = await start(world, folder)
  const later = await third.board(need)
  expect(later.origin.from).toBe('snapshot')
  expect(found(later).map(({ name }) => name)).toContain('Cryogenic pump with magnetic bearings')
  const anew = openMatcher()
  expect(found(await matchNeed({ ...world, matcher: anew }, world.caller('zone_officer'), need))).toEqual(found(later))
  await Promise.all([anew.stop(), third.matcher.stop()])
})

const cut = (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)
const replaced = (from: string, to: string) => (bytes: Buffer) =>
  Buffer.from(bytes.toString('latin1').replace(from, to), 'latin1')
const flipped = (bytes: Buffer) => {
  const at = bytes.length - 100
  bytes[at] = bytes[at]! ^ 1
  return bytes
}

test.each([
  ['cut in half', cut, 'cut'],
  ['without its end', (bytes: Buffer) => bytes.subarray(0, -16), 'cut'],
  ['with one bit flipped', flipped, 'damaged'],
  ['with other words', replaced('liquid hydrogen', 'liquid nitrogen'), 'damaged'],
  ['of something else', () => Buffer.from('no snapshot at all'.repeat(10)), 'foreign'],
  ['of no bytes', () => Buffer.alloc(0), 'cut'],
] as const)('a snapshot %s is made anew, and said', async (_says, harm, why) => {
  const made = await withPump()
  const before = await snapshotOf(made)
  const { world, need, folder } = made
  const path = snapshotPath(folder, world.zoneId)
  writeFileSync(path, harm(readFileSync(path)))
  const server = await start(world, folder)
  const board = await server.board(need)
  expect(board.origin).toEqual({ from: 'database', refused: why })
  expect(found(board)).toEqual(found(before))
  // On a slow machine the next one is written by then, and said too.
  expect(server.notes[0]).toMatchObject({ about: 'refused', zoneId: world.zoneId, why })
  await server.matcher.stop()
  const next = await start(world, folder)
  expect((await next.board(need)).origin).toEqual({ from: 'snapshot', refused: null })
  await next.matcher.stop()
})

test('a snapshot of another zone is not used', async () => {
  const [one, other] = [await withPump(), await withPump()]
  await snapshotOf(one)
  renameSync(snapshotPath(one.folder, one.world.zoneId), snapshotPath(other.folder, other.world.zoneId))
  const server = await start(other.world, other.folder)
  expect((await server.board(other.need)).origin).toEqual({ from: 'database', refused: 'zone' })
  await server.matcher.stop()
})

test('a database that was restored from before, or is another, is never answered from a snapshot', async () => {
  const made = await withPump()
  const { world, need, folder } = made
  const secret = await world.addResult({ title: SECRET, summary: 'Cryogenic pump' })
  await snapshotOf(made)
  const last = await world.within((tx) =>
    tx.selectFrom('journal_head').selectAll().where('zone_id', '=', world.zoneId).executeTakeFirstOrThrow(),
  )
  // As after a restore: the chain has gone on from an earlier entry, another way.
  await world.database.kysely.transaction().execute(async (tx) => {
    await tx.deleteFrom('result_owner').where('result_id', '=', secret).execute()
    await tx.deleteFrom('result').where('result_id', '=', secret).execute()
    await tx.updateTable('journal').set({ hash: 'another' }).where('zone_id', '=', world.zoneId).execute()
  })
  expect(last.seq).toBeGreaterThan(0n)
  const server = await start(world, folder)
  const board = await server.board(need)
  expect(board.origin).toEqual({ from: 'database', refused: 'chain' })
  expect(JSON.stringify(board)).not.toContain(SECRET)
  expect(server.notes.slice(0, 2).map(({ about }) => about)).toEqual(['loaded', 'refused'])
  await server.matcher.stop()
  expect(allBytes(folder).join()).not.toContain(SECRET)
})

test('what is removed or said otherwise goes from the snapshot at once, and does not come back', async () => {
  const made = await withPump()
  const { world, need, folder } = made
  const secret = await world.addResult({ title: { en: SECRET }, summary: 'Cryogenic pump' })
  await snapshotOf(made)
  expect(allBytes(folder).join()).toContain(SECRET)
  const server = await start(world, folder)
  await server.board(need)
  expect((await world.ask('DELETE', `/results/${secret}`)).status).toBeLessThan(300)
  const { seenSeq } = await server.board(need)
  expect(allBytes(folder).join()).not.toContain(SECRET)
  await server.follow(seenSeq)
  await server.matcher.stop()
  expect(allBytes(folder)).toHaveLength(1)
  expect(allBytes(folder).join()).not.toContain(SECRET)
})

test('what was removed while the server stood still goes as soon as it follows its chain', async () => {
  const made = await withPump()
  const { world, folder } = made
  const secret = await world.addResult({ title: { en: SECRET }, summary: 'Cryogenic pump' })
  await snapshotOf(made)
  const removed = await world.ask('DELETE', `/results/${secret}`)
  expect(removed.status).toBeLessThan(300)
  const server = await start(world, folder)
  expect([...server.matcher.zones()]).toEqual([[world.zoneId, null]])
  const { seq } = await world.within((tx) =>
    tx.selectFrom('journal_head').select('seq').where('zone_id', '=', world.zoneId).executeTakeFirstOrThrow(),
  )
  await server.follow(String(seq))
  expect(allBytes(folder).join()).not.toContain(SECRET)
  await server.matcher.stop()
})

test('documents in narrower circles are in no snapshot', async () => {
  const made = await withPump()
  const { world, folder } = made
  const rows = [
    { title: 'Open data sheet', circle: 'signed_in' },
    { title: SECRET, circle: 'members' },
  ].map((said) => ({
    ...said,
    zone_id: world.zoneId,
    evidence_id: newId(),
    subject_kind: 'organisation',
    subject_id: world.own,
    kind: 'document',
    body: 'A cryogenic pump.',
  }))
  await world.within((tx) => tx.insertInto('evidence').values(rows).execute())
  await snapshotOf(made)
  expect(allBytes(folder).join()).toContain('Open data sheet')
  expect(allBytes(folder).join()).not.toContain(SECRET)
})
