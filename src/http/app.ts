import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { Fault } from '#kit/fault.ts'
import { mountStages } from '#stages/stages.ts'
import type { World } from '../world.ts'
import { answerError } from './errors.ts'
import { guardHost, guardOrigin, logRequests, refuseCaching, setHeaders } from './guard.ts'
import { mountHealth } from './health.ts'
import { mountOpenApi } from './openapi.ts'
import { mountSignIn } from './sign-in.ts'
import { mountWeb } from './web.ts'

export const JSON_BYTES_MAX = 1_000_000

/** The whole server as one function from request to answer; the tests call it as it is. */
export function createApp(world: World): Hono {
  const app = new Hono()
  app.onError((error, context) => answerError(world, error, context))
  app.notFound((context) =>
    answerError(
      world,
      new Fault('not_found', 'There is nothing at this address.', { rule: 'address.unknown' }),
      context,
    ),
  )
  app.use(logRequests(world))
  app.use(setHeaders(world))
  app.use(guardHost(world))
  app.use('/api/*', refuseCaching)
  app.use('/api/*', guardOrigin(world))
  app.use('/api/*', limitJson)
  mountHealth(app, world)
  mountSignIn(app, world)
  mountOpenApi(app)
  mountStages(app, world)
  app.all('/api/*', (context) =>
    answerError(
      world,
      new Fault('not_found', 'There is nothing at this address.', { rule: 'address.unknown' }),
      context,
    ),
  )
  mountWeb(app)
  return app
}

const limitBody = bodyLimit({
  maxSize: JSON_BYTES_MAX,
  onError: () => {
    throw new Fault('too_large', 'The body is too large.', { rule: 'body.bytes', limit: JSON_BYTES_MAX })
  },
})

/** Files stream to disk under their own, larger bound; everything else is small. */
const limitJson: typeof limitBody = (context, next) =>
  context.req.header('content-type') === 'application/octet-stream' ? next() : limitBody(context, next)
