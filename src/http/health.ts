import type { Hono } from 'hono'
import { Fault } from '#kit/fault.ts'
import type { World } from '../world.ts'
import { metrics } from './metrics.ts'

/** For those who watch the server: it lives, it can serve, and its figures. */
export function mountHealth(app: Hono, world: World): void {
  app.get('/healthz', (context) => context.json({ alive: true }))
  app.get('/readyz', async (context) => {
    if (!(await world.database.ready()))
      throw new Fault('not_ready', 'The database does not answer.', { rule: 'database.silent' })
    return context.json({ ready: true, engine: world.database.engine })
  })
  app.get('/metrics', async (context) =>
    context.text(await metrics.metrics(), 200, { 'content-type': metrics.contentType }),
  )
}
