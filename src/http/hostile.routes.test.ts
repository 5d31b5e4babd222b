import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { FAULT_STATUS } from '#kit/fault.ts'
import { openScene, type Scene } from '#stages/access/scene.fixture.ts'
import { STAGES } from '#stages/stages.ts'
import type { Answered, Asking, Who } from '#testing'
import { JSON_BYTES_MAX } from './app.ts'
import type { Endpoint } from './contract.ts'
import { BROKEN_BODIES, type Hostility, paramOf, queriesOf, valuesOf } from './hostile.fixture.ts'

// Goal: whatever anybody sends to any route, the server answers what was asked or refuses it in our own shape; never 500.
// Method: every endpoint of every stage, walked from STAGES, is sent seeded requests that its own schema shapes.

const SEED = 20_261_122
/** A longer sweep: `HOSTILE_REQUESTS=300 vitest run --project pglite src/http/hostile`. */
const REQUESTS = Number(process.env.HOSTILE_REQUESTS ?? 16)
/** Computing routes take longer, and what they read is mostly the path. */
const REQUESTS_OF_ENGINES = 6
const ENGINES = [
  'compose.compose',
  'compose.orderBulk',
  'compose.partners',
  'match.match',
  'match.cell',
  'registry.findDuplicates',
]
const CALLERS: readonly Who[] = ['zone_officer', 'company', 'administrator', 'zone_officer', 'company.other']
const OUTSIDERS: readonly Who[] = ['stranger', 'administrator.foreign']
/** The reading of bodies is one for all, so every so many an endpoint is enough. */
const BODIES_TRIED_AT = 6
const KEYS = [...Array.from({ length: 17 }, () => undefined), 'the same key', '密钥', 'k'.repeat(201)]
const ENDPOINTS = STAGES.flatMap(({ name, api }) =>
  Object.entries(api).map(([key, endpoint]) => [`${name}.${key}`, endpoint as Endpoint] as const),
)

let scene: Scene
let hostility: Hostility
/** What is there, by the name that paths give it. */
let known: Record<string, readonly string[]>

beforeAll(async () => {
  scene = await openScene()
  const { world } = scene
  const [need, draft] = [await scene.need(), await scene.need('draft')]
  const proposal = await scene.proposal(need)
  const strangers = await world.addNeed({ circle: 'members' }, world.foreign.zoneId)
  known = {
    zone: [world.slug, world.slug, world.slug, world.slug, world.foreign.slug],
    need: [need, draft, strangers],
    capability: [await scene.capability(need)],
    organisation: [world.own, world.other],
    result: [await scene.result()],
    project: [await world.addProject()],
    person: [await scene.person()],
    evidence: [await scene.evidence(), await scene.file()],
    proposal: [proposal],
    consortium: [await scene.consortium()],
    run: [await scene.bulkRun()],
    link: [(await scene.link(proposal)).id],
    token: [(await scene.link(proposal)).token, await scene.invited()],
    invitation: [await scene.invitation()],
    industry: [await scene.industry()],
    one: ['fund'],
    record: [await scene.record()],
    view: [await scene.view('company')],
    watch: [await scene.watch('zone_officer'), await scene.watch('company')],
    feed: [await scene.feed()],
    digest: [await scene.digest()],
    account: [world.caller('researcher.other').accountId!],
    kind: ['organisation', 'need', 'result', 'member'],
    id: [world.own, need],
  }
  const [first, second] = await scene.twins()
  known = { ...known, first: [first], second: [second] }
  const ids = Object.entries(known).flatMap(([kind, values]) => (kind === 'zone' || kind === 'kind' ? [] : values))
  hostility = {
    ids: [...ids, crypto.randomUUID(), world.zoneId],
    idsFor: (field) => known[NAMED_OTHERWISE[field] ?? field],
  }
})

/** Fields that hold ids and are not called as the path calls what they are ids of. */
const NAMED_OTHERWISE: Readonly<Record<string, string>> = {
  organisationId: 'organisation',
  owners: 'organisation',
  owner: 'organisation',
  sponsors: 'organisation',
  subject: 'organisation',
  pinned: 'organisation',
  banned: 'organisation',
  needs: 'need',
  needId: 'need',
  resultId: 'result',
  subjectId: 'organisation',
  keep: 'first',
  industryId: 'industryId',
  zone: 'none',
  kind: 'none',
}

interface Sent extends Asking {
  method: string
  path: string
}

/** Sends it and answers what is wrong with the answer, if anything. */
async function faultIn({ method, path, ...asking }: Sent): Promise<string | undefined> {
  let answered: Answered
  try {
    answered = await scene.world.ask(method, path, asking)
  } catch (error) {
    // The test's own client refuses headers that no client can send.
    if (error instanceof TypeError && /header|URL/i.test(error.message)) return undefined
    throw error
  }
  const said = wrongIn(answered)
  return said && `${asking.as} ${method} ${path.slice(0, 300)} ${JSON.stringify(asking.body)?.slice(0, 600)}: ${said}`
}

function wrongIn({ status, body, text, headers }: Answered): string | undefined {
  if (status < 400) return headers.get('cache-control')?.includes('no-store') ? undefined : 'may be kept by a cache'
  if (status === 500) return `500 ${text}`
  if (body === undefined) return `${status} is no JSON: ${text.slice(0, 80)}`
  const { code, message, requestId } = body
  if (typeof message !== 'string' || !message) return `${status} has no message`
  if (!/^[0-9a-f]{16}$/.test(String(requestId))) return `${status} has no request id`
  if (FAULT_STATUS[code as keyof typeof FAULT_STATUS] !== status) return `${status} does not fit ${code}`
  // A refusal tells nothing of the inside.
  if (/\b(select|insert into|syntax error|constraint|relation|node_modules|\.ts:\d)/i.test(text))
    return `leaks: ${text}`
  return undefined
}

function requestsTo(endpoint: Endpoint): fc.Arbitrary<Sent> {
  const names = [...endpoint.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!)
  const params = fc.record(Object.fromEntries(names.map((name) => [name, paramOf(known[name] ?? [], hostility)])))
  const path = params.map((values) => endpoint.path.replaceAll(/\{(\w+)\}/g, (_, name) => values[name]!))
  return fc
    .record({
      as: fc.oneof(
        { weight: 6, arbitrary: fc.constantFrom(...CALLERS) },
        { weight: 1, arbitrary: fc.constantFrom(...OUTSIDERS) },
      ),
      path,
      query: queriesOf(endpoint.query, hostility),
      body: endpoint.body ? valuesOf(endpoint.body, hostility) : fc.constant(undefined),
      key: fc.constantFrom(...KEYS),
    })
    .map(({ as, path: at, query, body, key }) => ({
      method: endpoint.method.toUpperCase(),
      path: `/api${at}${query}`,
      as,
      ...(body === undefined ? {} : { body }),
      ...(endpoint.carries
        ? { raw: new TextEncoder().encode('no file'), headers: { 'x-file-name': '%zz%00../..' } }
        : {}),
      ...(key ? { key: encodeURIComponent(key) } : {}),
    }))
}

const pathOf = (endpoint: Endpoint) =>
  `/api${endpoint.path.replaceAll(/\{(\w+)\}/g, (_, name) => known[name]?.at(0) ?? 'x')}`

describe('every route', () => {
  test.each(ENDPOINTS)('%s answers or refuses, whatever is sent', async (name, endpoint) => {
    const found: string[] = []
    const numRuns = ENGINES.includes(name) ? REQUESTS_OF_ENGINES : REQUESTS
    for (const sent of fc.sample(requestsTo(endpoint), { seed: SEED, numRuns })) {
      const fault = await faultIn(sent)
      if (fault) found.push(fault)
    }
    await scene.settled()
    expect(found.join('\n')).toBe('')
  })

  test.each(ENDPOINTS.filter(([, endpoint]) => endpoint.method !== 'get'))(
    '%s refuses a body over the bound',
    async (_name, endpoint) => {
      const over = new TextEncoder().encode(JSON.stringify({ title: 'x'.repeat(JSON_BYTES_MAX) }))
      const headers = { 'content-type': 'application/json' }
      const method = endpoint.method.toUpperCase()
      const refused = await scene.world.ask(method, pathOf(endpoint), { as: 'stranger', raw: over, headers })
      expect(refused).toMatchObject({ status: 413, body: { code: 'too_large' } })
    },
  )

  test.each(ENDPOINTS.filter(([, endpoint]) => endpoint.body).filter((_, at) => at % BODIES_TRIED_AT === 0))(
    '%s refuses a body that is no JSON or says that it is something else',
    async (_name, endpoint) => {
      const found: (string | undefined)[] = []
      for (const { text, type } of BROKEN_BODIES) {
        const sent = { raw: new TextEncoder().encode(text), headers: { 'content-type': type } }
        const method = endpoint.method.toUpperCase()
        found.push(await faultIn({ method, path: pathOf(endpoint), as: 'administrator', ...sent }))
      }
      expect(found.filter(Boolean).join('\n')).toBe('')
    },
  )

  test.each(ENDPOINTS)('%s knows no other method', async (_name, endpoint) => {
    const path = pathOf(endpoint)
    const taken = ENDPOINTS.filter(([, other]) => other.path === endpoint.path).map(([, other]) => other.method)
    for (const method of ['get', 'post', 'put', 'delete', 'propfind']) {
      if (taken.includes(method as Endpoint['method'])) continue
      const answered = await scene.world.ask(method.toUpperCase(), path, { as: 'administrator' })
      expect([method, answered.status >= 400, wrongIn(answered)]).toEqual([method, true, undefined])
    }
  })
})
