import { serve } from '@hono/node-server'
import { createApp } from '#http/app.ts'
import { closeWorld, openServerWorld } from '../open.ts'
import { readSettings } from '../settings.ts'
import type { ShellCommand } from './commands.ts'
import { seedFirstRun } from './seed.ts'

const STOP_MS_MAX = 8_000

/** Serves until it is told to stop, and then lets open requests end. */
export const serveCommand: ShellCommand = {
  name: 'serve',
  usage: 'consortia serve [--data DIR]',
  summary: 'Serve the web and the API. HOST, PORT, CONSORTIA_DATA and DATABASE_URL are respected.',
  options: { data: { type: 'string' } },
  async run({ values }) {
    const settings = readSettings(process.env, { data: values.data as string | undefined })
    const world = await openServerWorld(settings, process.env)
    const lines = await seedFirstRun(world, settings)
    await world.jobs.start()
    const server = serve({ fetch: createApp(world).fetch, hostname: settings.host, port: settings.port }, ({ port }) => {
      const host = settings.host === '0.0.0.0' ? 'localhost' : settings.host
      process.stdout.write(`${['', `  Consortia 联合体  http://${host}:${port}`, ...lines, ''].join('\n')}\n`)
    })
    server.on('error', (error) => {
      process.stderr.write(`The server can't listen on ${settings.host}:${settings.port}: ${error.message}\n`)
      process.exit(1)
    })

    let stopping = false
    const stop = () => {
      if (stopping) return
      stopping = true
      const forced = setTimeout(() => process.exit(1), STOP_MS_MAX)
      forced.unref()
      server.close(async () => {
        await closeWorld(world)
        process.exit(0)
      })
      if ('closeIdleConnections' in server) server.closeIdleConnections()
    }
    process.on('SIGTERM', stop)
    process.on('SIGINT', stop)
  },
}
