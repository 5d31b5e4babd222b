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
