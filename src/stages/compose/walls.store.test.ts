import { type RawBuilder, sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { actAs } from '#db/caller.ts'
import type { Who } from '#testing'
import { type ComposeWorld, openComposeWorld, PATIENT } from './compose.fixture.ts'

/** Straight at the tables, as the application's own role in the attacker's name: what the routes would never ask. */
let world: ComposeWorld
let proposal: string
let consortium: string
let invitation: string
beforeAll(async () => {
  world = await openComposeWorld()
  proposal = (await world.propose()).id
  consortium = (await world.ask('POST', `/proposals/${proposal}/consortium`, { body: {} })).body.id
  await world.ask('POST', `/proposals/${proposal}/links`, { body: {} })
  // Sent to an organisation for which nobody speaks, so that each attacker is a third party.
  const seats = [{ organisationId: world.who.university, role: 'member', shareHundredths: null, effortTenths: null }]
  const invited = await world.ask('POST', `/consortia/${consortium}/invitations`, {
    body: { seats, expiresOn: '2026-12-24' },
  })
  invitation = invited.body.invitations[0].id
  await world.ask('POST', `/invitations/${invitation}/link`, { body: {} })
}, PATIENT.timeout)

async function run(who: Who, query: RawBuilder<unknown>): Promise<number | string> {
  try {
    return await world.database.kysely.transaction().execute(async (tx) => {
      await actAs(tx, world.caller(who))
      return (await query.execute(tx)).rows.length
    })
  } catch (error) {
    return String((error as { code?: unknown }).code)
  }
}

/** As an account of another zone, within that zone. */
async function runAbroad(query: RawBuilder<unknown>): Promise<number> {
  return world.within(async (tx) => (await query.execute(tx)).rows.length, world.foreign.zoneId)
}

const TABLES = [
  'proposal',
  'proposal_link',
  'consortium',
  'consortium_member',
  'invitation',
  'invitation_step',
  'invitation_link',
] as const
/** What was said is not changed by anybody, hosts included. */
const KEPT = ['invitation_step']
const ATTACKERS: readonly Who[] = ['company.other', 'researcher.other', 'company.foreign', 'stranger']

describe.each(ATTACKERS)('%s', (who) => {
  it.each(TABLES)('reads no %s', async (table) => {
    expect(await run(who, sql`select * from ${sql.table(table)}`)).toBe(0)
  })

  it.each(TABLES)('changes no %s, without naming a row either', async (table) => {
    const refused = KEPT.includes(table) ? '42501' : 0
    expect(await run(who, sql`update ${sql.table(table)} set zone_id = zone_id returning zone_id`)).toBe(refused)
    expect(await run(who, sql`delete from ${sql.table(table)} returning zone_id`)).toBe(refused)
  })

  it('adds none of its own', async () => {
    const zone = world.zoneId
    const now = world.clock.now()
    const writes = [
      sql`insert into proposal (zone_id, proposal_id, need_id, options, inputs_hash, engine, seed, seen_seq, status, answer, at)
        values (${zone}, gen_random_uuid(), ${world.need}, '{}', '', '', 0, 0, 'optimal', '{}', ${now})`,
      sql`insert into proposal_link (zone_id, token_hash, proposal_id, created_at, expires_at)
        values (${zone}, 'mine', ${proposal}, ${now}, ${now})`,
      sql`insert into consortium (zone_id, consortium_id, need_id, names, display_name, sort_key, created_at, updated_at)
        values (${zone}, gen_random_uuid(), ${world.need}, '{}', '', '', ${now}, ${now})`,
      sql`insert into consortium_member (zone_id, consortium_id, organisation_id, role, ordinal)
        values (${zone}, ${consortium}, ${world.other}, 'lead', 9)`,
      sql`insert into invitation (zone_id, invitation_id, consortium_id, need_id, organisation_id, state, role, told, host_ids,
          expires_on, created_at, moved_at)
        values (${zone}, gen_random_uuid(), ${consortium}, ${world.need}, ${world.other}, 'accepted', 'lead', '{}', '{}',
          '2026-12-24', ${now}, ${now})`,
      sql`insert into invitation_step (zone_id, invitation_id, ordinal, move, side, role, at)
        values (${zone}, ${invitation}, 9, 'accept', 'invited', 'lead', ${now})`,
      sql`insert into invitation_link (zone_id, token_hash, invitation_id, created_at)
        values (${zone}, 'mine', ${invitation}, ${now})`,
    ]
    for (const write of writes) expect(await run(who, write)).toBe('42501')
  })
})

describe('Another zone', () => {
  it.each(TABLES)('holds no %s of this one', async (table) => {
    expect(await runAbroad(sql`select * from ${sql.table(table)}`)).toBe(0)
    if (!KEPT.includes(table))
      expect(await runAbroad(sql`update ${sql.table(table)} set zone_id = zone_id returning zone_id`)).toBe(0)
  })
})

describe('A sponsor and the staff', () => {
  it.each(['company', 'researcher', 'technology_manager'] as const)('%s read them', async (who) => {
    for (const table of TABLES) expect(await run(who, sql`select * from ${sql.table(table)}`), table).toBeGreaterThan(0)
  })
})

describe('The invited', () => {
  it('read their own invitation and what was said of it, and neither links nor the draft', async () => {
    const caller = { ...world.caller('researcher.other'), organisationId: world.who.university }
    const rows = await world.database.kysely.transaction().execute(async (tx) => {
      await actAs(tx, caller)
      const counts = []
      for (const table of ['invitation', 'invitation_step', 'invitation_link', 'consortium', 'consortium_member'])
        counts.push((await sql`select * from ${sql.table(table)}`.execute(tx)).rows.length)
      return counts
    })
    expect(rows).toEqual([1, 1, 0, 0, 0])
  })
})
