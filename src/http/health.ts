import type { Hono } from 'hono'
import { Fault } from '#kit/fault.ts'
import type { World } from '../world.ts'
import { metrics } from './metrics.ts'

const READY_MS_MAX = 2_000

/** For those who watch the server: it lives, it can serve, and its figures. */
export function mountHealth(app: Hono, world: World): void {
  app.get('/healthz', (context) => context.json({ alive: true }))
  app.get('/readyz', async (context) => {
    if (!(await answersInTime(world.database))) throw databaseSilent()
    return context.json({ ready: true, engine: world.database.engine })
  })
  app.get('/metrics', async (context) =>
    context.text(await metrics.metrics(), 200, { 'content-type': metrics.contentType }),
  )
}

export const databaseSilent = (cause?: unknown) =>
  new Fault(
    'not_ready',
    'The database does not answer.',
    { rule: 'database.silent', tip: 'Try again in a moment.' },
    { cause },
  )

/** Whether the database answers, and soon: one that hangs is as good as gone. */
export async function answersInTime(database: World['database']): Promise<boolean> {
  const late = Promise.withResolvers<boolean>()
  const timer = setTimeout(() => late.resolve(false), READY_MS_MAX)
  try {
    return await Promise.race([database.ready(), late.promise])
  } finally {
    clearTimeout(timer)
  }
}
