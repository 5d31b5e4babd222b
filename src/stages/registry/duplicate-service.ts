import { sql } from 'kysely'
import { readAs } from '#db/caller.ts'
import { type Command, command } from '#db/command.ts'
import { json, type Tx } from '#db/db.ts'
import type { Work } from '#db/jobs.ts'
import { findDuplicates } from '#engines/duplicates/find.ts'
import { findDuplicatesInWorker } from '#engines/duplicates/run.ts'
import { Fault } from '#kit/fault.ts'
import type { World } from '../../world.ts'
import { type Caller, systemCaller } from '../caller.ts'
import type { Texts } from '../texts.ts'
import type { DuplicateDecided, DuplicateDecision, Parted } from './duplicate-model.ts'
import { mergeFacts } from './duplicate-rules.ts'
import { keepPairs, listNamed, putDecision } from './duplicate-store.ts'
import { countMoved, type MovedRecords, moveBack, moveRecords } from './merge-store.ts'
import { columnsOf, namingOf, standingFacts } from './organisation-row.ts'
import { findOrganisation } from './organisation-store.ts'
import { type FactState, type Fields, type Identifiers, mergeEdit } from './rules.ts'
import { findYearFacts, writeYearFacts } from './year-store.ts'

export const FIND_DUPLICATES = 'registry.find_duplicates'

/**
 * Looks for duplicates anew among all organisations of the zone, or those of which one is in `organisationIds`, and keeps
 * the pairs. All in the caller's transaction: it takes about two seconds for 27,000 organisations and holds the thread for
 * as long; `refreshDuplicatesAside` does not. Returns how many pairs are new.
 */
export async function refreshDuplicates(tx: Tx, zoneId: string, organisationIds?: readonly string[]): Promise<number> {
  const records = await listNamed(tx, zoneId)
  const pairs = findDuplicates(records, organisationIds ? { among: new Set(organisationIds) } : {})
  return keepPairs(tx, zoneId, pairs, organisationIds ?? null)
}

/** In a zone with more organisations, one that a person adds waits for the next search through them all. */
const CHECKED_AT_ONCE_MAX = 3_000

/** Looks whether an organisation that a person has just written stands there twice, where that takes no time to speak of. */
export async function suspectAtOnce(tx: Tx, zoneId: string, organisationId: string): Promise<void> {
  const { count } = await tx
    .selectFrom('zone_organisation')
    .select(sql<number>`count(*)::int`.as('count'))
    .where('zone_id', '=', zoneId)
    .executeTakeFirstOrThrow()
  if (count <= CHECKED_AT_ONCE_MAX) await refreshDuplicates(tx, zoneId, [organisationId])
}

/**
 * The same for long work: reads a snapshot, compares in a thread of its own, and keeps the pairs in a short command. What
 * was merged or removed meanwhile is left out there.
 */
export async function refreshDuplicatesAside(
  world: World,
  zoneId: string,
  { organisationIds, signal }: { organisationIds?: readonly string[]; signal?: AbortSignal } = {},
): Promise<{ pairs: number; added: number }> {
  const caller = systemCaller(zoneId)
  const among = organisationIds ?? null
  const records = await readAs(world.database, caller, (tx) => listNamed(tx, zoneId))
  const pairs = await findDuplicatesInWorker({ records, among }, signal ? { signal } : {})
  const order = { name: 'registry.keep_duplicates', input: { pairs: pairs.length }, at: world.clock.now() }
  const { output } = await command(world.database, caller, order, ({ tx }) => keepPairs(tx, zoneId, pairs, among))
  return { pairs: pairs.length, added: output }
}

/** Orders a search through the whole zone as long work. Throws `already_running` while one is on its way. */
export async function orderFindDuplicates(world: World, { tx }: Command, caller: Caller): Promise<{ work: string }> {
  const running = await tx
    .selectFrom('work')
    .select('id')
    .where('zone_id', '=', caller.zoneId)
    .where('kind', '=', FIND_DUPLICATES)
    .where('state', 'in', ['queued', 'running'])
    .executeTakeFirst()
  if (running)
    throw new Fault('already_running', 'The zone is being searched for duplicates already.', {
      rule: 'work.already_running',
      now: { work: running.id },
    })
  return { work: await world.jobs.enqueue(tx, caller, { kind: FIND_DUPLICATES }) }
}

/** Runs the ordered search; `src/stages/work.ts` names it to the jobs. */
export function runFindDuplicates(world: World) {
  return ({ zoneId, signal, progress }: Work) => {
    progress('comparing', 0)
    return refreshDuplicatesAside(world, zoneId, { signal })
  }
}

type Row = NonNullable<Awaited<ReturnType<typeof findOrganisation>>>

export async function decideDuplicate(
  done: Command,
  caller: Caller,
  ids: readonly [string, string],
  decision: DuplicateDecision,
): Promise<DuplicateDecided> {
  const pair = ids.map((id) => id.toLowerCase()).toSorted() as [string, string]
  if (pair[0] === pair[1])
    throw new Fault('invalid', 'An organisation can’t be merged with itself.', { rule: 'duplicate.same' })
  const rows: Row[] = []
  for (const id of pair) rows.push(await lockStanding(done.tx, caller.zoneId, id))
  if (decision.decision === 'merge') return merge(done, caller, pair, rows, decision)
  await putDecision(done.tx, caller.zoneId, pair, { state: 'distinct', accountId: caller.accountId, at: done.at })
  for (const id of pair) done.changed({ subject: { kind: 'organisation', id }, action: 'told_apart' })
  return { state: 'distinct', kept: null, merged: null, changes: {}, moved: {} }
}

async function lockStanding(tx: Tx, zoneId: string, id: string): Promise<Row> {
  const row = await findOrganisation(tx, zoneId, id, true)
  if (!row) throw unknownOrganisation()
  if (row.merged_into) throw mergedAlready(row.merged_into)
  return row
}

async function merge(
  done: Command,
  caller: Caller,
  pair: readonly [string, string],
  rows: readonly Row[],
  { keep, take, revisions }: Extract<DuplicateDecision, { decision: 'merge' }>,
): Promise<DuplicateDecided> {
  const kept = rows.find((row) => row.organisation_id === keep.toLowerCase())
  const gone = rows.find((row) => row !== kept)
  if (!kept || !gone)
    throw new Fault('invalid', 'One of the two stays.', {
      rule: 'body.form',
      issues: [{ path: 'keep', rule: 'duplicate.keep_unknown' }],
    })
  if (revisions && rows.some((row) => (revisions[row.organisation_id] ?? row.revision) !== row.revision))
    throw new Fault('changed_meanwhile', 'One of the two has been changed since you looked at them.', {
      rule: 'revision.old',
      tip: 'Look at them again.',
      now: { revisions: Object.fromEntries(rows.map((row) => [row.organisation_id, row.revision])) },
    })
  const { tx, at, changed } = done
  refuseForeignChoices(take, pair)
  const chosen = Object.fromEntries(
    Object.entries(take).map(
      ([fact, id]) => [fact, id?.toLowerCase() === kept.organisation_id ? 'kept' : 'other'] as const,
    ),
  )
  const standing = await factsOf(tx, kept)
  const merged = mergeEdit(standing, stateOf(kept), mergeFacts(standing, await factsOf(tx, gone), chosen), {
    who: caller.accountId,
    at: at.toISOString(),
    importId: kept.source_id,
  })
  const by = { accountId: caller.accountId, at }
  await writeFacts(tx, kept, { ...standing, ...merged.changes }, merged.changes, merged.facts, by)
  const moved = await moveRecords(tx, caller, gone.organisation_id, kept.organisation_id)
  await tx
    .updateTable('zone_organisation')
    .set({ merged_into: kept.organisation_id, revision: sql`revision + 1`, updated_at: at })
    .where('zone_id', '=', caller.zoneId)
    .where('organisation_id', '=', gone.organisation_id)
    .execute()
  await carryDecisions(tx, caller.zoneId, gone.organisation_id, kept.organisation_id)
  await putDecision(tx, caller.zoneId, pair, { state: 'merged', accountId: caller.accountId, at })
  const changes = changesOf(standing, merged.changes)
  await tx
    .insertInto('organisation_merge')
    .values({
      zone_id: caller.zoneId,
      merged_id: gone.organisation_id,
      kept_id: kept.organisation_id,
      moved: json(moved),
      facts: json({ changes, before: stateOf(kept) }),
      account_id: caller.accountId,
      at,
    })
    .execute()
  const { notes: _notes, ...told } = changes
  changed({ subject: { kind: 'organisation', id: kept.organisation_id }, action: 'merged', changes: told })
  changed({ subject: { kind: 'organisation', id: gone.organisation_id }, action: 'merged_into' })
  return {
    state: 'merged',
    kept: kept.organisation_id,
    merged: gone.organisation_id,
    changes,
    moved: countMoved(moved),
  }
}

function refuseForeignChoices(take: Record<string, string | undefined>, pair: readonly string[]): void {
  const issues = Object.entries(take)
    .filter(([, id]) => !pair.includes(id?.toLowerCase() ?? ''))
    .map(([fact]) => ({ path: `take.${fact}`, rule: 'duplicate.take_unknown' }))
  if (issues.length) throw new Fault('invalid', 'A fact is taken from one of the two.', { rule: 'body.form', issues })
}

/** Suspicions about the one that goes end; that it is another than a third holds for the one that stays, too. */
async function carryDecisions(tx: Tx, zoneId: string, from: string, to: string): Promise<void> {
  await sql`
    insert into duplicate_pair (zone_id, first_id, second_id, reason, score, state, account_id, decided_at, found_at)
    select d.zone_id, least(o.third, ${to}::uuid), greatest(o.third, ${to}::uuid), d.reason, d.score, d.state, d.account_id, d.decided_at, d.found_at
    from duplicate_pair d
    cross join lateral (select case when d.first_id = ${from}::uuid then d.second_id else d.first_id end as third) o
    where d.zone_id = ${zoneId} and d.state = 'distinct' and ${from}::uuid in (d.first_id, d.second_id) and o.third <> ${to}::uuid
    on conflict (zone_id, first_id, second_id) do update
      set state = excluded.state, account_id = excluded.account_id, decided_at = excluded.decided_at
      where duplicate_pair.state = 'suspected'`.execute(tx)
  await tx
    .deleteFrom('duplicate_pair')
    .where('zone_id', '=', zoneId)
    .where('state', '=', 'suspected')
    .where((eb) => eb.or([eb('first_id', '=', from), eb('second_id', '=', from)]))
    .execute()
}

/**
 * Takes a merge back: the records that moved return, the facts that the other gave are as they were. A fact that somebody
 * has changed since stays, and is named; what came after the merge stays with the one that was kept.
 */
export async function partOrganisation(done: Command, caller: Caller, id: string): Promise<Parted> {
  const { tx, at, changed } = done
  const { zoneId } = caller
  const record = await tx
    .selectFrom('organisation_merge')
    .selectAll()
    .where('zone_id', '=', zoneId)
    .where('merged_id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!record) throw new Fault('not_found', 'This organisation was not merged.', { rule: 'organisation.not_merged' })
  const kept = await lockStanding(tx, zoneId, record.kept_id)
  const gone = await findOrganisation(tx, zoneId, record.merged_id, true)
  if (!gone) throw unknownOrganisation()
  const { changes, before } = record.facts as {
    changes: Record<string, { from: unknown; to: unknown }>
    before: FactState
  }
  const standing = await factsOf(tx, kept)
  const restored: Fields = {}
  const stays: string[] = []
  for (const [fact, { from, to }] of Object.entries(changes))
    if (isSame(standing[fact], to)) restored[fact] = from
    else stays.push(fact)
  const state = stateBefore(stateOf(kept), before, restored)
  await writeFacts(tx, kept, { ...standing, ...restored }, restored, state, { accountId: caller.accountId, at })
  await tx
    .updateTable('zone_organisation')
    .set({ merged_into: null, revision: sql`revision + 1`, updated_at: at })
    .where('zone_id', '=', zoneId)
    .where('organisation_id', '=', gone.organisation_id)
    .execute()
  await moveBack(tx, caller, gone.organisation_id, kept.organisation_id, record.moved as MovedRecords)
  await tx
    .deleteFrom('organisation_merge')
    .where('zone_id', '=', zoneId)
    .where('merged_id', '=', gone.organisation_id)
    .execute()
  const pair = [kept.organisation_id, gone.organisation_id].toSorted() as [string, string]
  await putDecision(tx, zoneId, pair, { state: 'distinct', accountId: caller.accountId, at })
  for (const organisation of pair) changed({ subject: { kind: 'organisation', id: organisation }, action: 'parted' })
  return { kept: kept.organisation_id, parted: gone.organisation_id, stays }
}

async function factsOf(tx: Tx, row: Row): Promise<Fields> {
  const years = await findYearFacts(tx, row.zone_id, row.organisation_id)
  return { ...standingFacts(row), ...years, identifiers: row.identifiers }
}

function stateOf(row: Pick<Row, 'edited' | 'source_says'>): FactState {
  return { edited: row.edited as FactState['edited'], sourceSays: row.source_says as FactState['sourceSays'] }
}

/** For the facts that are put back, who had set them before the merge, too. */
function stateBefore(now: FactState, before: FactState, restored: Fields): FactState {
  const edited = { ...now.edited }
  const sourceSays = { ...now.sourceSays }
  for (const fact of Object.keys(restored)) {
    delete edited[fact]
    delete sourceSays[fact]
    if (before.edited[fact]) edited[fact] = before.edited[fact]
    if (before.sourceSays[fact]) sourceSays[fact] = before.sourceSays[fact]
  }
  return { edited, sourceSays }
}

async function writeFacts(
  tx: Tx,
  row: Row,
  after: Fields,
  changes: Fields,
  state: FactState,
  by: { accountId: string | null; at: Date },
): Promise<void> {
  const identifiers = after.identifiers as Identifiers
  await tx
    .updateTable('zone_organisation')
    .set({
      ...columnsOf(changes),
      ...namingOf({ ...after, names: after.names as Texts, identifiers }),
      identifiers: json(identifiers),
      edited: json(state.edited),
      source_says: json(state.sourceSays),
      revision: sql`revision + 1`,
      updated_at: by.at,
    } as never)
    .where('zone_id', '=', row.zone_id)
    .where('organisation_id', '=', row.organisation_id)
    .execute()
  await writeYearFacts(tx, { zoneId: row.zone_id, organisationId: row.organisation_id }, changes, by)
}

const changesOf = (standing: Fields, changes: Fields) =>
  Object.fromEntries(Object.entries(changes).map(([fact, to]) => [fact, { from: standing[fact] ?? null, to }]))
const isSame = (a: unknown, b: unknown) => canonical(a ?? null) === canonical(b ?? null)
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, member) =>
    member && typeof member === 'object' && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  )

const unknownOrganisation = () =>
  new Fault('not_found', 'The zone does not know this organisation.', { rule: 'organisation.unknown' })
const mergedAlready = (into: string) =>
  new Fault('wrong_state', 'This organisation has been merged into another one.', {
    rule: 'organisation.merged',
    tip: 'Look at the one that it was merged into, or part the two again.',
    now: { id: into },
  })
