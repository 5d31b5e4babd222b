import { randomBytes } from 'node:crypto'
import type { Context, MiddlewareHandler } from 'hono'
import { NONCE, secureHeaders } from 'hono/secure-headers'
import { Fault } from '#kit/fault.ts'
import type { World } from '../world.ts'
import { countRequest } from './metrics.ts'

const REQUEST_ID = 'requestId'

export function requestIdOf(context: Context): string {
  return (context.get(REQUEST_ID) as string | undefined) ?? 'none'
}

/** One line a request: what, how long, how it ended. No query, no body, no name, no address of a person. */
export function logRequests(world: World): MiddlewareHandler {
  return async (context, next) => {
    const requestId = randomBytes(8).toString('hex')
    context.set(REQUEST_ID, requestId)
    context.header('X-Request-Id', requestId)
    const started = performance.now()
    await next()
    const seconds = (performance.now() - started) / 1000
    const { method, routePath } = context.req as typeof context.req & { routePath: string }
    countRequest(method, context.res.status, seconds)
    if (context.req.path.startsWith('/assets/')) return
    world.log.info(
      { requestId, method, route: routePath, status: context.res.status, ms: Math.round(seconds * 1000) },
      'request',
    )
  }
}

const POLICY = 'content-security-policy'

/** Our pages' policy on every answer, but for one that brings a stricter policy of its own: a file to save. */
export function setHeaders(world: World): MiddlewareHandler {
  const secure = pageHeaders(world)
  return async (context, next) => {
    let own: string | null = null
    await secure(context, async () => {
      await next()
      own = context.res.headers.get(POLICY)
    })
    if (own !== null) context.res.headers.set(POLICY, own)
  }
}

function pageHeaders(world: World): MiddlewareHandler {
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'self'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'", NONCE],
      styleSrcAttr: ["'none'"],
      imgSrc: ["'self'", 'data:', 'blob:'],
      connectSrc: ["'self'"],
      objectSrc: ["'none'"],
      frameAncestors: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
    },
    referrerPolicy: 'same-origin',
    strictTransportSecurity: world.origin.startsWith('https:') ? 'max-age=31536000' : false,
  })
}

/** What the API answers is its caller's alone and of this moment: no cache, the browser's own included, keeps it. */
export const refuseCaching: MiddlewareHandler = async (context, next) => {
  await next()
  if (!context.res.headers.get('cache-control')?.includes('no-store'))
    context.res.headers.set('cache-control', 'private, no-store')
}

const SAFE = ['GET', 'HEAD', 'OPTIONS']

/**
 * A request must name a host that is this server's. Any page can let a name of its own point to this machine or network
 * (DNS rebinding), and what the browser then sends and reads would count as that page's own. A plain address can't be
 * pointed elsewhere, and a name without a dot, or under `.local` or `.localhost`, is nobody's outside the network.
 */
export function guardHost(world: World): MiddlewareHandler {
  const named = new Set([new URL(world.origin).hostname, ...world.hosts].map((name) => name.toLowerCase()))
  return async (context, next) => {
    const host = hostOf(context)
    if (host === undefined || !(named.has(host) || isOfNetwork(host)))
      throw new Fault('foreign_origin', 'This server does not go by that name.', {
        rule: 'host.unknown',
        tip: 'Set CONSORTIA_ORIGIN to the address that people use, or add its name to CONSORTIA_HOSTS.',
      })
    await next()
  }
}

/** The name that the request was sent to, without its port, as URLs have it. */
function hostOf(context: Context): string | undefined {
  const said = context.req.header('host')
  const url = said === undefined ? context.req.url : `http://${said}`
  return URL.canParse(url) ? new URL(url).hostname : undefined
}

const ADDRESS = /^(\d{1,3}(\.\d{1,3}){3}|\[[0-9a-f:.]+\])$/
const isOfNetwork = (host: string) =>
  ADDRESS.test(host) || !host.includes('.') || host.endsWith('.localhost') || host.endsWith('.local')

/** A write that carries a cookie must come from our own pages. */
export function guardOrigin(world: World): MiddlewareHandler {
  return async (context, next) => {
    if (!SAFE.includes(context.req.method) && context.req.header('cookie')) {
      const origin = context.req.header('origin')
      if (origin === undefined || !isOurs(world, context, origin))
        throw new Fault('foreign_origin', 'This write comes from another site.', { rule: 'origin.foreign' })
    }
    await next()
  }
}

/** The server may be reached under several names (127.0.0.1, localhost, a host in the network): the request's own counts. */
function isOurs(world: World, context: Context, origin: string): boolean {
  if (origin === world.origin) return true
  const host = context.req.header('host')
  return host !== undefined && (origin === `http://${host}` || origin === `https://${host}`)
}
