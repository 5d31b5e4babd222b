import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { deleteZone } from '../house/delete-zone.ts'
import { openComposeWorld, PATIENT } from './compose.fixture.ts'
import { packForm } from './draft-pack-rules.ts'
import { openDraft } from './invitation.fixture.ts'

// Goal: a zone ends with all that composing has left in it, history that nobody may change included.
it('a zone with proposals, studies, invitations and rules of its own can be ended', PATIENT, async () => {
  const world = await openComposeWorld()
  const draft = await openDraft(world)
  await draft.invite(world.other, { role: 'investor' })
  const proposal = await world.propose()
  await world.ask('POST', `/proposals/${proposal.id}/study`)
  const form = packForm({
    ...{
      slug: world.slug,
      name: 'team',
      version: '1',
      title: { zh: '规则', en: 'Rules' },
      source: 'The zone',
      url: '',
    },
    ...{ from: '2020-01-01' },
    rows: [{ kind: 'members_min', threshold: 2, kinds: [], words: { zh: '', en: '' }, source: '', confirmed: true }],
  })
  expect((await world.ask('POST', '/local-packs', { as: 'zone_officer', body: { form } })).status).toBe(201)
  await deleteZone(world, world.zoneId, '')
  for (const table of ['zone', 'invitation', 'invitation_step', 'proposal_study', 'local_pack']) {
    const key = sql.ref(table === 'zone' ? 'id' : 'zone_id')
    const { rows } = await sql`select from ${sql.table(table)} where ${key} = ${world.zoneId}`.execute(
      world.database.kysely,
    )
    expect([table, rows.length]).toEqual([table, 0])
  }
})
