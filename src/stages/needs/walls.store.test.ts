import { type RawBuilder, sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Acting, actAs, readAs } from '#db/caller.ts'
import { openWorld, type TestWorld, type Who } from '#testing'
import { systemCaller } from '../caller.ts'
import { maySeeNeed } from './access.ts'
import { CIRCLES, NEED_STATES, NeedQuery } from './model.ts'
import { listNeeds } from './need-store.ts'

const INSIDE: readonly Who[] = [
  'administrator',
  'zone_officer',
  'technology_manager',
  'company',
  'researcher',
  'company.other',
  'researcher.other',
  'stranger',
  'zone_officer.foreign',
  'company.foreign',
]

/** Runs a statement as the application's role would for this caller, and keeps what it did. Answers the rows it touched. */
async function attempt(world: TestWorld, acting: Acting, statement: RawBuilder<unknown>): Promise<number | string> {
  try {
    return await world.database.kysely.transaction().execute(async (tx) => {
      await actAs(tx, acting)
      const { rows, numAffectedRows } = await statement.execute(tx)
      return Math.max(rows.length, Number(numAffectedRows ?? 0n))
    })
  } catch (error) {
    return String((error as { code?: unknown }).code)
  }
}

const idsOf = async (world: TestWorld, acting: Acting, table: string): Promise<string[]> =>
  readAs(world.database, acting, async (tx) => {
    const { rows } = await sql<{ need_id: string }>`select distinct need_id from ${sql.table(table)}`.execute(tx)
    return rows.map((row) => row.need_id).sort()
  })

describe('access.ts, the list and the database agree', () => {
  let world: TestWorld
  let needs: { id: string; state: (typeof NEED_STATES)[number]; circle: (typeof CIRCLES)[number] }[]

  beforeAll(async () => {
    world = await openWorld()
    const joint = await world.addNeed({ state: 'draft', circle: 'members' })
    needs = [{ id: joint, state: 'draft', circle: 'members' }]
    for (const state of NEED_STATES)
      for (const circle of CIRCLES) {
        const id = await world.addNeed({ state: 'draft', circle })
        const merged = state === 'merged' ? joint : null
        await world.within((tx) =>
          sql`update need set state = ${state}, merged_into = ${merged} where zone_id = ${world.zoneId} and need_id = ${id}`.execute(
            tx,
          ),
        )
        needs.push({ id, state, circle })
      }
  })

  test.each(INSIDE)('on what %s knows of', async (who) => {
    const caller = world.caller(who)
    const standing = (need: (typeof needs)[number]) => ({ ...need, sponsorIds: [world.own] })
    const seen = needs.filter((need) => maySeeNeed(caller, standing(need))).map(({ id }) => id)
    expect(await idsOf(world, caller, 'need')).toEqual(seen.sort())
    const query = NeedQuery.parse({ size: 200 })
    const list = await readAs(world.database, caller, (tx) => listNeeds(tx, caller, query, '2026-11-22'))
    expect(list.rows.map(({ id }) => id).sort()).toEqual(seen)
    expect(list.total).toBe(seen.length)
    expect(await idsOf(world, caller, 'need_sponsor')).toEqual(seen)
    expect(await idsOf(world, caller, 'need_capability')).toEqual(seen)
    const own =
      caller.organisationId === world.own || ['administrator', 'zone_officer', 'technology_manager'].includes(who)
    expect(await idsOf(world, caller, 'need_private')).toEqual(own ? needs.map(({ id }) => id).sort() : [])
  })

  test('an officer of another zone finds none of it, with every id in hand', async () => {
    const officer = { ...systemCaller(world.foreign.zoneId), role: 'zone_officer' }
    for (const table of ['need', 'need_sponsor', 'need_capability', 'need_private'])
      expect(await idsOf(world, officer, table)).toEqual([])
    for (const { id } of needs)
      expect(
        await attempt(world, officer, sql`select 1 from need where zone_id = ${world.zoneId} and need_id = ${id}`),
      ).toBe(0)
  })
})

describe('with ids in hand and SQL at the fingertips', () => {
  let world: TestWorld
  let hidden: string
  let shown: string
  let third: string

  beforeAll(async () => {
    world = await openWorld()
    third = await world.addOrganisation()
    hidden = await world.addNeed({ state: 'in_review' })
    shown = await world.addNeed({ state: 'open', circle: 'public' })
    await attempt(
      world,
      { ...world.caller('company.other'), organisationId: third },
      sql`insert into need_sponsor_request (zone_id, need_id, organisation_id, asked_at) values (${world.zoneId}, ${shown}, ${third}, now())`,
    )
  })

  const everything = () =>
    world.within(async (tx) => {
      const read = async (table: string) =>
        (await sql`select to_jsonb(t) as row from ${sql.table(table)} t order by t::text`.execute(tx)).rows
      const tables = ['need', 'need_sponsor', 'need_capability', 'need_private', 'need_sponsor_request']
      return Promise.all(tables.map(read))
    })

  /** Each attack, for a need of another's and the attacker's own organisation. */
  const attacks: [string, (need: string, own: string | null) => RawBuilder<unknown>][] = [
    ['publishes it', (need) => sql`update need set circle = 'public', state = 'open' where need_id = ${need}`],
    ['takes it over', (need, own) => sql`update need set sponsor_ids = array[${own}::uuid] where need_id = ${need}`],
    ['removes it', (need) => sql`delete from need where need_id = ${need}`],
    [
      'signs up as its sponsor',
      (need, own) =>
        sql`insert into need_sponsor (zone_id, need_id, organisation_id) values (${world.zoneId}, ${need}, ${own})`,
    ],
    [
      'signs somebody up',
      (need) =>
        sql`insert into need_sponsor (zone_id, need_id, organisation_id) values (${world.zoneId}, ${need}, ${third})`,
    ],
    [
      'stands in for its sponsor',
      (need, own) => sql`update need_sponsor set organisation_id = ${own} where need_id = ${need}`,
    ],
    ['strikes its sponsor', (need) => sql`delete from need_sponsor where need_id = ${need}`],
    ['reads its private text', (need) => sql`select * from need_private where need_id = ${need}`],
    ['writes its private text', (need) => sql`update need_private set problem = '{}' where need_id = ${need}`],
    ['strikes its private text', (need) => sql`delete from need_private where need_id = ${need}`],
    ['moves a private text', (need) => sql`update need_private set need_id = ${shown} where need_id = ${need}`],
    [
      'adds a capability',
      (need) =>
        sql`insert into need_capability (zone_id, need_id, capability_id, ordinal, name, weight) values (${world.zoneId}, ${need}, ${need}, 9, '{}', 5)`,
    ],
    ['weighs its capabilities', (need) => sql`update need_capability set weight = 1 where need_id = ${need}`],
    ['strikes its capabilities', (need) => sql`delete from need_capability where need_id = ${need}`],
    [
      'asks in another’s name',
      (need) =>
        sql`insert into need_sponsor_request (zone_id, need_id, organisation_id, asked_at) values (${world.zoneId}, ${need}, ${world.own}, now())`,
    ],
    ['reads who asks to join', (need) => sql`select * from need_sponsor_request where need_id = ${need}`],
    ['ends another’s request', (need) => sql`delete from need_sponsor_request where need_id = ${need}`],
    [
      'writes a need for another',
      () =>
        sql`insert into need (zone_id, need_id, title, display_title, sort_key, sponsor_ids) values (${world.zoneId}, gen_random_uuid(), '{}', '', '', array[${world.own}::uuid])`,
    ],
    [
      'writes a need for nobody',
      () =>
        sql`insert into need (zone_id, need_id, title, display_title, sort_key) values (${world.zoneId}, gen_random_uuid(), '{}', '', '')`,
    ],
  ]

  const attackers: [string, () => Acting][] = [
    ['another company', () => world.caller('company.other')],
    ['another researcher', () => world.caller('researcher.other')],
    ['a stranger', () => world.caller('stranger')],
    ['a member of another zone, here', () => world.caller('zone_officer.foreign')],
    ['another zone’s officer, from there', () => ({ ...systemCaller(world.foreign.zoneId), role: 'zone_officer' })],
    [
      'the sponsor’s own organisation, in another zone',
      () => ({ ...world.caller('company'), zoneId: world.foreign.zoneId }),
    ],
  ]

  test.each(attackers)('%s can do nothing to a need of another', async (_who, acting) => {
    const attacker = acting()
    const before = await everything()
    for (const need of [hidden, shown])
      for (const [says, attack] of attacks) {
        const outcome = await attempt(world, attacker, attack(need, attacker.organisationId))
        expect([says, outcome]).toEqual([says, expect.toBeOneOf([0, '42501'])])
      }
    expect(await everything()).toEqual(before)
  })

  test('a request can be made only for a need that is seen', async () => {
    const { organisationId: own, ...company } = world.caller('company.other')
    const ask = (need: string) =>
      sql`insert into need_sponsor_request (zone_id, need_id, organisation_id, asked_at) values (${world.zoneId}, ${need}, ${own}, now())`
    expect(await attempt(world, { ...company, organisationId: own }, ask(hidden))).toBe('42501')
    expect(await attempt(world, { ...company, organisationId: own }, ask(shown))).toBe(1)
    expect(
      await attempt(
        world,
        { ...company, organisationId: own },
        sql`select * from need_private where need_id = ${shown}`,
      ),
    ).toBe(0)
  })

  test('a sponsor lets in only who has asked', async () => {
    const sponsor = world.caller('company')
    const letIn = (organisation: string) =>
      sql`insert into need_sponsor (zone_id, need_id, organisation_id) values (${world.zoneId}, ${shown}, ${organisation})`
    const silent = await world.addOrganisation()
    expect(await attempt(world, sponsor, letIn(silent))).toBe('42501')
    expect(await attempt(world, sponsor, letIn(third))).toBe(1)
    const inside = { ...world.caller('company.other'), organisationId: third }
    expect(await attempt(world, inside, sql`select * from need_private where need_id = ${shown}`)).toBe(1)
    expect(await attempt(world, inside, sql`delete from need_sponsor where organisation_id = ${third}`)).toBe(1)
    expect(await attempt(world, inside, sql`select * from need_private where need_id = ${shown}`)).toBe(0)
    const { rows } = await world.within((tx) =>
      sql<{ sponsor_ids: string[] }>`select sponsor_ids from need where need_id = ${shown}`.execute(tx),
    )
    expect(rows).toEqual([{ sponsor_ids: [world.own] }])
  })

  test('the sponsors that the policies go by are those that stand in the table', async () => {
    const need = await world.addNeed({ sponsors: [world.own, world.other, third] })
    const lists = await world.within(async (tx) => {
      await sql`delete from need_sponsor where need_id = ${need} and organisation_id = ${world.other}`.execute(tx)
      await sql`update need_sponsor set organisation_id = ${world.other} where need_id = ${need} and organisation_id = ${third}`.execute(
        tx,
      )
      const { rows } = await sql<{ listed: string[]; standing: string[] }>`
        select sponsor_ids as listed,
          array(select organisation_id from need_sponsor s where s.zone_id = n.zone_id and s.need_id = n.need_id) as standing
        from need n where need_id = ${need}`.execute(tx)
      return rows[0]!
    })
    expect(lists.listed.sort()).toEqual([world.own, world.other].sort())
    expect(lists.standing.sort()).toEqual([world.own, world.other].sort())
  })

  test('a sponsor that leaves is the same caller afterwards', async () => {
    const need = await world.addNeed({ sponsors: [world.own, world.other] })
    const { rows } = await world.database.kysely.transaction().execute(async (tx) => {
      await actAs(tx, world.caller('company.other'))
      await sql`delete from need_sponsor where need_id = ${need}`.execute(tx)
      return sql`select app_role() as role, app_organisation() as organisation,
        (select count(*)::int from need_private where need_id = ${need}) as private`.execute(tx)
    })
    expect(rows).toEqual([{ role: 'company', organisation: world.other, private: 0 }])
  })
})
