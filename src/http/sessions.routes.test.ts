import { sql } from 'kysely'
import { beforeEach, describe, expect, test } from 'vitest'
import { openWorld, type TestWorld, type Who } from '#testing'

const PASSWORD = 'a password of the tests'
const NEW_PASSWORD = 'another password of the tests'
let world: TestWorld
let accounts = 0

beforeEach(async () => {
  world = await openWorld()
  await forgetTries()
})

const forgetTries = () => sql`delete from "rateLimit"`.execute(world.database.kysely)
const nameAddress = () => `kept-${++accounts}@consortia.test`
const auth = (path: string, body: object, headers: Record<string, string> = {}) =>
  world.ask('POST', `/api/auth/${path}`, { as: 'stranger', body, headers })
const askToReset = (email: string) => auth('request-password-reset', { email, redirectTo: `${world.origin}/welcome` })

/** A person with an account and a password, signed in. */
async function addPerson(): Promise<{ id: string; email: string; cookie: string }> {
  const email = nameAddress()
  const { id } = await world.accounts.add({ name: 'Kept', email, password: PASSWORD })
  return { id, email, cookie: await signIn(email, PASSWORD) }
}

async function signIn(email: string, password: string): Promise<string> {
  const { headers } = await auth('sign-in/email', { email, password })
  return headers.get('set-cookie')?.split(';', 1)[0] ?? ''
}

const invite = (email: string, role: string, as: Who = 'administrator') =>
  world.ask('POST', '/members', { as, body: { name: 'Kept', email, role } })
const askAs = (cookie: string, method: string, path: string, body?: object) =>
  world.ask(method, path, { as: 'stranger', headers: { cookie, origin: world.origin }, body })

describe('a member', () => {
  test('who is demoted or removed may no more from the next request on', async () => {
    const { id, email, cookie } = await addPerson()
    expect((await invite(email, 'zone_officer')).status).toBe(201)
    expect((await askAs(cookie, 'GET', '/journal')).status).toBe(200)
    const change = { role: 'researcher', organisationId: world.own }
    await world.ask('PATCH', `/members/${id}`, { as: 'administrator', body: change })
    expect((await askAs(cookie, 'GET', '/journal')).status).toBe(403)
    expect((await askAs(cookie, 'GET', '/organisations')).status).toBe(200)
    await world.ask('DELETE', `/members/${id}`, { as: 'administrator' })
    expect((await askAs(cookie, 'GET', '/organisations')).status).toBe(403)
    expect((await askAs(cookie, 'GET', '/notices')).status).toBe(403)
  })

  test('is told no answer again that was given in another role', async () => {
    const { id, email, cookie } = await addPerson()
    await invite(email, 'technology_manager')
    const post = () =>
      world.ask('POST', '/needs', {
        as: 'stranger',
        key: 'once',
        body: { title: 'Of the staff' },
        headers: { cookie, origin: world.origin },
      })
    const first = await post()
    expect(first.status).toBe(201)
    expect(await post()).toMatchObject({ status: 200, body: first.body })
    const change = { role: 'company', organisationId: world.own }
    await world.ask('PATCH', `/members/${id}`, { as: 'administrator', body: change })
    expect(await post()).toMatchObject({ status: 409, body: { code: 'key_reused' } })
  })

  test('speaks for no organisation that the zone does not know', async () => {
    const abroad = await world.addOrganisation({}, world.foreign.zoneId)
    const body = { role: 'company', organisationId: abroad }
    const path = `/members/${world.caller('researcher.other').accountId}`
    const refusal = { status: 404, body: { rule: 'organisation.unknown' } }
    expect(await world.ask('PATCH', path, { as: 'administrator', body })).toMatchObject(refusal)
    const invited = { name: 'X', email: nameAddress(), ...body }
    expect(await world.ask('POST', '/members', { as: 'administrator', body: invited })).toMatchObject(refusal)
  })

  test('who uses the key of another account is answered anew', async () => {
    const body = { page: 'needs', name: 'Mine', search: '' }
    const [one, other] = [
      await world.ask('POST', '/views', { as: 'company', key: 'the same', body }),
      await world.ask('POST', '/views', { as: 'company.other', key: 'the same', body }),
    ]
    expect([one.status, other.status]).toEqual([201, 201])
    expect(other.body.id).not.toBe(one.body.id)
  })
})

describe('a session', () => {
  test('ends with the sign-out: its cookie says nothing more', async () => {
    const { cookie } = await addPerson()
    expect((await askAs(cookie, 'GET', '/api/me')).body.account).not.toBeNull()
    await askAs(cookie, 'POST', '/api/auth/sign-out', {})
    expect((await askAs(cookie, 'GET', '/api/me')).body.account).toBeNull()
  })

  test('can not be made up: a changed signature or none is no session', async () => {
    const { cookie } = await addPerson()
    const [token] = cookie.split('.')
    for (const forged of [token!, `${token}.${'A'.repeat(43)}%3D`, `${cookie}x`])
      expect((await askAs(forged, 'GET', '/api/me')).body.account).toBeNull()
  })
})

describe('a forgotten password', () => {
  test('is asked for with the same answer, whether the account is there or not', async () => {
    const { email } = await addPerson()
    const [known, unknown] = [await askToReset(email), await askToReset('nobody@consortia.test')]
    expect([unknown.status, unknown.body]).toEqual([known.status, known.body])
  })

  test('is asked for a few times a minute only', async () => {
    const statuses = []
    for (let tries = 0; tries < 5; tries++) statuses.push((await askToReset('nobody@consortia.test')).status)
    expect(statuses.at(-1)).toBe(429)
  })

  test('is chosen once by a link, which ends every open session', async () => {
    const { email, cookie } = await addPerson()
    await invite(email, 'researcher')
    const token = await askedLink(email)
    const choose = () => auth('reset-password', { newPassword: NEW_PASSWORD, token })
    expect((await choose()).status).toBe(200)
    expect((await choose()).status).toBe(422)
    expect((await askAs(cookie, 'GET', '/api/me')).body.account).toBeNull()
    expect(await signIn(email, PASSWORD)).toBe('')
    expect(await signIn(email, NEW_PASSWORD)).not.toBe('')
  })

  /** The token in the letter that a person was sent. */
  async function askedLink(email: string): Promise<string> {
    await askToReset(email)
    const link = await world.within((tx) =>
      tx
        .selectFrom('outbox')
        .select('link')
        .where('zone_id', '=', world.zoneId)
        .where('to_address', '=', email)
        .where('link', 'like', '%/api/auth/%')
        .executeTakeFirstOrThrow(),
    )
    return new URL(link.link!).pathname.split('/').at(-1)!
  }

  const linksTo = async (email: string, as: Who) => {
    const zone = as.endsWith('.foreign') ? world.foreign.slug : world.slug
    const { status, body } = await world.ask('GET', `/api/zones/${zone}/outbox`, { as })
    expect(status).toBe(200)
    const letters = (body.rows as { to: string; link: string | null }[]).filter((row) => row.to === email)
    expect(letters.length).toBeGreaterThan(0)
    return letters.filter((row) => row.link?.includes('/api/auth/')).length
  }

  test('is handed on by an administrator alone, as long as the link holds', async () => {
    const email = nameAddress()
    await invite(email, 'administrator')
    expect(await linksTo(email, 'administrator')).toBe(1)
    expect(await linksTo(email, 'zone_officer')).toBe(0)
    world.clock.set('2026-11-22T09:00:01Z')
    expect(await linksTo(email, 'administrator')).toBe(0)
  })

  test('of a member elsewhere is handed on by nobody: no zone takes over the accounts of another', async () => {
    const email = nameAddress()
    await invite(email, 'administrator')
    const body = { name: 'Lured', email, role: 'researcher' }
    const lured = await world.ask('POST', `/api/zones/${world.foreign.slug}/members`, {
      as: 'administrator.foreign',
      body,
    })
    expect(lured.status).toBe(201)
    await askToReset(email)
    expect(await linksTo(email, 'administrator.foreign')).toBe(0)
    expect(await linksTo(email, 'administrator')).toBe(0)
  })
})

test.each([
  ['of another type', 'text/plain', '{}'],
  ['that is no JSON', 'application/json', '{'],
  ['of a form', 'application/x-www-form-urlencoded', 'email=x'],
  ['with lone halves and nulls', 'application/json', '{"email":"a\\u0000@b.cn","password":"\\ud800"}'],
  ['of wrong types', 'application/json', '{"email":{"$gt":""},"password":[1]}'],
])('a sign-in %s is refused in our own shape', async (_says, type, text) => {
  for (const path of ['sign-in/email', 'request-password-reset', 'reset-password', 'nothing', 'sign-out']) {
    await forgetTries()
    const raw = new TextEncoder().encode(text)
    const answer = await world.ask('POST', `/api/auth/${path}`, {
      as: 'stranger',
      raw,
      headers: { 'content-type': type },
    })
    expect([path, answer.status]).not.toEqual([path, 500])
    if (answer.status >= 400) expect(answer.body).toMatchObject({ requestId: expect.stringMatching(/^[0-9a-f]{16}$/) })
  }
})
