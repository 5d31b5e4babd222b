import { sql } from 'kysely'
import type { Tx } from '#db/db.ts'

export interface VectorState {
  model: string
  revision: bigint
  wholeSince: bigint
  texts: number
  vectors: number
  seenSeq: bigint
}

export async function readVectorState(tx: Tx, zoneId: string): Promise<VectorState | null> {
  const row = await tx.selectFrom('text_vector_state').selectAll().where('zone_id', '=', zoneId).executeTakeFirst()
  if (!row) return null
  const { model, revision, whole_since: wholeSince, texts, vectors, seen_seq: seenSeq } = row
  return { model, revision, wholeSince, texts, vectors, seenSeq }
}

export interface StoredHash {
  kind: string
  id: string
  model: string
  hash: string
  dimensions: number
}

/** Of which texts there are vectors, and of which words. */
export async function listVectorHashes(tx: Tx, zoneId: string): Promise<StoredHash[]> {
  return tx
    .selectFrom('text_vector')
    .select(['text_kind as kind', 'text_id as id', 'model', 'text_hash as hash'])
    .select(sql<number>`length(vector)`.as('dimensions'))
    .where('zone_id', '=', zoneId)
    .execute()
}

export interface StoredVector {
  kind: string
  id: string
  hash: string
  revision: bigint
  vector: Uint8Array
}

/** Vectors of one model that came after a revision, as many as asked for; `after` is the last one read. */
export async function readVectors(
  tx: Tx,
  zoneId: string,
  { model, since, after, limit }: { model: string; since: bigint; after: StoredVector | null; limit: number },
): Promise<StoredVector[]> {
  let query = tx
    .selectFrom('text_vector')
    .select(['text_kind as kind', 'text_id as id', 'text_hash as hash', 'revision', 'vector'])
    .where('zone_id', '=', zoneId)
    .where('model', '=', model)
    .where('revision', '>', since)
  if (after)
    query = query.where(sql<boolean>`(revision, text_kind, text_id) > (${after.revision}, ${after.kind}, ${after.id})`)
  return query.orderBy('revision').orderBy('text_kind').orderBy('text_id').limit(limit).execute()
}

/** Begins the next revision of a zone's vectors; whoever else would write waits. */
export async function nextRevision(tx: Tx, zoneId: string): Promise<{ revision: bigint; wholeSince: bigint }> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`text_vector ${zoneId}`}, 0))`.execute(tx)
  const state = await readVectorState(tx, zoneId)
  return { revision: (state?.revision ?? 0n) + 1n, wholeSince: state?.wholeSince ?? 0n }
}

export async function keepVectors(
  tx: Tx,
  zoneId: string,
  rows: readonly (Omit<StoredVector, 'revision'> & { model: string })[],
  revision: bigint,
): Promise<void> {
  if (!rows.length) return
  await tx
    .insertInto('text_vector')
    .values(
      rows.map(({ kind, id, model, hash, vector }) => ({
        zone_id: zoneId,
        text_kind: kind,
        text_id: id,
        model,
        text_hash: hash,
        vector,
        revision,
      })),
    )
    .onConflict((conflict) =>
      conflict.columns(['zone_id', 'text_kind', 'text_id']).doUpdateSet((eb) => ({
        model: eb.ref('excluded.model'),
        text_hash: eb.ref('excluded.text_hash'),
        vector: eb.ref('excluded.vector'),
        revision: eb.ref('excluded.revision'),
      })),
    )
    .execute()
}

export async function dropVectors(tx: Tx, zoneId: string, texts: readonly { kind: string; id: string }[]) {
  for (const [kind, ids] of Map.groupBy(texts, (text) => text.kind))
    await tx
      .deleteFrom('text_vector')
      .where('zone_id', '=', zoneId)
      .where('text_kind', '=', kind)
      .where((eb) => eb('text_id', '=', eb.fn.any(eb.val(ids.map(({ id }) => id)))))
      .execute()
}

export async function saveVectorState(tx: Tx, zoneId: string, state: VectorState, at: Date): Promise<void> {
  const { model, revision, wholeSince, texts, vectors, seenSeq } = state
  const values = { model, revision, whole_since: wholeSince, texts, vectors, seen_seq: seenSeq, at }
  await tx
    .insertInto('text_vector_state')
    .values({ zone_id: zoneId, ...values })
    .onConflict((conflict) => conflict.column('zone_id').doUpdateSet(values))
    .execute()
}
