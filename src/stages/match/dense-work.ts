import { readAs } from '#db/caller.ts'
import { command } from '#db/command.ts'
import type { Tx } from '#db/db.ts'
import type { Work } from '#db/jobs.ts'
import { Fault } from '#kit/fault.ts'
import { packVector } from '../../embedding/vectors.ts'
import type { World } from '../../world.ts'
import { systemCaller } from '../caller.ts'
import { everyZone, startRounds } from '../house/rounds.ts'
import { corpusVersion, readCorpus } from './corpus.ts'
import {
  dropVectors,
  keepVectors,
  listVectorHashes,
  nextRevision,
  readVectorState,
  type StoredHash,
  saveVectorState,
} from './dense-store.ts'
import { denseTextOf, hashOfText } from './dense-text.ts'
import type { Corpus } from './question.ts'

export const MAKE_VECTORS = 'match.vectors'
/** A zone with more texts than this is ranked by words alone. */
export const TEXTS_MAX = 200_000
/** So many are kept together: what was made before a stop is not made again. */
const KEPT_AT_ONCE = 128
const LOOK_MS = 5_000
/** After a failure it is tried again no sooner. */
const AGAIN_MS = 60_000

interface DenseText {
  kind: string
  id: string
  text: string
  hash: string
}

/** Makes the vectors that are missing or of other words, drops those of texts that are gone, and keeps both as it goes. */
export const runVectors = (world: World) => async (work: Work) => {
  const { embedder } = world.meaning
  if (!embedder) return null
  const { zoneId, signal, progress } = work
  const { texts, known, version } = await readAs(world.database, systemCaller(zoneId), async (tx) => ({
    version: await corpusVersion(tx, zoneId),
    texts: textsOf(await readCorpus(tx, zoneId)),
    known: await listVectorHashes(tx, zoneId),
  }))
  if (texts.length > TEXTS_MAX)
    throw new Fault('too_large', 'The zone has more texts than are ranked by meaning.', {
      rule: 'meaning.texts',
      limit: TEXTS_MAX,
    })
  const { model } = embedder
  const dimensions = embedder.dimensions ?? (await embedder.embed(['Consortia'], { kind: 'query', signal }))[0]!.length
  const { missing, gone } = compare(texts, known, { model, dimensions })
  let made = 0
  const keep = (rows: Parameters<typeof keepVectors>[2], isLast: boolean) => {
    made += rows.length
    const order = { name: 'match.keep_vectors', input: { work: work.workId, made }, at: world.clock.now() }
    return command(world.database, systemCaller(zoneId), order, async ({ tx, at }) => {
      const { revision, wholeSince } = await nextRevision(tx, zoneId)
      await keepVectors(tx, zoneId, rows, revision)
      const drops = isLast && gone.length > 0
      if (drops) await dropVectors(tx, zoneId, gone)
      const state = {
        model,
        revision,
        wholeSince: drops ? revision : wholeSince,
        texts: texts.length,
        vectors: texts.length - missing.length + made,
        seenSeq: isLast ? BigInt(version) : 0n,
      }
      await saveVectorState(tx, zoneId, state, at)
      return {}
    })
  }
  for (let at = 0; at < missing.length; at += KEPT_AT_ONCE) {
    if (signal.aborted) return null
    progress('match.vectors', at, missing.length)
    const some = missing.slice(at, at + KEPT_AT_ONCE)
    const passages = some.map(({ text }) => text)
    const vectors = await embedder.embed(passages, { kind: 'passage', signal })
    const rows = some.map(({ kind, id, hash }, place) => {
      const { buffer } = packVector(vectors[place]!)
      return { kind, id, hash, model, vector: new Uint8Array(buffer) }
    })
    await keep(rows, false)
  }
  await keep([], true)
  return { texts: texts.length, made, dropped: gone.length }
}

function textsOf({ texts }: Corpus): DenseText[] {
  return texts.flatMap((one) => {
    const text = denseTextOf(one)
    return text === null ? [] : [{ kind: one.kind, id: one.id, text, hash: hashOfText(text) }]
  })
}

/** What has no vector of its present words by this model, and of what there is a vector that is there no more. */
function compare(
  texts: readonly DenseText[],
  known: readonly StoredHash[],
  { model, dimensions }: { model: string; dimensions: number },
): { missing: DenseText[]; gone: StoredHash[] } {
  const keyOf = ({ kind, id }: { kind: string; id: string }) => `${kind}:${id}`
  const stored = new Map(known.map((one) => [keyOf(one), one]))
  const missing = texts.filter((text) => {
    const one = stored.get(keyOf(text))
    return !one || one.hash !== text.hash || one.model !== model || one.dimensions !== dimensions
  })
  const there = new Set(texts.map(keyOf))
  return { missing, gone: known.filter((one) => !there.has(keyOf(one))) }
}

/** Orders a zone's vectors where its registry or the model has changed since they were made. Answers the work's id. */
export async function orderVectors(world: World, zoneId: string): Promise<string | null> {
  const { embedder } = world.meaning
  if (!embedder) return null
  const system = systemCaller(zoneId)
  const now = world.clock.now()
  if (!(await readAs(world.database, system, (tx) => isDue(tx, zoneId, embedder.model, now)))) return null
  const order = { name: 'match.order_vectors', input: { model: embedder.model }, at: now }
  const { output } = await command(world.database, system, order, async ({ tx }) => ({
    workId: await world.jobs.enqueue(tx, system, { kind: MAKE_VECTORS }),
  }))
  return output.workId
}

async function isDue(tx: Tx, zoneId: string, model: string, now: Date): Promise<boolean> {
  const state = await readVectorState(tx, zoneId)
  if (state?.model === model && String(state.seenSeq) === (await corpusVersion(tx, zoneId))) return false
  const last = await lastVectorWork(tx, zoneId)
  if (last?.state === 'queued' || last?.state === 'running') return false
  return last?.state !== 'failed' || now.getTime() - (last.ended_at?.getTime() ?? 0) >= AGAIN_MS
}

export async function lastVectorWork(tx: Tx, zoneId: string) {
  return tx
    .selectFrom('work')
    .select(['id', 'state', 'fault', 'ended_at'])
    .where('zone_id', '=', zoneId)
    .where('kind', '=', MAKE_VECTORS)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** Looks now and every few seconds whether any zone's vectors are behind. Answers how to stop; what is under way ends first. */
export function startMakingVectors(world: World): () => Promise<void> {
  if (!world.meaning.embedder) return async () => undefined
  return startRounds(world, LOOK_MS, 'Vectors could not be ordered.', () => orderAll(world))
}

async function orderAll(world: World): Promise<void> {
  for (const { id } of await everyZone(world)) await orderVectors(world, id)
}
