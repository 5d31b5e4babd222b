import type { Command } from '#db/command.ts'
import { json, type Tx } from '#db/db.ts'
import { builtInPacks, isInForce, joinPacks } from '#engines/rules/catalogue.ts'
import { type Pack, readPack } from '#engines/rules/pack.ts'
import { type Named, previewPack } from '#engines/rules/preview.ts'
import { Fault } from '#kit/fault.ts'
import { newId } from '#kit/ids.ts'
import type { Caller } from '../caller.ts'
import { todayIn } from '../registry/list-store.ts'
import type { LocalPack, LocalPackInput, PackPreview } from './local-pack-model.ts'
import { type LastTeam, type LocalPackRow, lastTeams, listLocalPacks, localPacksInForce } from './local-pack-store.ts'
import { clauseOf, factsAsked } from './pack-rules.ts'
import { packFactsOf } from './pack-store.ts'

export async function readLocalPacks(tx: Tx, caller: Caller): Promise<{ rows: LocalPack[] }> {
  return { rows: (await listLocalPacks(tx, caller.zoneId)).map(describe) }
}

/**
 * What a pack would say of the teams that were proposed last, before it is put in use.
 *
 * @throws Fault `invalid` for what is not well formed or not the zone's own
 */
export async function previewLocalPack(
  tx: Tx,
  caller: Caller,
  { form }: LocalPackInput,
  at: Date,
): Promise<PackPreview> {
  const pack = await ownPack(tx, caller, form)
  const date = await todayIn(tx, caller.zoneId, at)
  const teams = await lastTeams(tx, caller.zoneId)
  const ids = new Set(teams.flatMap(({ members }) => members.map(({ id }) => id)))
  const known = await packFactsOf(tx, caller.zoneId, [...ids])
  const factsOf = ({ id, newcomer }: LastTeam['members'][number]) => {
    const facts = known.get(id)
    return { id, facts: factsAsked(pack, facts && (newcomer === null ? facts : { ...facts, newcomer }), date) }
  }
  const before = await inForce(tx, caller.zoneId, pack.form.id, date)
  const subjects = teams.map(({ needId, members }) => ({
    id: needId,
    facts: { members: members.map(factsOf) },
  }))
  const preview = previewPack(pack, subjects, { date, ...(before ? { before } : {}) })
  const needOf = new Map(teams.map(({ needId, need }) => [needId, need]))
  const told = ({ first }: Named) => first.map((needId) => ({ needId, need: needOf.get(needId) ?? '' }))
  return {
    teams: preview.subjects,
    eligible: told(preview.eligible),
    notEligible: told(preview.notEligible),
    byHand: told(preview.byHand),
    rows: preview.rows.map(({ rule, met, missed, unknown }, row) => ({
      ...{ row: rule, words: pack.form.rows[row]!.words, met },
      missed: told(missed),
      unknown: unknown.count,
    })),
    changes: preview.changes && {
      becomeEligible: told(preview.changes.becomeEligible),
      ceaseToBe: told(preview.changes.ceaseToBe),
    },
  }
}

/**
 * Puts a pack in use. It is never changed afterwards: what is new gets a version of its own.
 *
 * @throws Fault `invalid` as `previewLocalPack`, `conflict` for a version that is there or days that overlap
 */
export async function addLocalPack({ tx, at, changed }: Command, caller: Caller, { form }: LocalPackInput) {
  const pack = await ownPack(tx, caller, form)
  await refuseVersionTwice(tx, caller, pack)
  joinPacks([...builtInPacks(), ...(await localPacksInForce(tx, caller.zoneId)), pack])
  const id = newId(at)
  await tx
    .insertInto('local_pack')
    .values({
      ...{ zone_id: caller.zoneId, local_pack_id: id, pack_id: pack.form.id, version: pack.form.version },
      ...{ hash: pack.hash, form: json(pack.form), account_id: caller.accountId, at },
    })
    .execute()
  const change = { from: null, to: `${pack.form.id} ${pack.form.version}` }
  changed({ subject: { kind: 'local_pack', id }, action: 'pack.added', changes: { pack: change } })
  return { id }
}

/** One that was withdrawn keeps its version: what was composed under it says so. */
async function refuseVersionTwice(tx: Tx, caller: Caller, { form }: Pack): Promise<void> {
  const known = await tx
    .selectFrom('local_pack')
    .select('local_pack_id')
    .where('zone_id', '=', caller.zoneId)
    .where('pack_id', '=', form.id)
    .where('version', '=', form.version)
    .executeTakeFirst()
  if (!known) return
  throw new Fault('conflict', 'This version of the pack was there before.', {
    rule: 'rules.pack.version_twice',
    tip: 'Give what is new a version of its own.',
  })
}

/** Takes a pack out of use; proposals that were made under it keep what it said. @throws Fault `not_found` */
export async function withdrawLocalPack({ tx, at, changed }: Command, caller: Caller, id: string) {
  const { numUpdatedRows } = await tx
    .updateTable('local_pack')
    .set({ withdrawn_at: at })
    .where('zone_id', '=', caller.zoneId)
    .where('local_pack_id', '=', id)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst()
  if (!numUpdatedRows) throw new Fault('not_found', 'There is no such pack in use.', { rule: 'pack.unknown' })
  changed({ subject: { kind: 'local_pack', id }, action: 'pack.withdrawn', changes: {} })
  return { id }
}

async function ownPack(tx: Tx, caller: Caller, form: unknown): Promise<Pack> {
  const pack = readPack(form)
  const { slug } = await tx.selectFrom('zone').select('slug').where('id', '=', caller.zoneId).executeTakeFirstOrThrow()
  if (pack.form.id.startsWith(`local/${slug}/`) && pack.form.about === 'team') return pack
  throw new Fault('invalid', 'A zone’s own pack is about a team, and its id begins with the zone’s own name.', {
    rule: 'pack.not_own',
    limit: `local/${slug}/`,
  })
}

async function inForce(tx: Tx, zoneId: string, id: string, date: string): Promise<Pack | null> {
  const packs = await localPacksInForce(tx, zoneId)
  return packs.find((pack) => pack.form.id === id && isInForce(pack, date)) ?? null
}

function describe({ id, by, at, withdrawnAt, pack }: LocalPackRow): LocalPack {
  const { form, hash } = pack
  return {
    ...{ id, packId: form.id, version: form.version, title: form.title, hash, by },
    from: form.effective.from,
    to: form.effective.to ?? null,
    rows: form.rows.map(clauseOf),
    at: at.toISOString(),
    withdrawnAt: withdrawnAt?.toISOString() ?? null,
  }
}
