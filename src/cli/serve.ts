import { flushCompileCache } from 'node:module'
import { serve } from '@hono/node-server'
import { createApp } from '#http/app.ts'
import { type Mailer, openMailer } from '#http/mailer.ts'
import { Fault } from '#kit/fault.ts'
import { expireInvitations } from '#stages/compose/search-service.ts'
import { startMakingVectors } from '#stages/match/dense-work.ts'
import { startFollowing } from '#stages/match/follow.ts'
import { startExpiring } from '#stages/needs/expiry.ts'
import { startKeepingUp } from '#stages/upkeep.ts'
import { startLooking } from '#stages/watch/look.ts'
import { closeWorld, openServerWorld } from '../open.ts'
import type { Settings } from '../settings.ts'
import type { World } from '../world.ts'
import type { CommandLine } from './commands.ts'
import { seedFirstRun } from './seed.ts'
import { settingsOf } from './session.ts'
import { note, print } from './tell.ts'

/** How long open requests may take to end once the server is told to stop, and how long what is open to be closed then. */
const STOP_MS_MAX = 8_000
const CLOSE_MS_MAX = 30_000
/** npm passes on a signal that the terminal or the system has sent to us as well: that is still the first one. */
const ECHO_MS_MAX = 500
const IDLE_LOOK_MS = 50
const FORCED = 1

type Server = ReturnType<typeof serve>

/** Serves until it is told to stop, and then lets open requests end. */
export async function runServe(line: CommandLine): Promise<void> {
  const settings = settingsOf(line)
  const world = await openServerWorld(settings, process.env)
  try {
    const lines = await seedFirstRun(world, settings)
    await world.jobs.start()
    const mailer = settings.smtpUrl
      ? openMailer({ ...world, smtpUrl: settings.smtpUrl, from: settings.mailFrom })
      : undefined
    const { server, port } = await listen(world, settings, mailer)
    mailer?.start()
    const stopExpiring = startExpiring(world, [expireInvitations])
    const stopLooking = startLooking(world)
    const stopKeepingUp = startKeepingUp(world)
    const stopFollowing = startFollowing(world)
    const stopMaking = startMakingVectors(world)
    stopOnSignals(server, async () => {
      await mailer?.stop()
      await stopExpiring()
      await stopLooking()
      await stopKeepingUp()
      await stopFollowing()
      await stopMaking()
      await closeWorld(world)
    })
    const url = `http://${isEverywhere(settings.host) ? 'localhost' : settings.host}:${port}`
    flushCompileCache()
    print(line, { url }, ['', `  Consortia 联合体  ${url}`, ...lines, ''].join('\n'))
  } catch (error) {
    await closeWorld(world)
    throw error
  }
}

const isEverywhere = (host: string) => host === '0.0.0.0' || host === '::'

function listen(
  world: World,
  { host, port }: Settings,
  mailer: Mailer | undefined,
): Promise<{ server: Server; port: number }> {
  const app = createApp(world)
  const fetch: typeof app.fetch = async (request, environment, context) => {
    const response = await app.fetch(request, environment, context)
    if (request.method !== 'GET') mailer?.nudge()
    return response
  }
  return new Promise((resolve, reject) => {
    const server = serve({ fetch, hostname: host, port }, (address) => resolve({ server, port: address.port }))
    server.once('error', (cause: NodeJS.ErrnoException) => reject(refuseAddress(cause, host, port)))
  })
}

function refuseAddress(cause: NodeJS.ErrnoException, host: string, port: number): Fault {
  const taken = cause.code === 'EADDRINUSE'
  return new Fault(
    taken ? 'already_running' : 'not_ready',
    `The server can't listen on ${host}:${port}${taken ? ', since something else does' : ` (${cause.code})`}.`,
    {
      rule: taken ? 'port.taken' : 'port.closed',
      tip: 'Set PORT to a free port, or HOST to an address of this machine.',
    },
    { cause },
  )
}

/** The first signal lets open requests end and closes what is open; the second ends the process at once. */
function stopOnSignals(server: Server, close: () => Promise<void>): void {
  let stoppingSince: number | undefined
  const stop = () => {
    if (stoppingSince !== undefined) {
      if (performance.now() - stoppingSince > ECHO_MS_MAX) process.exit(FORCED)
      return
    }
    stoppingSince = performance.now()
    const cut = cutOffAfter(STOP_MS_MAX, 'Some requests did not end in time and were cut off.')
    server.close(() => {
      clearTimeout(cut)
      cutOffAfter(CLOSE_MS_MAX, 'What was open could not be closed in time.')
      close().then(
        () => process.exit(0),
        (error: unknown) => {
          note(String(error))
          process.exit(FORCED)
        },
      )
    })
    // A connection whose last request has ended may stay open for the next; there is none.
    if ('closeIdleConnections' in server) setInterval(() => server.closeIdleConnections(), IDLE_LOOK_MS).unref()
  }
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, stop)
}

function cutOffAfter(ms: number, why: string): NodeJS.Timeout {
  return setTimeout(() => {
    note(why)
    process.exit(FORCED)
  }, ms).unref()
}
