import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#kit/ids.ts'
import { openWorld, type TestWorld } from '#testing'
import { plantRow, type Row, readSchema, type TableSchema } from '../testing/schema.ts'
import { type Acting, actAs } from './caller.ts'
import type { Tx } from './db.ts'

/**
 * Goal: no row of a zone is seen or touched from another zone, whatever the role, and no future table forgets its wall.
 * Method: the catalogue says which tables there are. One row is planted in each table of two zones; then callers of the
 * second zone, who even claim the first one's organisation, try every statement on every table.
 */

/** Shared tables; they point at no zone's table but `zone` itself. */
const SHARED = ['organisation', 'zone']
/** better-auth's own tables, which the application's role can't read. pg-boss keeps its tables in a schema of its own. */
const ACCOUNTS = ['account', 'rateLimit', 'session', 'user', 'verification']
const REFUSED = '42501'

let world: TestWorld
let schema: Map<string, TableSchema>
let zoneTables: TableSchema[]
const home = new Map<string, Row>()
const foreign = new Map<string, Row>()

beforeAll(async () => {
  world = await openWorld({ jobs: true })
  schema = await asServer(readSchema)
  zoneTables = [...schema.values()].filter((table) => table.columns.some((column) => column.name === 'zone_id'))
  await plantZone(world.zoneId, home, await twoOrganisations(world.zoneId))
  await plantZone(world.foreign.zoneId, foreign, await twoOrganisations(world.foreign.zoneId))
})

/** Without a caller the transaction is the server's own, whom row-level security does not hold. */
const asServer = <T>(run: (tx: Tx) => Promise<T>) => world.database.kysely.transaction().execute(run)
const as = <T>(caller: Acting, run: (tx: Tx) => Promise<T>) =>
  asServer(async (tx) => {
    await actAs(tx, caller)
    return run(tx)
  })

async function twoOrganisations(zoneId: string): Promise<[string, string]> {
  const ids = [await world.addOrganisation({}, zoneId), await world.addOrganisation({}, zoneId)]
  return ids.toSorted() as [string, string]
}

async function plantZone(zoneId: string, planted: Map<string, Row>, [first, second]: [string, string]) {
  await asServer(async (tx) => {
    for (const name of ['organisation', 'zone_organisation']) {
      const id = name === 'organisation' ? sql`id = ${first}` : sql`organisation_id = ${first} and zone_id = ${zoneId}`
      const { rows } = await sql<{ row: Row }>`select to_jsonb(t) as row from ${sql.table(name)} t where ${id}`.execute(
        tx,
      )
      planted.set(name, rows[0]!.row)
    }
    const { rows: heads } = await sql<{
      row: Row
    }>`select to_jsonb(t) as row from journal_head t where zone_id = ${zoneId}`.execute(tx)
    planted.set('journal_head', heads[0]!.row)
    const own: Record<string, Row> = {
      duplicate_pair: { first_id: first, second_id: second },
      organisation_merge: { merged_id: first, kept_id: second },
      journal: { seq: 1_000_000 },
      journal_salt: { seq: 1_000_000 },
      membership: { account_id: `wall-${zoneId}` },
    }
    for (const { name } of zoneTables)
      await plantRow(tx, schema, name, { zoneId, planted, own: own[name] ?? {}, newId })
  })
}

describe('the schema', () => {
  test('every table is a zone’s, or stands on the closed lists', () => {
    const others = [...schema.keys()].filter((name) => !zoneTables.some((table) => table.name === name))
    expect(others).toEqual([...ACCOUNTS, ...SHARED].toSorted())
  })

  test('the zone comes first in every primary and unique key, and every foreign key keeps to its zone', () => {
    const wrong = zoneTables.flatMap((table) => table.keys.filter((key) => !keepsToZone(key)).map((key) => key.name))
    expect(wrong).toEqual([])
  })

  function keepsToZone({ kind, columns, table, targets }: TableSchema['keys'][number]): boolean {
    if (kind === 'foreign' && SHARED.includes(table!)) return table !== 'zone' || columns.join() === 'zone_id'
    return columns[0] === 'zone_id' && (kind !== 'foreign' || targets[0] === 'zone_id')
  }

  test('shared tables point at no zone’s records', () => {
    const targets = SHARED.flatMap((name) => schema.get(name)!.keys.flatMap((key) => key.table ?? []))
    expect([...new Set(targets)]).toEqual(['zone'])
  })

  test('row-level security holds for every table of a zone and every shared one, for its owner too', () => {
    const open = [...zoneTables, ...SHARED.map((name) => schema.get(name)!)].filter((table) => !table.walled)
    expect(open.map((table) => table.name)).toEqual([])
  })

  test('every wall holds for reading and writing', async () => {
    const { rows } = await asServer((tx) =>
      sql<{ table: string; reads: string; writes: string }>`
        select c.relname as "table", pg_get_expr(p.polqual, p.polrelid) as reads, pg_get_expr(p.polwithcheck, p.polrelid) as writes
        from pg_policy p join pg_class c on c.oid = p.polrelid
        where p.polname = 'zone_wall' and p.polcmd = '*' and c.relnamespace = current_schema()::regnamespace`.execute(
        tx,
      ),
    )
    expect(rows.map((row) => row.table).toSorted()).toEqual(zoneTables.map((table) => table.name).toSorted())
    for (const { reads, writes } of rows) {
      expect(reads).toMatch(/^\(zone_id = \( SELECT app_zone\(\)/)
      expect(writes).toBe(reads)
    }
  })

  test('there is no way around: no view, no function with its owner’s rights, no right of the application to accounts or jobs', async () => {
    await asServer(async (tx) => {
      const { rows: views } =
        await sql`select relname from pg_class where relnamespace = current_schema()::regnamespace and relkind in ('v', 'm')`.execute(
          tx,
        )
      expect(views).toEqual([])
      const { rows: functions } =
        await sql`select proname from pg_proc where pronamespace = current_schema()::regnamespace and prosecdef`.execute(
          tx,
        )
      expect(functions).toEqual([])
      const { rows: role } =
        await sql`select rolsuper, rolbypassrls, rolcanlogin from pg_roles where rolname = 'consortia_app'`.execute(tx)
      expect(role).toEqual([{ rolsuper: false, rolbypassrls: false, rolcanlogin: false }])
      expect([...schema.values()].filter((table) => table.owner === 'consortia_app')).toEqual([])
      for (const name of ACCOUNTS) {
        const { rows } = await sql<{ may: boolean }>`
          select has_table_privilege('consortia_app', format('%I.%I', current_schema(), ${name}::text), 'select, insert, update, delete') as may`.execute(
          tx,
        )
        expect([name, rows[0]!.may]).toEqual([name, false])
      }
      const { rows: jobs } = await sql<{ may: boolean }>`
        select has_schema_privilege('consortia_app', nspname, 'usage') as may from pg_namespace where nspname like 'jobs%'`.execute(
        tx,
      )
      expect(jobs.length).toBeGreaterThan(0)
      expect(jobs.some((each) => each.may)).toBe(false)
    })
  })
})

describe('from another zone', () => {
  /** The strongest callers that a request could ever be given there; all claim the first zone's organisation. */
  const attackers = (): [string, Acting][] =>
    ['system', 'administrator', 'company', 'stranger'].map((role) => [
      role,
      {
        zoneId: world.foreign.zoneId,
        accountId: 'attacker',
        role,
        organisationId: home.get('zone_organisation')!.organisation_id as string,
      },
    ])

  async function attempt(caller: Acting, run: (tx: Tx) => Promise<{ rows: unknown[] }>): Promise<string> {
    try {
      return `${(await as(caller, run)).rows.length} rows`
    } catch (error) {
      return String((error as { code?: unknown }).code)
    }
  }

  test('a row is planted in every table', () => {
    expect([...home.keys()].toSorted()).toEqual([...zoneTables.map((table) => table.name), 'organisation'].toSorted())
    for (const { name } of zoneTables) expect([name, home.get(name)!.zone_id]).toEqual([name, world.zoneId])
  })

  test('no row is seen, changed, deleted, added or moved over', async () => {
    const outcomes: Record<string, string[]> = {}
    for (const [role, caller] of attackers())
      for (const { name } of zoneTables) {
        const table = sql.table(name)
        const there = sql`zone_id = ${world.zoneId}`
        const [seen, changed, deleted, added, moved] = [
          await attempt(caller, (tx) => sql`select 1 from ${table} where ${there}`.execute(tx)),
          await attempt(caller, (tx) =>
            sql`update ${table} set zone_id = zone_id where ${there} returning 1`.execute(tx),
          ),
          await attempt(caller, (tx) => sql`delete from ${table} where ${there} returning 1`.execute(tx)),
          await attempt(caller, (tx) =>
            sql`insert into ${table} select (jsonb_populate_record(null::${table}, ${JSON.stringify(home.get(name))}::jsonb)).*`.execute(
              tx,
            ),
          ),
          await attempt(caller, (tx) =>
            sql`update ${table} set zone_id = ${world.zoneId} where zone_id = ${world.foreign.zoneId} returning 1`.execute(
              tx,
            ),
          ),
        ]
        const held =
          seen === '0 rows' &&
          ['0 rows', REFUSED].includes(changed) &&
          ['0 rows', REFUSED].includes(deleted) &&
          added === REFUSED &&
          // A caller who may not even see the own zone's row moves nothing.
          ['0 rows', REFUSED].includes(moved)
        if (!held) outcomes[`${role} ${name}`] = [seen, changed, deleted, added, moved]
      }
    expect(outcomes).toEqual({})
  })

  test('the server’s own work there could move its row over, were it not for the wall', async () => {
    const [, system] = attackers()[0]!
    for (const { name } of zoneTables.filter((table) => table.name !== 'journal')) {
      const move = await attempt(system, (tx) =>
        sql`update ${sql.table(name)} set zone_id = ${world.zoneId} where zone_id = ${world.foreign.zoneId} returning 1`.execute(
          tx,
        ),
      )
      expect([name, move]).toEqual([name, REFUSED])
    }
  })

  test('every row of the first zone stands as it was', async () => {
    for (const { name } of zoneTables) {
      const { rows } = await asServer((tx) =>
        sql`select 1 from ${sql.table(name)} t where to_jsonb(t) @> ${JSON.stringify(home.get(name))}::jsonb`.execute(
          tx,
        ),
      )
      expect([name, rows.length]).toEqual([name, 1])
    }
  })

  test('an organisation without a public identifier is its zone’s alone; one with is seen, and can’t be rewritten', async () => {
    const id = home.get('organisation')!.id as string
    const known = await world.addOrganisation({ names: 'Known', identifiers: { pic: '999905974' } })
    for (const [, caller] of attackers()) {
      const on = (organisation: string) => sql`where id = ${organisation}`
      expect(await attempt(caller, (tx) => sql`select 1 from organisation ${on(id)}`.execute(tx))).toBe('0 rows')
      expect(await attempt(caller, (tx) => sql`delete from organisation ${on(id)} returning 1`.execute(tx))).toBe(
        '0 rows',
      )
      expect(await attempt(caller, (tx) => sql`select 1 from organisation ${on(known)}`.execute(tx))).toBe('1 rows')
      expect(
        await attempt(caller, (tx) => sql`update organisation set names = '{}' ${on(known)} returning 1`.execute(tx)),
      ).toBe(REFUSED)
      expect(await attempt(caller, (tx) => sql`delete from organisation ${on(known)} returning 1`.execute(tx))).toBe(
        '0 rows',
      )
      const claim = sql`insert into organisation (id, home_zone_id) values (${newId()}, ${world.zoneId})`
      expect(await attempt(caller, (tx) => claim.execute(tx))).toBe(REFUSED)
    }
  })

  test('another zone’s name is read, and nothing of it written', async () => {
    for (const [, caller] of attackers()) {
      const zone = sql`where id = ${world.zoneId}`
      expect(await attempt(caller, (tx) => sql`update zone set slug = 'taken' ${zone} returning 1`.execute(tx))).toBe(
        '0 rows',
      )
      expect(await attempt(caller, (tx) => sql`delete from zone ${zone} returning 1`.execute(tx))).toBe('0 rows')
    }
  })

  test('a caller in no zone sees nothing of any', async () => {
    const nobody = { zoneId: '', accountId: null, role: 'system', organisationId: null }
    for (const { name } of zoneTables)
      expect([name, await attempt(nobody, (tx) => sql`select 1 from ${sql.table(name)}`.execute(tx))]).toEqual([
        name,
        '0 rows',
      ])
  })
})
