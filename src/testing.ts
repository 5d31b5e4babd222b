import { randomBytes } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { z } from 'zod'
import { actAs } from '#db/caller.ts'
import { command } from '#db/command.ts'
import { type Database, json, openDatabase, type Tx } from '#db/db.ts'
import { openFileStore } from '#db/files.ts'
import { migrate } from '#db/migrate.ts'
import { createApp } from '#http/app.ts'
import { fixedClock } from '#kit/clock.ts'
import { newId } from '#kit/ids.ts'
import { type Caller, ROLES, type Role, systemCaller } from '#stages/caller.ts'
import type { NeedInput, NeedState } from '#stages/needs/model.ts'
import { plantNeed } from '#stages/needs/step-service.ts'
import type { OrganisationInput } from '#stages/registry/model.ts'
import { addOrganisation } from '#stages/registry/organisation-service.ts'
import type { ProjectInput } from '#stages/registry/project-model.ts'
import { plantProject } from '#stages/registry/project-service.ts'
import { ResultInput } from '#stages/registry/result-model.ts'
import { addResult } from '#stages/registry/result-service.ts'
import type { OpenedEmbedder } from './embedding/open.ts'
import { assembleWorld } from './open.ts'
import type { World } from './world.ts'

/** Who asks in a test: a role at its own organisation, at another one of the zone, or in another zone; or a stranger. */
export type Who = Role | `${Role}.other` | `${Role}.foreign` | 'stranger'
const POSITIONS = ['', '.other', '.foreign'] as const
export const EVERYBODY: readonly Who[] = [
  ...ROLES.flatMap((role) => POSITIONS.map((place) => `${role}${place}` as Who)),
  'stranger',
]

const ORIGIN = 'http://consortia.test'
const NOW = '2026-11-22T08:00:00Z'

export interface Asking {
  as?: Who
  body?: unknown
  key?: string
  headers?: Record<string, string>
  raw?: Uint8Array
}

// biome-ignore lint/suspicious/noExplicitAny: what a route answered, which the test then looks at
export interface Answered<T = any> {
  status: number
  body: T
  text: string
  bytes: Uint8Array
  headers: Headers
}

export interface TestWorld extends World {
  clock: ReturnType<typeof fixedClock>
  zoneId: string
  slug: string
  /** Another zone of the same server, which is none of ours. */
  foreign: { zoneId: string; slug: string }
  /** The organisation for which `company` and `researcher` speak, and the one for which `company.other` and `researcher.other` do. */
  own: string
  other: string
  /** Asks the real app. The path starts after the zone (`/organisations`), or with `/api/` for any other. */
  ask(method: string, path: string, asking?: Asking): Promise<Answered>
  caller(who: Who): Caller
  addOrganisation(input?: Partial<OrganisationInput>, zoneId?: string): Promise<string>
  /** A whole need that `own` sponsors, unless the input says otherwise, brought to a state: open where none is named. */
  addNeed(input?: NeedToAdd, zoneId?: string): Promise<string>
  /** A result, of `own` where no owner is said. */
  addResult(input?: Partial<z.input<typeof ResultInput>>, zoneId?: string): Promise<string>
  /** A past project, with `own` as coordinator and `other` as participant where none is said. */
  addProject(input?: Partial<ProjectInput>, zoneId?: string): Promise<string>
  /** Reads or writes as the server itself, within the zone's wall. */
  within<T>(run: (tx: Tx) => Promise<T>, zoneId?: string): Promise<T>
}

export type NeedToAdd = Partial<NeedInput> & { state?: Exclude<NeedState, 'merged'> }

interface Shared {
  world: World
  clock: ReturnType<typeof fixedClock>
  cookies: Map<string, Promise<{ id: string; cookie: string }>>
}
/** One world a worker, and one more for each embedder that a test brings. */
const worlds = new Map<OpenedEmbedder | undefined, Promise<Shared>>()

/** One migrated database a worker, on PGlite or on the PostgreSQL that TEST_DATABASE_URL names. */
async function openShared(embedder: OpenedEmbedder | undefined): Promise<Shared> {
  const database = await openFreshDatabase()
  await migrate(database)
  const clock = fixedClock(NOW)
  const world = assembleWorld({
    database,
    files: openFileStore(mkdtempSync(join(tmpdir(), 'consortia-files-'))),
    secret: randomBytes(32).toString('hex'),
    origin: ORIGIN,
    clock,
    jobsSchema: `jobs_${randomBytes(4).toString('hex')}`,
    logLevel: process.env.TEST_LOG ?? 'silent',
    ...(embedder ? { embedder } : {}),
  })
  return { world, clock, cookies: new Map() }
}

/** An empty database of its own: a schema on the shared PostgreSQL, or a PGlite in memory. */
export async function openFreshDatabase(): Promise<Database> {
  const url = process.env.TEST_DATABASE_URL
  if (!url) return openDatabase()
  const schema = `test_${randomBytes(6).toString('hex')}`
  const maker = await openDatabase({ url })
  await sql`create schema ${sql.id(schema)}`.execute(maker.kysely)
  await maker.close()
  return openDatabase({ url, schema })
}

/**
 * A fresh zone with an account in every role and position, on the worker's database. What a test sets is what it is about.
 */
export async function openWorld({
  jobs = false,
  embedder,
}: {
  jobs?: boolean
  embedder?: OpenedEmbedder
} = {}): Promise<TestWorld> {
  const shared = worlds.get(embedder) ?? openShared(embedder)
  worlds.set(embedder, shared)
  const { world, clock, cookies } = await shared
  clock.set(NOW)
  if (jobs) await startJobs(world)
  const app = createApp(world)
  const home = await plantZone(world, 'home')
  const foreign = await plantZone(world, 'foreign')
  const within = <T>(run: (tx: Tx) => Promise<T>, zoneId = home.zoneId) => runWithin(world.database, zoneId, run)
  const add = (input: Partial<OrganisationInput> = {}, zoneId = home.zoneId) => addTo(world, zoneId, input)
  const own = await add({ names: { zh: '自家公司', en: 'Own Company' } })
  const other = await add({ names: { zh: '别家公司', en: 'Other Company' } })
  const addResult = (input: Partial<z.input<typeof ResultInput>> = {}, zoneId = home.zoneId) =>
    addResultTo(world, zoneId, { owners: [own], ...input })
  const addProject = (input: Partial<ProjectInput> = {}, zoneId = home.zoneId) =>
    addProjectTo(world, zoneId, {
      participants: [
        { organisation: own, role: 'coordinator' },
        { organisation: other, role: 'participant' },
      ],
      ...input,
    })
  const abroad = await add({ names: { en: 'Company Abroad' } }, foreign.zoneId)

  const addNeed = (input: NeedToAdd = {}, zoneId = home.zoneId) =>
    addNeedTo(world, zoneId, { sponsors: zoneId === home.zoneId ? [own] : [abroad], ...input })

  const callers = new Map<Who, Caller>([['stranger', strangerIn(home.zoneId, null)]])
  for (const who of EVERYBODY) {
    if (who === 'stranger') continue
    const [role, place] = who.split('.') as [Role, string | undefined]
    const { id } = await signedIn(world, cookies, who)
    const zoneId = place === 'foreign' ? foreign.zoneId : home.zoneId
    const organisationId = speaksForOne(role) ? (place === 'foreign' ? abroad : place === 'other' ? other : own) : null
    await within((tx) => putMember(tx, { zoneId, id, role, organisationId, who }), zoneId)
    const member = { zoneId, accountId: id, role, organisationId, signedIn: true }
    callers.set(who, place === 'foreign' ? strangerIn(home.zoneId, id) : member)
  }

  const ask = async (method: string, path: string, { as = 'zone_officer', body, key, headers, raw }: Asking = {}) => {
    const url = path.startsWith('/api/') ? path : `/api/zones/${home.slug}${path}`
    const response = await app.request(url, {
      method,
      headers: {
        ...(as === 'stranger' ? {} : { cookie: (await cookies.get(as)!).cookie, origin: ORIGIN }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(raw ? { 'content-type': 'application/octet-stream' } : {}),
        ...(key ? { 'idempotency-key': key } : {}),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(raw ? { body: raw as Uint8Array<ArrayBuffer> } : {}),
    })
    const bytes = new Uint8Array(await response.arrayBuffer())
    const text = new TextDecoder().decode(bytes)
    const isJson = response.headers.get('content-type')?.includes('json')
    return {
      status: response.status,
      text,
      bytes,
      headers: response.headers,
      body: isJson && text ? JSON.parse(text) : undefined,
    }
  }
  const caller = (who: Who) => callers.get(who)!
  return {
    ...world,
    clock,
    ...home,
    foreign,
    own,
    other,
    ask,
    caller,
    within,
    addOrganisation: add,
    addNeed,
    addResult,
    addProject,
  }
}

const speaksForOne = (role: Role) => role === 'company' || role === 'researcher'
const strangerIn = (zoneId: string, accountId: string | null): Caller => ({
  zoneId,
  accountId,
  role: 'stranger',
  organisationId: null,
  signedIn: accountId !== null,
})

const jobsOf = new WeakMap<World, Promise<void>>()
function startJobs(world: World): Promise<void> {
  const started = jobsOf.get(world) ?? world.jobs.start()
  jobsOf.set(world, started)
  return started
}

async function plantZone({ database }: World, name: string) {
  const zoneId = newId()
  const slug = `${name}-${randomBytes(5).toString('hex')}`
  await runWithin(database, zoneId, (tx) =>
    tx
      .insertInto('zone')
      .values({ id: zoneId, slug, name: json({ en: { text: name, origin: 'typed' } }) })
      .execute(),
  )
  return { zoneId, slug }
}

async function runWithin<T>(database: Database, zoneId: string, run: (tx: Tx) => Promise<T>): Promise<T> {
  return database.kysely.transaction().execute(async (tx) => {
    await actAs(tx, systemCaller(zoneId))
    return run(tx)
  })
}

let organisationsMade = 0
async function addTo(world: World, zoneId: string, input: Partial<OrganisationInput>): Promise<string> {
  const order = { name: 'registry.add_organisation', input, at: world.clock.now() }
  const names = { en: `Organisation ${++organisationsMade}` }
  const { output } = await command(world.database, systemCaller(zoneId), order, (done) =>
    addOrganisation(done, systemCaller(zoneId), { names, ...input }),
  )
  return output.id
}

let recordsMade = 0
async function addResultTo(world: World, zoneId: string, input: Partial<z.input<typeof ResultInput>>): Promise<string> {
  const whole = ResultInput.parse({ title: { en: `Result ${++recordsMade}` }, ...input })
  const order = { name: 'registry.add_result', input: whole, at: world.clock.now() }
  const { output } = await command(world.database, systemCaller(zoneId), order, (done) =>
    addResult(done, systemCaller(zoneId), whole),
  )
  return output.id
}

async function addProjectTo(
  world: World,
  zoneId: string,
  input: Partial<ProjectInput> & Pick<ProjectInput, 'participants'>,
): Promise<string> {
  const whole = { title: { en: `Project ${++recordsMade}` }, ...input }
  const order = { name: 'registry.plant_project', input: whole, at: world.clock.now() }
  const { output } = await command(world.database, systemCaller(zoneId), order, (done) =>
    plantProject(done, systemCaller(zoneId), whole),
  )
  return output.id
}

let needsMade = 0
async function addNeedTo(world: World, zoneId: string, { state, ...input }: NeedToAdd): Promise<string> {
  const need: NeedInput = {
    title: { en: `Need ${++needsMade}` },
    problem: { en: 'What nobody but the sponsors may read.' },
    trl: { from: 4, to: 7 },
    targets: [{ quantity: 'Cycle life', unit: 'cycles', now: 90, wanted: 800 }],
    capabilities: [{ name: { zh: '固态电解质', en: 'Solid electrolyte' }, weight: 5, critical: true, levelWanted: 2 }],
    deadline: '2027-06-30',
    ...input,
  }
  const order = { name: 'needs.plant', input: need, at: world.clock.now() }
  const { output } = await command(world.database, systemCaller(zoneId), order, (done) =>
    plantNeed(done, systemCaller(zoneId), need, {
      ...(state ? { state } : {}),
      reasons: [{ code: 'targets_not_measurable' }],
    }),
  )
  return output.id
}

function signedIn(world: World, cookies: Shared['cookies'], who: Who) {
  const entry = cookies.get(who) ?? signIn(world, who)
  cookies.set(who, entry)
  return entry
}

async function signIn(world: World, who: Who) {
  const { id } = await world.accounts.add({ name: who, email: `${who}@consortia.test` })
  return { id, cookie: await world.accounts.openSession(id) }
}

async function putMember(
  tx: Tx,
  {
    zoneId,
    id,
    role,
    organisationId,
    who,
  }: { zoneId: string; id: string; role: Role; organisationId: string | null; who: Who },
) {
  await tx
    .insertInto('membership')
    .values({
      zone_id: zoneId,
      account_id: id,
      role,
      organisation_id: organisationId,
      name: who,
      email: `${who}@consortia.test`,
    })
    .execute()
}
