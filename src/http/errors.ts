import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { FAULT_STATUS, Fault, type FaultCode } from '#kit/fault.ts'
import type { World } from '../world.ts'
import { requestIdOf } from './guard.ts'
import { answersInTime, databaseSilent } from './health.ts'

/** A refusal on the wire. */
export interface Refusal {
  code: FaultCode | 'internal'
  message: string
  requestId: string
  rule?: string
  limit?: number | string
  tip?: string
  issues?: readonly { path: string; rule: string; limit?: number | string }[]
  now?: unknown
}

/** Words a refusal; anything else is a bug, which is logged whole and told as nothing but its request id. */
export async function answerError(world: World, error: unknown, context: Context): Promise<Response> {
  const requestId = requestIdOf(context)
  const fault = faultOf(error) ?? (await lostDatabase(world, error))
  if (fault) {
    const refusal: Refusal = { code: fault.code, message: fault.message, requestId, ...fault.details }
    return context.json(refusal, FAULT_STATUS[fault.code])
  }
  world.log.error({ requestId, err: error }, 'A request met a bug.')
  const refusal: Refusal = {
    code: 'internal',
    message: 'The server met an error of its own. It is in the log.',
    requestId,
  }
  return context.json(refusal, 500)
}

/** The server is shutting down, starting up or out of reach, and connections that broke off. */
const LOST_CODES = ['57P01', '57P02', '57P03', '53300', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOTFOUND']

/** What the libraries below throw for the caller's own mistakes becomes a Fault like ours. */
function faultOf(error: unknown): Fault | undefined {
  if (error instanceof Fault) return error
  if (error instanceof HTTPException && error.status === 413) return new Fault('too_large', 'The body is too large.')
  if (error instanceof HTTPException && error.status < 500) return new Fault('unreadable', error.message)
  const code = (error as { code?: unknown } | null)?.code
  // A malformed id in a path is an address at which there is nothing.
  if (code === '22P02') return new Fault('not_found', 'There is nothing of this id here.', { rule: 'id.unknown' })
  if (code === '42501') return new Fault('forbidden', 'This record is not yours to change.', { rule: 'access.record' })
  if (code === 'ENOSPC' || code === '53100')
    return new Fault('not_ready', 'The server’s disk is full.', { rule: 'disk.full' }, { cause: error })
  return undefined
}

/** A connection that breaks off in mid-query has no code, so the database itself is asked whether it is still there. */
async function lostDatabase(world: World, error: unknown): Promise<Fault | undefined> {
  const code = String((error as { code?: unknown } | null)?.code)
  if (!LOST_CODES.includes(code) && (await answersInTime(world.database))) return undefined
  world.log.error({ err: error, part: 'database' }, 'The database does not answer.')
  return databaseSilent(error)
}
