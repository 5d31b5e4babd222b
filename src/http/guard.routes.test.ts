import { sql } from 'kysely'
import { beforeEach, expect, test } from 'vitest'
import { openWorld, type TestWorld } from '#testing'
import { SIGN_IN_TRIES_MAX } from './accounts.ts'
import { JSON_BYTES_MAX } from './app.ts'

const PASSWORD = 'a password of the tests'
let world: TestWorld
let accounts = 0

beforeEach(async () => {
  world = await openWorld()
  await sql`delete from "rateLimit"`.execute(world.database.kysely)
})

async function addAccount(): Promise<string> {
  const email = `guarded-${++accounts}@consortia.test`
  await world.accounts.add({ name: 'Guarded', email, password: PASSWORD })
  return email
}

const signIn = (email: string, password: string, headers: Record<string, string> = {}) =>
  world.ask('POST', '/api/auth/sign-in/email', { as: 'stranger', body: { email, password }, headers })

test.each([
  ['content-security-policy', /^default-src 'self';/],
  ['x-content-type-options', /^nosniff$/],
  ['x-frame-options', /^SAMEORIGIN$/],
  ['referrer-policy', /^same-origin$/],
  ['cross-origin-opener-policy', /^same-origin$/],
  ['cross-origin-resource-policy', /^same-origin$/],
  ['x-request-id', /^[0-9a-f]{16}$/],
])('every answer, refusals included, carries %s', async (name, expected) => {
  for (const path of ['/api/me', '/api/nothing', '/organisations'])
    expect((await world.ask('GET', path)).headers.get(name)).toMatch(expected)
})

test('the content policy allows no inline script and no other host', async () => {
  const policy = (await world.ask('GET', '/api/me')).headers.get('content-security-policy')!
  const directives = new Map(policy.split('; ').map((part) => [part.split(' ')[0], part.split(' ').slice(1)]))
  expect(directives.get('script-src')).toEqual(["'self'"])
  expect(directives.get('style-src-attr')).toEqual(["'none'"])
  expect(directives.get('object-src')).toEqual(["'none'"])
  expect(directives.get('frame-ancestors')).toEqual(["'none'"])
  expect(policy).not.toMatch(/unsafe|https?:|\*/)
})

test('a file to save keeps a policy under which nothing in it runs', async () => {
  const { headers } = await world.ask('GET', '/organisations/export?format=csv', { as: 'zone_officer' })
  expect(headers.get('content-disposition')).toMatch(/^attachment/)
  expect(headers.get('content-security-policy')).toBe("default-src 'none'; sandbox")
})

test('a session is a cookie that no script reads and no other site sends', async () => {
  const answer = await signIn(await addAccount(), PASSWORD)
  const cookie = answer.headers.get('set-cookie')!
  expect(answer.status).toBe(200)
  expect(cookie).toMatch(/; HttpOnly/i)
  expect(cookie).toMatch(/; SameSite=Lax/i)
  expect(cookie).toMatch(/; Path=\//i)
  expect(JSON.stringify(answer.body)).not.toContain(PASSWORD)
})

test.each([
  ['another site', 'https://evil.test'],
  ['the same name without its port', 'http://consortia.test:81'],
  ['nobody', 'null'],
])('a write that comes from %s with our cookie is refused', async (_says, origin) => {
  const answer = await world.ask('POST', '/organisations', { body: { names: 'X' }, headers: { origin } })
  expect(answer).toMatchObject({ status: 403, body: { code: 'foreign_origin', rule: 'origin.foreign' } })
  expect((await world.ask('GET', '/organisations', { headers: { origin } })).status).toBe(200)
})

test('a write that does not say where it comes from is refused', async () => {
  const headers = { origin: '' }
  expect(await world.ask('PATCH', `/organisations/${world.own}`, { body: { revision: 1 }, headers })).toMatchObject({
    status: 403,
    body: { code: 'foreign_origin' },
  })
})

test('a body over the bound is refused, whether it says its length or not', async () => {
  const names = 'x'.repeat(JSON_BYTES_MAX + 1)
  const refusal = { status: 413, body: { code: 'too_large', rule: 'body.bytes', limit: JSON_BYTES_MAX } }
  expect(await world.ask('POST', '/organisations', { body: { names } })).toMatchObject(refusal)
  const headers = { 'transfer-encoding': 'chunked' }
  expect(await world.ask('POST', '/organisations', { body: { names }, headers })).toMatchObject(refusal)
})

test.each([
  ['that is not JSON', { 'content-type': 'application/json' }, 'body.json'],
  ['of another media type', { 'content-type': 'text/plain' }, 'body.media_type'],
])('a body %s is refused', async (_says, headers, rule) => {
  const raw = new TextEncoder().encode('{"names":')
  const answer = await world.ask('POST', '/organisations', { raw, headers })
  expect(answer).toMatchObject({ status: 400, body: { code: 'unreadable', rule } })
})

test('a wrong password is refused in our own shape, and tells nothing of whether the account is there', async () => {
  const email = await addAccount()
  const wrong = await signIn(email, 'not the password')
  const unknown = await signIn('nobody@consortia.test', 'not the password')
  const refusal = { code: 'not_signed_in', rule: 'sign_in.invalid_email_or_password' }
  expect(wrong).toMatchObject({ status: 401, body: refusal })
  expect(unknown.status).toBe(401)
  expect({ ...unknown.body, requestId: '' }).toEqual({ ...wrong.body, requestId: '' })
})

test('the sixth try within a minute is refused, also with the right password and with a made-up address', async () => {
  const email = await addAccount()
  for (let tries = 1; tries <= SIGN_IN_TRIES_MAX; tries++)
    expect((await signIn(email, 'not the password')).status).toBe(401)
  for (const headers of [{}, { 'x-forwarded-for': '203.0.113.9' }, { 'x-consortia-address': '203.0.113.10' }])
    expect(await signIn(email, PASSWORD, headers)).toMatchObject({
      status: 429,
      body: { code: 'too_many', rule: 'sign_in.too_many', limit: SIGN_IN_TRIES_MAX },
    })
})

test.each([
  ['sign up', 'POST', '/api/auth/sign-up/email'],
  ['change an e-mail address', 'POST', '/api/auth/change-email'],
  ['delete an account', 'POST', '/api/auth/delete-user'],
])('nobody can %s by the sign-in part', async (_says, method, path) => {
  const body = { name: 'X', email: 'x@consortia.test', password: PASSWORD, newEmail: 'y@consortia.test' }
  const { status } = await world.ask(method, path, { as: 'stranger', body })
  expect(status).toBeGreaterThanOrEqual(400)
  expect(status).toBeLessThan(500)
  expect(await world.accounts.find('x@consortia.test')).toBeNull()
})

test('what is not there is refused in our own shape, by its own code', async () => {
  for (const path of ['/api/nothing', '/nothing', `/organisations/${world.zoneId}`, '/organisations/not-an-id'])
    expect(await world.ask('GET', path)).toMatchObject({ status: 404, body: { code: 'not_found' } })
  expect((await world.ask('DELETE', '/api/me')).status).toBe(404)
})

test.each([
  'evil.example',
  'consortia.test.evil.example',
  'localhost.evil.example',
  '127.0.0.1.evil.example',
  '127.0.0.1@evil.example',
  'evil.example:3000',
  'not a host',
])('a request to %s is none to us, whoever lets that name point here', async (host) => {
  for (const path of ['/api/me', '/organisations', '/api/auth/get-session'])
    expect(await world.ask('GET', path, { headers: { host } })).toMatchObject({
      status: 403,
      body: { code: 'foreign_origin', rule: 'host.unknown' },
    })
})

test.each([
  'consortia.test',
  'CONSORTIA.test:81',
  'localhost:3000',
  '127.0.0.1:3000',
  '192.168.1.9',
  '[::1]:3000',
  'intranet',
  'office.local',
])('a request to %s is one to us', async (host) => {
  expect((await world.ask('GET', '/api/me', { headers: { host } })).status).toBe(200)
})

test('what the API answers is kept by no cache', async () => {
  for (const path of ['/api/me', '/organisations', '/api/nothing', `/organisations/export?format=csv`])
    expect((await world.ask('GET', path)).headers.get('cache-control')).toMatch(/no-store/)
})
