import { sql } from 'kysely'
import type { z } from 'zod'
import type { Command } from '#db/command.ts'
import { json, type Tx } from '#db/db.ts'
import { Fault } from '#kit/fault.ts'
import { newId } from '#kit/ids.ts'
import type { Caller } from '../caller.ts'
import type { Texts } from '../texts.ts'
import { mayChangeOwners, mayEditResult } from './access.ts'
import { listEvidence } from './evidence-store.ts'
import { importName, todayIn } from './list-store.ts'
import type { Ip, Result, ResultChange, ResultInput } from './result-model.ts'
import { namingOfResult, resultColumnsOf, resultFactsOf, standingResultFacts } from './result-row.ts'
import { daysLeft } from './result-rules.ts'
import { findResult, listOwners, listStanding, putOwners, resultRowOf } from './result-store.ts'
import { actionOf, type FactState, type Fields, mergeEdit, typedFacts } from './rules.ts'

/** A result's page, as the caller may read it. `at` decides what is left of its rights. */
export async function readResult(tx: Tx, caller: Caller, id: string, at: Date): Promise<Result> {
  const { zoneId } = caller
  const row = await findResult(tx, zoneId, id)
  if (!row) throw unknownResult()
  const owners = await listOwners(tx, zoneId, id)
  const today = await todayIn(tx, zoneId, at)
  const mayEdit = mayEditResult(
    caller,
    owners.map((owner) => owner.id),
  )
  return {
    ...resultRowOf(row, owners, today),
    summary: row.summary as Texts,
    trlSaid: row.trl_said,
    ip: (row.ip as Ip[]).map((right) => ({ ...right, daysLeft: daysLeft(right.expires, today) })),
    inventors: row.inventors,
    evidence: await listEvidence(tx, caller, 'result', id),
    provenance: {
      importId: row.source_id,
      importName: await importName(tx, zoneId, row.source_id),
      ...factStateOf(row),
    },
    mayEdit,
    revision: row.revision,
  }
}

function factStateOf(row: { edited: unknown; source_says: unknown }): FactState {
  return { edited: row.edited as FactState['edited'], sourceSays: row.source_says as FactState['sourceSays'] }
}

/** Adds a result. Throws `forbidden` (`result.owners_by_staff`) where a company names owners besides itself. */
export async function addResult(done: Command, caller: Caller, input: z.output<typeof ResultInput>) {
  const { tx, at, changed } = done
  const owners = await standingOwners(tx, caller.zoneId, input.owners)
  if (!mayChangeOwners(caller) && !(owners.length === 1 && mayEditResult(caller, owners))) throw ownersByStaff()
  const facts = resultFactsOf(input)
  const id = newId(at)
  await tx
    .insertInto('result')
    .values({
      zone_id: caller.zoneId,
      result_id: id,
      ...resultColumnsOf(facts),
      ...namingOfResult(facts as { title: Texts }),
      edited: json(typedFacts({ ...facts, owners }, { who: caller.accountId, at: at.toISOString() })),
      created_at: at,
      updated_at: at,
    } as never)
    .execute()
  await putOwners(tx, caller.zoneId, id, owners)
  changed({ subject: { kind: 'result', id }, action: 'added' })
  return { id, revision: 1 }
}

export async function changeResult(done: Command, caller: Caller, id: string, input: z.output<typeof ResultChange>) {
  const { tx, at, changed } = done
  const row = await findResult(tx, caller.zoneId, id, true)
  if (!row) throw unknownResult()
  const before = (await listOwners(tx, caller.zoneId, id)).map((owner) => owner.id)
  if (!mayEditResult(caller, before)) throw notYours()
  if (row.revision !== input.revision)
    throw new Fault('changed_meanwhile', 'Somebody has changed this result since you opened it.', {
      rule: 'revision.old',
      tip: 'Compare what stands now with yours, and save again.',
      now: await readResult(tx, caller, id, at),
    })
  const owners = input.owners && (await standingOwners(tx, caller.zoneId, input.owners))
  if (owners && !mayChangeOwners(caller) && owners.join() !== before.join()) throw ownersByStaff()

  const standing: Fields = { ...standingResultFacts(row), owners: before }
  const said: Fields = { ...resultFactsOf(input), ...(owners ? { owners } : {}) }
  const merged = mergeEdit(standing, factStateOf(row), said, {
    who: caller.accountId,
    at: at.toISOString(),
    importId: row.source_id,
    keeps: input.keeps,
  })
  if (merged.changes.owners) await putOwners(tx, caller.zoneId, id, merged.changes.owners as string[])
  await tx
    .updateTable('result')
    .set({
      ...resultColumnsOf(merged.changes),
      ...namingOfResult({ ...standing, ...merged.changes } as unknown as { title: Texts }),
      edited: json(merged.facts.edited),
      source_says: json(merged.facts.sourceSays),
      revision: sql`revision + 1`,
      updated_at: at,
    } as never)
    .where('zone_id', '=', caller.zoneId)
    .where('result_id', '=', id)
    .execute()
  const changes = Object.fromEntries(
    Object.entries(merged.changes).map(([fact, to]) => [fact, { from: standing[fact] ?? null, to }]),
  )
  changed({ subject: { kind: 'result', id }, action: actionOf(merged), changes })
  return { id, revision: row.revision + 1 }
}

/**
 * Takes a result away, and keeps it whole in `removed_record`: nothing counts, matches or finds it any more, it can be
 * put back, and an import that brings it again is told so.
 */
export async function removeResult({ tx, at, changed }: Command, caller: Caller, id: string) {
  const row = await findResult(tx, caller.zoneId, id, true)
  if (!row) throw unknownResult()
  const owners = (await listOwners(tx, caller.zoneId, id)).map((owner) => owner.id)
  if (!mayEditResult(caller, owners)) throw notYours()
  await tx
    .insertInto('removed_record')
    .values({
      zone_id: caller.zoneId,
      kind: 'result',
      id,
      display_title: row.display_title,
      whole: json({ row: await wholeRow(tx, caller.zoneId, id), owners }),
      account_id: caller.accountId,
      at,
    })
    .execute()
  await tx.deleteFrom('result').where('zone_id', '=', caller.zoneId).where('result_id', '=', id).execute()
  changed({ subject: { kind: 'result', id }, action: 'removed' })
  return { id }
}

async function wholeRow(tx: Tx, zoneId: string, id: string): Promise<unknown> {
  const row = await tx
    .selectFrom('result as r')
    .select(sql<unknown>`to_jsonb(r)`.as('whole'))
    .where('r.zone_id', '=', zoneId)
    .where('r.result_id', '=', id)
    .executeTakeFirstOrThrow()
  return row.whole
}

/** Puts a removed result back. Owners that were merged meanwhile are followed to the one that stands. */
export async function restoreResult({ tx, at, changed }: Command, caller: Caller, id: string) {
  const removed = await tx
    .selectFrom('removed_record')
    .select('whole')
    .where('zone_id', '=', caller.zoneId)
    .where('kind', '=', 'result')
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!removed) throw unknownResult()
  const { row, owners } = removed.whole as { row: { revision: number }; owners: string[] }
  if (!mayEditResult(caller, owners)) throw notYours()
  const revision = row.revision + 1
  await sql`insert into result select (jsonb_populate_record(null::result, ${json({ ...row, revision, updated_at: at })})).*`.execute(
    tx,
  )
  const standing = await listStanding(tx, caller.zoneId, owners)
  await putOwners(tx, caller.zoneId, id, [...new Set(owners.flatMap((owner) => standing.get(owner) ?? []))])
  await tx
    .deleteFrom('removed_record')
    .where('zone_id', '=', caller.zoneId)
    .where('kind', '=', 'result')
    .where('id', '=', id)
    .execute()
  changed({ subject: { kind: 'result', id }, action: 'restored' })
  return { id, revision }
}

/** Owners as ids of organisations that stand in the zone, once each; throws `invalid` that names each unknown one. */
async function standingOwners(tx: Tx, zoneId: string, said: readonly string[]): Promise<string[]> {
  const standing = await listStanding(tx, zoneId, said)
  const issues = said.flatMap((owner, at) =>
    standing.has(owner) ? [] : [{ path: `owners.${at}`, rule: 'organisation.unknown' }],
  )
  if (issues.length)
    throw new Fault('invalid', 'The zone does not know an owner.', { rule: 'body.form', issues, tip: 'Add it first.' })
  return [...new Set(said.map((owner) => standing.get(owner)!))]
}

const unknownResult = () => new Fault('not_found', 'The zone does not know this result.', { rule: 'result.unknown' })
const notYours = () => new Fault('forbidden', 'This result is not yours to change.', { rule: 'access.record' })
const ownersByStaff = () =>
  new Fault('forbidden', 'Only the zone’s staff say who else owns a result.', {
    rule: 'result.owners_by_staff',
    tip: 'Save it with your own organisation as the owner, and ask the zone’s office to add the others.',
  })
