import { sql } from 'kysely'
import { json, type Tx } from '#db/db.ts'
import { namingOf } from '../registry/organisation-row.ts'
import { namingOfProject } from '../registry/project-service.ts'
import { namingOfResult } from '../registry/result-row.ts'
import type { Fields } from '../registry/rules.ts'
import type { Texts } from '../texts.ts'
import type { Subject } from './model.ts'
import { mergesOf, type Run } from './stage-store.ts'
import type { Naming } from './staged.ts'

const NAMED_AT_ONCE_MAX = 2_000

interface Registered {
  subject: Exclude<Subject, 'participation'>
  table: string
  id: string
  facts: string
  /** The facts from which the naming follows. */
  naming: readonly string[]
  name: (facts: Fields) => Naming
}

const REGISTERED: readonly Registered[] = [
  {
    subject: 'organisation',
    table: 'zone_organisation',
    id: 'organisation_id',
    facts: 'organisation_facts',
    naming: ['names', 'shortName', 'products', 'fields', 'identifiers'],
    name: (facts) => namingOf({ ...facts, names: facts.names as Texts, identifiers: facts.identifiers as object }),
  },
  {
    subject: 'result',
    table: 'result',
    id: 'result_id',
    facts: 'result_facts',
    naming: ['title', 'summary', 'fields', 'ip', 'inventors'],
    name: (facts) => namingOfResult({ ...facts, title: facts.title as Texts }),
  },
  {
    subject: 'project',
    table: 'project',
    id: 'project_id',
    facts: 'project_facts',
    naming: ['title', 'objective', 'acronym', 'grantNumber', 'fields', 'topics'],
    name: (facts) => namingOfProject(facts as Parameters<typeof namingOfProject>[0]),
  },
]

/** Names changed records by what they will say: their own facts with the changes over them. */
export async function nameChanged(tx: Tx, run: Run, ordinals?: readonly number[]): Promise<void> {
  if (ordinals?.length === 0) return
  const those = ordinals ? sql`and r.ordinal = any(${ordinals}::int[])` : sql``
  await sql`
    update import_row r set payload = r.payload || '{"naming": {}}'
    where r.zone_id = ${run.zoneId} and r.import_id = ${run.importId} and r.subject <> 'participation'
      and r.verdict = 'changed' ${those}`.execute(tx)
  for (const registered of REGISTERED) await nameAll(tx, run, registered, those)
}

async function nameAll(tx: Tx, run: Run, registered: Registered, those: ReturnType<typeof sql>): Promise<void> {
  const { subject, table, id, facts, naming, name } = registered
  for (let last = -1; ; ) {
    const { rows } = await sql<{ ordinal: number; standing: Fields; changes: Record<string, { to: unknown }> }>`
      select r.ordinal, ${sql.raw(facts)}(k) as standing, r.changes
      from import_row r
      join ${sql.table(table)} k on k.zone_id = r.zone_id and ${sql.ref(`k.${id}`)} = r.subject_id
      where r.zone_id = ${run.zoneId} and r.import_id = ${run.importId} and r.subject = ${subject}
        and r.verdict = 'changed' and r.changes ?| ${[...naming]}::text[] and r.ordinal > ${last} ${those}
      order by r.ordinal limit ${NAMED_AT_ONCE_MAX}`.execute(tx)
    if (!rows.length) return
    last = rows.at(-1)!.ordinal
    const named = rows.map(({ ordinal, standing, changes }) => {
      const to = Object.fromEntries(Object.entries(changes).map(([fact, change]) => [fact, change.to]))
      return { o: ordinal, n: name({ ...standing, ...to }) }
    })
    await sql`
      update import_row r set payload = r.payload || jsonb_build_object('naming', b.n)
      from jsonb_to_recordset(${json(named)}) as b (o int, n jsonb)
      where r.zone_id = ${run.zoneId} and r.import_id = ${run.importId} and r.ordinal = b.o`.execute(tx)
  }
}

/**
 * Holds the records that the run would change, and compares anew those that somebody has changed since the check.
 * Returns how many those were.
 */
export async function refreshChanged(tx: Tx, run: Run): Promise<number> {
  let refreshed = 0
  for (const { subject, table, id } of REGISTERED) {
    const { rows } = await sql<{ ordinal: number }>`
      with held as (
        select r.ordinal, k.revision <> r.revision as moved
        from import_row r
        join ${sql.table(table)} k on k.zone_id = r.zone_id and ${sql.ref(`k.${id}`)} = r.subject_id
        where r.zone_id = ${run.zoneId} and r.import_id = ${run.importId} and r.subject = ${subject}
          and r.verdict = 'changed'
        order by r.subject_id for update of k)
      select ordinal from held where moved`.execute(tx)
    if (!rows.length) continue
    const ordinals = rows.map((row) => row.ordinal)
    await compareAgain(tx, run, subject, ordinals)
    await nameChanged(tx, run, ordinals)
    refreshed += ordinals.length
  }
  return refreshed
}

async function compareAgain(tx: Tx, run: Run, subject: Subject, ordinals: readonly number[]): Promise<void> {
  await sql`
    update import_row r set
      verdict = case when c.merged is null then 'same' else 'changed' end, revision = c.revision,
      changes = coalesce(c.merged -> 'changes', '{}'), told = coalesce(c.merged -> 'told', '{}'),
      says = c.merged -> 'says'
    from (
      select b.o, m.revision, m.merged
      from (select ordinal as o, subject_id as i, other_id as x, payload as p, null::text as v from import_row
        where zone_id = ${run.zoneId} and import_id = ${run.importId} and ordinal = any(${ordinals}::int[])) b
      left join lateral (${mergesOf(subject, run)}) m on true) c
    where r.zone_id = ${run.zoneId} and r.import_id = ${run.importId} and r.ordinal = c.o`.execute(tx)
}
