import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context, Hono } from 'hono'
import { Fault, type FaultCode } from '#kit/fault.ts'
import type { World } from '../world.ts'
import { ADDRESS_HEADER, SIGN_IN_TRIES_MAX } from './accounts.ts'

const UNKNOWN_ADDRESS = '127.0.0.1'

/** Sign-in and sign-out, by better-auth; its refusals take the shape of ours. */
export function mountSignIn(app: Hono, world: World): void {
  app.on(['GET', 'POST'], '/api/auth/*', async (context) => {
    const request = new Request(context.req.raw)
    request.headers.set(ADDRESS_HEADER, addressOf(context, world.behindProxy))
    const response = await world.accounts.handle(request)
    if (response.status < 400) return response
    throw await refusalOf(response, context)
  })
}

const CODES: Readonly<Record<number, FaultCode>> = {
  400: 'invalid',
  401: 'not_signed_in',
  403: 'forbidden',
  404: 'not_found',
  422: 'invalid',
}

async function refusalOf(response: Response, context: Context): Promise<Error> {
  if (response.status === 429) {
    const seconds = response.headers.get('x-retry-after')
    if (seconds) context.header('Retry-After', seconds)
    return new Fault('too_many', 'There were too many tries.', {
      rule: 'sign_in.too_many',
      limit: SIGN_IN_TRIES_MAX,
      tip: 'Wait a minute and try again.',
    })
  }
  const told = (await response.json().catch(() => ({}))) as { code?: unknown; message?: unknown }
  if (response.status >= 500) return new Error(`The sign-in answered ${response.status}.`)
  const code = CODES[response.status] ?? 'invalid'
  const message = typeof told.message === 'string' ? told.message : 'The sign-in was refused.'
  return new Fault(code, message, typeof told.code === 'string' ? { rule: `sign_in.${told.code.toLowerCase()}` } : {})
}

/**
 * Who asks, by the connection: a header of the client's own would let it try passwords without end. Behind a proxy
 * every connection is the proxy's, so there the address that the proxy adds last counts.
 */
function addressOf(context: Context, behindProxy: boolean): string {
  const passedOn = behindProxy ? context.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() : undefined
  if (passedOn) return passedOn
  try {
    return getConnInfo(context).remote.address ?? UNKNOWN_ADDRESS
  } catch {
    // In-process requests have no connection.
    return UNKNOWN_ADDRESS
  }
}
