import type { Context, Hono } from 'hono'
import { readAs } from '#db/caller.ts'
import { type Command, command } from '#db/command.ts'
import type { Tx } from '#db/db.ts'
import { Fault } from '#kit/fault.ts'
import type { Caller } from '#stages/caller.ts'
import type { World } from '../world.ts'
import { callerOf } from './caller.ts'
import type { AnswerOf, Api, BodyOf, Endpoint, ParamsOf, QueryOf } from './contract.ts'
import { parse, readJson, storable } from './valid.ts'

/** What a handler is given: who asks, what for, and the transaction in which it reads or writes. */
export interface Ask<E> {
  world: World
  caller: Caller
  params: ParamsOf<E>
  query: QueryOf<E>
  body: BodyOf<E>
}

export type Read<E> = (tx: Tx, ask: Ask<E>) => Promise<AnswerOf<E>>
export type Write<E> = (command: Command, ask: Ask<E>) => Promise<AnswerOf<E>>
/** Opens its own transactions: for files, streams and long computations, which must not hold one. */
export type Open<E> = (ask: Ask<E>, context: Context) => Promise<AnswerOf<E> | Response>

export type Handler<E> = { read: Read<E> } | { write: Write<E> } | { open: Open<E> }
export type Handlers<A extends Api> = { [Name in keyof A]: Handler<A[Name]> }

export const read = <E>(run: Read<E>) => ({ read: run })
export const write = <E>(run: Write<E>) => ({ write: run })
export const open = <E>(run: Open<E>) => ({ open: run })

/** Mounts a stage: each endpoint of its api with the handler of the same name. */
export function serve<A extends Api>(app: Hono, world: World, api: A, handlers: Handlers<A>): void {
  for (const name of Object.keys(api) as (keyof A & string)[]) {
    const endpoint = api[name]!
    const handler = handlers[name] as Handler<Endpoint>
    const path = `/api${endpoint.path.replaceAll(/\{(\w+)\}/g, ':$1')}`
    app.on(endpoint.method.toUpperCase(), path, (context) => answer(world, endpoint, handler, context))
  }
}

async function answer(
  world: World,
  endpoint: Endpoint,
  handler: Handler<Endpoint>,
  context: Context,
): Promise<Response> {
  const caller = await callerOf(world, context)
  admit(endpoint, caller)
  const ask = {
    world,
    caller,
    params: cleaned(context.req.param()) as Ask<Endpoint>['params'],
    query: (endpoint.query ? parse(endpoint.query, cleaned(context.req.query()), 'query') : undefined) as never,
    body: (endpoint.body ? parse(endpoint.body, await readJson(context), 'body') : undefined) as never,
  }
  const status = endpoint.status ?? 200
  if ('open' in handler) return reply(context, await handler.open(ask, context), status)
  if ('read' in handler)
    return reply(context, await readAs(world.database, caller, (tx) => handler.read(tx, ask)), status)

  const rehearse = context.req.query('rehearse') === 'true'
  const key = context.req.header('idempotency-key')
  const order = {
    name: endpoint.command ?? `${endpoint.method} ${endpoint.path}`,
    input: { params: ask.params, query: ask.query ?? null, body: ask.body ?? null },
    key,
    rehearse,
    at: world.clock.now(),
  }
  const { output, replayed } = await command(world.database, caller, order, (done) => handler.write(done, ask))
  if (replayed) context.header('Idempotency-Hit', 'true')
  return reply(context, output, replayed || rehearse ? 200 : status)
}

const cleaned = (texts: Record<string, string>) =>
  Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, storable(text)]))

/** Refuses by role alone: a stranger is asked to sign in, a member is told that the role does not reach. */
export function admit(endpoint: Pick<Endpoint, 'may'>, caller: Caller): void {
  if (endpoint.may(caller)) return
  if (!caller.signedIn)
    throw new Fault('not_signed_in', 'This needs a sign-in.', { rule: 'access.sign_in', tip: 'Sign in and try again.' })
  throw new Fault('forbidden', 'Your role in this zone does not allow this.', {
    rule: 'access.role',
    tip: 'Ask an administrator of the zone for the role that does.',
  })
}

function reply(context: Context, output: unknown, status: number): Response {
  if (output instanceof Response) return output
  if (status === 204 || output === undefined) return context.body(null, 204)
  return context.json(output as never, status as never)
}
