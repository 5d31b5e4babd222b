import type { z } from 'zod'
import type { Command } from '#db/command.ts'
import { json, type Tx } from '#db/db.ts'
import { sortKey } from '#kit/collate.ts'
import { Fault } from '#kit/fault.ts'
import { newId } from '#kit/ids.ts'
import type { Caller } from '../caller.ts'
import { findZone } from '../house/store.ts'
import { paged } from '../lists.ts'
import { type Texts, textIn, toTexts } from '../texts.ts'
import { mayPlanZone } from './access.ts'
import {
  type CapitalQuery,
  type IndustryInput,
  type IndustryPage,
  ONES,
  One,
  type RecordChange,
  type RecordInput,
  type RecordQuery,
  type TargetInput,
} from './model.ts'
import { chainCells, drillOf, MEASURES } from './rules.ts'
import {
  adoptSegments,
  countChains,
  countUnplaced,
  findIndustry,
  listCapital,
  listIndustries,
  listRecords,
  listTargets,
  measure,
} from './store.ts'

export async function readIndustries(tx: Tx, { zoneId }: Caller) {
  return { rows: await listIndustries(tx, zoneId) }
}

export async function readRecords(tx: Tx, { zoneId }: Caller, query: z.output<typeof RecordQuery>) {
  return paged(query, await listRecords(tx, zoneId, query))
}

export async function readCapital(tx: Tx, { zoneId }: Caller, query: z.output<typeof CapitalQuery>) {
  return paged(query, await listCapital(tx, zoneId, query))
}

/** An industry's page, in one snapshot: each figure is counted now, from the records it opens to. */
export async function readIndustry(tx: Tx, caller: Caller, slug: string): Promise<IndustryPage> {
  const industry = await knownIndustry(tx, caller.zoneId, slug)
  const targets = await listTargets(tx, caller.zoneId, industry.id)
  const ones: IndustryPage['ones'] = []
  for (const key of ONES) {
    const target = targets.find((row) => row.key === key)
    ones.push({
      key,
      ...(await measure(tx, caller.zoneId, industry, MEASURES[key])),
      target: target?.target ?? null,
      owner: (target?.owner ?? {}) as Texts,
      dueDate: target?.due_date ?? null,
      drill: drillOf(MEASURES[key], industry),
    })
  }
  const { currency } = (await findZone(tx, caller.zoneId))!
  const head = await tx.selectFrom('journal_head').select('seq').where('zone_id', '=', caller.zoneId).executeTakeFirst()
  return {
    industry,
    ones,
    chain: {
      cells: chainCells(await countChains(tx, caller.zoneId, industry, currency)),
      currency,
      unplaced: await countUnplaced(tx, caller.zoneId, industry),
    },
    seenSeq: String(head?.seq ?? 0),
    mayEdit: mayPlanZone(caller),
  }
}

async function knownIndustry(tx: Tx, zoneId: string, slug: string) {
  const industry = await findIndustry(tx, zoneId, slug)
  if (!industry) throw new Fault('not_found', 'The zone has no such industry.', { rule: 'industry.unknown' })
  return industry
}

export async function addIndustry({ tx, at, changed }: Command, caller: Caller, input: z.output<typeof IndustryInput>) {
  if (await findIndustry(tx, caller.zoneId, input.slug))
    throw new Fault('conflict', 'The zone has an industry of this short name already.', { rule: 'industry.known' })
  const id = newId(at)
  const names = toTexts(input.names, 'typed')
  const segments = input.segments.map((segment) => ({ ...segment, names: toTexts(segment.names, 'typed') }))
  await tx
    .insertInto('industry')
    .values({
      zone_id: caller.zoneId,
      industry_id: id,
      slug: input.slug,
      names: json(names),
      display_name: textIn(names, 'zh'),
      statement: json(toTexts(input.statement, 'typed')),
      segments: json(segments),
    })
    .execute()
  changed({ subject: { kind: 'industry', id }, action: 'added' })
  // Firms that a ledger brought before the industry was written down are counted from now on.
  for (const { organisationId, from, to } of await adoptSegments(tx, caller.zoneId, segments, at))
    changed({
      subject: { kind: 'organisation', id: organisationId },
      action: 'changed',
      changes: { segment: { from, to } },
    })
  return { id }
}

export async function setTarget(
  { tx, changed }: Command,
  caller: Caller,
  slug: string,
  one: string,
  input: z.output<typeof TargetInput>,
) {
  const industry = await knownIndustry(tx, caller.zoneId, slug)
  const key = One.safeParse(one)
  if (!key.success) throw new Fault('not_found', 'This is none of the Ten Ones.', { rule: 'one.unknown' })
  const before = (await listTargets(tx, caller.zoneId, industry.id)).find((row) => row.key === key.data)
  const target = { target: input.target, owner: json(toTexts(input.owner, 'typed')), due_date: input.dueDate ?? null }
  await tx
    .insertInto('ten_ones_target')
    .values({ zone_id: caller.zoneId, industry_id: industry.id, key: key.data, ...target })
    .onConflict((conflict) => conflict.columns(['zone_id', 'industry_id', 'key']).doUpdateSet(target))
    .execute()
  changed({
    subject: { kind: 'industry', id: industry.id },
    action: `target.${key.data}`,
    changes: { target: { from: before?.target ?? null, to: input.target } },
  })
  return { id: industry.id }
}

function recordColumns(input: z.output<typeof RecordInput>) {
  const names = toTexts(input.names, 'typed')
  const name = textIn(names, 'zh')
  return {
    kind: input.kind,
    names: json(names),
    display_name: name,
    sort_key: sortKey(name),
    status: input.status,
    industry_id: input.industryId ?? null,
    organisation_id: input.organisationId ?? null,
    segment: input.segment ?? null,
    dated: input.dated ?? null,
    note: input.note,
  }
}

export async function addRecord({ tx, at, changed }: Command, caller: Caller, input: z.output<typeof RecordInput>) {
  await refuseForeignLinks(tx, caller.zoneId, input)
  const id = newId(at)
  await tx
    .insertInto('zone_record')
    .values({ zone_id: caller.zoneId, record_id: id, ...recordColumns(input) })
    .execute()
  changed({ subject: { kind: 'zone_record', id }, action: 'added' })
  return { id }
}

export async function changeRecord(
  { tx, at, changed }: Command,
  caller: Caller,
  id: string,
  input: z.output<typeof RecordChange>,
) {
  const before = await lockRecord(tx, caller.zoneId, id)
  const { revision, ...said } = input
  if (before.revision !== revision)
    throw new Fault('changed_meanwhile', 'Somebody has changed this record since you opened it.', {
      rule: 'revision.old',
      tip: 'Compare what stands now with yours, and save again.',
      now: { status: before.status, names: before.names, note: before.note, revision: before.revision },
    })
  await refuseForeignLinks(tx, caller.zoneId, said)
  await tx
    .updateTable('zone_record')
    .set({ ...recordColumns(said), revision: revision + 1, updated_at: at })
    .where('zone_id', '=', caller.zoneId)
    .where('record_id', '=', id)
    .execute()
  const changes = before.status === said.status ? {} : { status: { from: before.status, to: said.status } }
  changed({ subject: { kind: 'zone_record', id }, action: 'changed', changes })
  return { id }
}

export async function removeRecord({ tx, changed }: Command, caller: Caller, id: string) {
  const before = await lockRecord(tx, caller.zoneId, id)
  await tx.deleteFrom('zone_record').where('zone_id', '=', caller.zoneId).where('record_id', '=', id).execute()
  changed({
    subject: { kind: 'zone_record', id },
    action: 'removed',
    changes: { names: { from: before.names, to: null } },
  })
  return { id }
}

async function lockRecord(tx: Tx, zoneId: string, id: string) {
  const row = await tx
    .selectFrom('zone_record')
    .selectAll()
    .where('zone_id', '=', zoneId)
    .where('record_id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw new Fault('not_found', 'The zone has no such record.', { rule: 'record.unknown' })
  return row
}

/** An organisation or an industry that the caller's zone does not know can't be named. */
async function refuseForeignLinks(
  tx: Tx,
  zoneId: string,
  { organisationId, industryId }: z.output<typeof RecordInput>,
) {
  if (organisationId) {
    const found = await tx
      .selectFrom('zone_organisation')
      .select('organisation_id')
      .where('zone_id', '=', zoneId)
      .where('organisation_id', '=', organisationId)
      .executeTakeFirst()
    if (!found)
      throw new Fault('not_found', 'The zone does not know this organisation.', { rule: 'organisation.unknown' })
  }
  if (industryId) {
    const found = await tx
      .selectFrom('industry')
      .select('industry_id')
      .where('zone_id', '=', zoneId)
      .where('industry_id', '=', industryId)
      .executeTakeFirst()
    if (!found) throw new Fault('not_found', 'The zone has no such industry.', { rule: 'industry.unknown' })
  }
}
