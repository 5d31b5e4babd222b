import { pino } from 'pino'
import { readAs } from '#db/caller.ts'
import { callerIn } from '#http/caller.ts'
import { Fault } from '#kit/fault.ts'
import { NIL_ID } from '#kit/ids.ts'
import { type Caller, operatorCaller } from '#stages/caller.ts'
import { startZone } from '#stages/house/service.ts'
import { closeWorld, openServerWorld } from '../open.ts'
import { readSettings, type Settings } from '../settings.ts'
import type { World } from '../world.ts'
import type { CommandLine } from './commands.ts'
import { note } from './tell.ts'

/** A command at work in a zone. */
export interface Session {
  world: World
  /** The account of `--as EMAIL` with its role in the zone, or the local operator. */
  caller: Caller
  zone: ZoneName
}

export interface ZoneName {
  id: string
  slug: string
}

export interface SessionOptions {
  /** Whether long work is done here, as a server would. */
  jobs?: boolean
  /** Starts a first zone where there is none yet, for commands that bring the first records. */
  mayStartZone?: boolean
}

const FIRST_SLUG = 'home'
const FIRST_NAME = { zh: '本园区', en: 'Home zone' }
const STDERR = 2

export function settingsOf({ values }: CommandLine): Settings {
  return readSettings(process.env, { data: values.data as string | undefined })
}

/**
 * Opens the data that the command line names, without serving it, does the work and closes it again whatever happens.
 * @throws Fault `data_folder_held` while a server or another command works on an embedded database
 */
export async function inWorld<T>(line: CommandLine, run: (world: World) => Promise<T>, jobs = false): Promise<T> {
  const settings = { ...settingsOf(line), logLevel: process.env.LOG_LEVEL ?? 'error' }
  const world = await openServerWorld(settings, process.env, pino.destination({ dest: STDERR, sync: true }))
  try {
    if (jobs) await world.jobs.start()
    return await run(world)
  } finally {
    await closeWorld(world)
  }
}

/** Does a command's work in the zone of `--zone`, as the account of `--as`. */
export async function inZone<T>(
  line: CommandLine,
  run: (session: Session) => Promise<T>,
  { jobs = false, mayStartZone = false }: SessionOptions = {},
): Promise<T> {
  return inWorld(
    line,
    async (world) => {
      const { zone: slug, as: email } = line.values as Record<string, string | undefined>
      const zone = await chooseZone(world, slug, mayStartZone && email === undefined)
      return run({ world, zone, caller: await chooseCaller(world, zone, email) })
    },
    jobs,
  )
}

/** Every zone of this server, by slug. */
export async function listZones({ database }: Pick<World, 'database'>): Promise<ZoneName[]> {
  const stranger = { zoneId: NIL_ID, accountId: null, role: 'stranger', organisationId: null }
  return readAs(database, stranger, (tx) => tx.selectFrom('zone').select(['id', 'slug']).orderBy('slug').execute())
}

async function chooseZone(world: World, slug: string | undefined, mayStart: boolean): Promise<ZoneName> {
  const zones = await listZones(world)
  if (zones.length === 0 && mayStart) return startFirstZone(world, slug ?? FIRST_SLUG)
  if (zones.length === 0)
    throw new Fault('not_found', 'There is no zone here yet.', {
      rule: 'zone.none',
      tip: 'Start the server, or import something: the first import starts a zone.',
    })
  const slugs = zones.map((zone) => zone.slug).join(', ')
  if (slug === undefined && zones.length > 1)
    throw new Fault('invalid', 'There are several zones here.', {
      rule: 'zone.several',
      tip: `--zone takes one of: ${slugs}`,
    })
  const chosen = slug === undefined ? zones[0] : zones.find((zone) => zone.slug === slug)
  if (!chosen)
    throw new Fault('not_found', `There is no zone ${slug} here.`, {
      rule: 'zone.unknown',
      tip: `--zone takes one of: ${slugs}`,
    })
  return chosen
}

async function startFirstZone(world: World, slug: string): Promise<ZoneName> {
  const { id } = await startZone(world, {
    slug,
    name: FIRST_NAME,
    country: 'CN',
    timeZone: 'Asia/Shanghai',
    currency: 'CNY',
  })
  note(`There was no zone here, so the zone ${slug} was started. This lets somebody sign in to it:`)
  note('  consortia members add EMAIL --name NAME --role administrator')
  return { id, slug }
}

async function chooseCaller(world: World, zone: ZoneName, email: string | undefined): Promise<Caller> {
  if (email === undefined) return operatorCaller(zone.id)
  const account = await world.accounts.find(email)
  if (!account)
    throw new Fault('not_found', `There is no account of ${email}.`, {
      rule: 'account.unknown',
      tip: 'Leave --as out to act as the local operator.',
    })
  return callerIn(world.database, zone.slug, account.id)
}
