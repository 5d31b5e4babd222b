import { expect, test } from 'vitest'
import { openWorld } from '#testing'

test('an organisation is added, listed, opened and changed', async () => {
  const world = await openWorld()
  const added = await world.ask('POST', '/organisations', {
    body: {
      names: { zh: '澜江固态电池有限公司', en: 'Lanjiang Solid-State' },
      kind: 'company',
      size: 'small',
      identifiers: { uscc: '91620105L015101280' },
    },
  })
  expect(added).toMatchObject({ status: 201, body: { revision: 1 } })
  const list = await world.ask('GET', '/organisations?q=固態&kind=company')
  expect(list.body).toMatchObject({ total: 1, rows: [{ id: added.body.id, name: '澜江固态电池有限公司', results: 0 }] })
  const page = await world.ask('GET', `/organisations/${added.body.id}`)
  expect(page.body).toMatchObject({ identifiers: { uscc: '91620105L015101280' }, mayEdit: true, revision: 1 })
  const changed = await world.ask('PATCH', `/organisations/${added.body.id}`, { body: { revision: 1, staff: 42 } })
  expect(changed.body).toEqual({ id: added.body.id, revision: 2 })
  const history = await world.ask('GET', `/history/organisation/${added.body.id}`)
  expect(history.body.rows.map((row: { action: string }) => row.action)).toEqual(['changed', 'added'])
})

test('the second of two editors is told, with what stands now, and loses nothing', async () => {
  const world = await openWorld()
  const id = await world.addOrganisation({ names: 'Twice Edited' })
  await world.ask('PATCH', `/organisations/${id}`, { body: { revision: 1, city: 'First' } })
  const second = await world.ask('PATCH', `/organisations/${id}`, { body: { revision: 1, city: 'Second' } })
  expect(second).toMatchObject({
    status: 409,
    body: { code: 'changed_meanwhile', now: { city: 'First', revision: 2 } },
  })
})

test('a retried request is answered again and not run again', async () => {
  const world = await openWorld()
  const body = { names: 'Once Only' }
  const first = await world.ask('POST', '/organisations', { body, key: 'k1' })
  const again = await world.ask('POST', '/organisations', { body, key: 'k1' })
  expect(again.body).toEqual(first.body)
  expect(again.headers.get('idempotency-hit')).toBe('true')
  const other = await world.ask('POST', '/organisations', { body: { names: 'Another' }, key: 'k1' })
  expect(other).toMatchObject({ status: 409, body: { code: 'key_reused' } })
})

test('a rehearsal answers and keeps nothing', async () => {
  const world = await openWorld()
  const rehearsed = await world.ask('POST', '/organisations?rehearse=true', { body: { names: 'Only Rehearsed' } })
  expect(rehearsed.status).toBe(200)
  expect((await world.ask('GET', '/organisations?q=rehearsed')).body.total).toBe(0)
})

test.each([
  ['a stranger is asked to sign in', 'stranger', 401, 'not_signed_in'],
  ['a member of another zone is refused', 'zone_officer.foreign', 403, 'forbidden'],
  ['a company may not add organisations', 'company', 403, 'forbidden'],
] as const)('%s', async (_says, as, status, code) => {
  const world = await openWorld()
  expect(await world.ask('POST', '/organisations', { as, body: { names: 'X' } })).toMatchObject({
    status,
    body: { code },
  })
})

test('a company sees its own contacts and not another’s', async () => {
  const world = await openWorld()
  expect((await world.ask('GET', `/organisations/${world.own}`, { as: 'company' })).body.private).not.toBeNull()
  expect((await world.ask('GET', `/organisations/${world.other}`, { as: 'company' })).body.private).toBeNull()
})

test('two who add one organisation at once make one, and the other is told which', async () => {
  const world = await openWorld()
  const body = { names: 'Once', identifiers: { pic: '999905974' } }
  const answers = await Promise.all([1, 2, 3, 4].map(() => world.ask('POST', '/organisations', { body })))
  const added = answers.filter((answer) => answer.status === 201)
  expect(added).toHaveLength(1)
  for (const answer of answers.filter((each) => each.status !== 201))
    expect(answer).toMatchObject({ status: 409, body: { rule: 'organisation.known', now: { id: added[0]!.body.id } } })
})

test('an organisation says of itself what it may: not its identifiers, not the notes', async () => {
  const world = await openWorld()
  const change = (body: object) =>
    world.ask('PATCH', `/organisations/${world.own}`, { as: 'company', body: { revision: 1, ...body } })
  expect(await change({ identifiers: { pic: '999905974' } })).toMatchObject({
    status: 403,
    body: { rule: 'organisation.identifiers_by_staff' },
  })
  expect(await change({ notes: 'X' })).toMatchObject({ status: 403, body: { rule: 'access.record' } })
  expect((await change({ identifiers: {}, city: 'X' })).status).toBe(200)
  expect(
    (await world.ask('PATCH', `/organisations/${world.own}`, { as: 'company.other', body: { revision: 2, city: 'Y' } }))
      .status,
  ).toBe(403)
})

test('the staff’s notes don’t come out through the history that the organisation reads', async () => {
  const world = await openWorld()
  const change = { revision: 1, notes: 'Late with every report', city: 'Lanjiang' }
  await world.ask('PATCH', `/organisations/${world.own}`, { body: change })
  const history = await world.ask('GET', `/history/organisation/${world.own}`, { as: 'company' })
  expect(history.body.rows[0].changes).toEqual({ notes: { from: '…', to: '…' }, city: { from: null, to: 'Lanjiang' } })
  expect(history.text).not.toContain('Late')
  const page = await world.ask('GET', `/organisations/${world.own}`, { as: 'company' })
  expect([page.body.private.notes, Object.keys(page.body.provenance.edited)]).toEqual([
    null,
    expect.not.arrayContaining(['notes']),
  ])
})

test('research spending keeps its own currency', async () => {
  const world = await openWorld()
  const id = await world.addOrganisation({ rdSpend: { minor: '500', currency: 'EUR' } })
  expect((await world.ask('GET', `/organisations/${id}`)).body.private).toMatchObject({
    rdSpend: { minor: '500', currency: 'EUR' },
    revenue: null,
  })
})

test('a search finds words in any order, and mine is my own', async () => {
  const world = await openWorld()
  const id = await world.addOrganisation({ names: 'Lanjiang Institute of Solid-State Batteries' })
  expect((await world.ask('GET', '/organisations?q=batteries%20lanjiang')).body.rows).toMatchObject([{ id }])
  expect((await world.ask('GET', '/organisations?mine=true', { as: 'company' })).body.rows).toMatchObject([
    { id: world.own },
  ])
  expect((await world.ask('GET', '/organisations?mine=true')).body.total).toBe(0)
})
