import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context, Hono } from 'hono'
import type { World } from '../world.ts'
import { ADDRESS_HEADER } from './accounts.ts'

const UNKNOWN_ADDRESS = '127.0.0.1'

/** Sign-in and sign-out, as better-auth answers them. It is told who asks by the connection, never by a header of the client's. */
export function mountSignIn(app: Hono, world: World): void {
  app.on(['GET', 'POST'], '/api/auth/*', (context) => {
    const request = new Request(context.req.raw)
    request.headers.set(ADDRESS_HEADER, addressOf(context))
    return world.accounts.handle(request)
  })
}

function addressOf(context: Context): string {
  try {
    return getConnInfo(context).remote.address ?? UNKNOWN_ADDRESS
  } catch {
    // In-process requests have no connection.
    return UNKNOWN_ADDRESS
  }
}
