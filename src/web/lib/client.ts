import type { AnswerOf, BodySent, Endpoint, ParamsOf, QuerySent } from '#http/contract.ts'
import { Refusal } from './refusal.ts'

// biome-ignore lint/suspicious/noExplicitAny: a bound for inference; each schema's own type is what is used
type AnySchema = any
export type AnyEndpoint = Endpoint<string, AnySchema, AnySchema, AnySchema>

/** A part of a request: absent where the endpoint has none, optional where all of its fields are. */
type Part<Name extends string, T> = unknown extends T
  ? unknown
  : [T] extends [undefined]
    ? unknown
    : object extends T
      ? { [K in Name]?: T | undefined }
      : { [K in Name]: T }

export type ParamsPart<E> = Part<'params', ParamsOf<E>>
export type QueryPart<E> = Part<'query', QuerySent<E>>
export type BodyPart<E> = Part<'body', BodySent<E>>

export type CallArgs<E> = ParamsPart<E> &
  QueryPart<E> &
  BodyPart<E> & {
    /** The idempotency key of a write: the same key twice does the thing once. */
    key?: string | undefined
    signal?: AbortSignal | undefined
    /** Tells what a write would answer, and leaves everything as it is. */
    rehearse?: boolean | undefined
  }

type Optional<T> = object extends T ? [args?: T] : [args: T]

interface LooseArgs {
  params?: Record<string, string>
  query?: Record<string, unknown>
  body?: unknown
  key?: string
  signal?: AbortSignal
  rehearse?: boolean
}

/**
 * Asks the server: `call(registryApi.organisation, { params: { zone, organisation } })`.
 * @throws Refusal where the server says no, and where it can't be reached (`offline`)
 */
export async function call<E extends AnyEndpoint>(endpoint: E, ...[args]: Optional<CallArgs<E>>): Promise<AnswerOf<E>> {
  const { params, query, body, key, signal, rehearse } = (args ?? {}) as LooseArgs
  const headers: Record<string, string> = { accept: 'application/json' }
  if (body !== undefined) headers['content-type'] = 'application/json'
  if (key) headers['idempotency-key'] = key
  const response = await send(addressOf(endpoint, params, rehearse ? { ...query, rehearse: 'true' } : query), {
    method: endpoint.method.toUpperCase(),
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
  })
  return (await answerOf(response)) as AnswerOf<E>
}

/** The address of a file that the server makes: an export, a document, refused rows. For `<a href download>`. */
export function downloadAddress<E extends AnyEndpoint>(
  endpoint: E,
  ...[args]: Optional<ParamsPart<E> & QueryPart<E>>
): string {
  const { params, query } = (args ?? {}) as LooseArgs
  return addressOf(endpoint, params, query)
}

export interface Upload {
  file: Blob
  /** Sent percent-encoded in `X-File-Name`. */
  name: string
  key?: string | undefined
  signal?: AbortSignal | undefined
  /** Bytes sent so far and in all. */
  onProgress?: ((sent: number, total: number) => void) | undefined
}

/** Sends a file as the request's body, as `application/octet-stream`. @throws Refusal */
export function upload<E extends AnyEndpoint>(
  endpoint: E,
  args: ParamsPart<E> & QueryPart<E> & Upload,
): Promise<AnswerOf<E>> {
  const { params, query, file, name, key, signal, onProgress } = args as unknown as LooseArgs & Upload
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open(endpoint.method.toUpperCase(), addressOf(endpoint, params, query))
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.setRequestHeader('x-file-name', encodeURIComponent(name))
    if (key) request.setRequestHeader('idempotency-key', key)
    request.upload.onprogress = (event) => onProgress?.(event.loaded, event.total)
    request.onerror = () => reject(Refusal.offline())
    request.onabort = () => reject(Refusal.cancelled())
    request.onload = () => {
      const answer = readText(request.responseText)
      if (request.status < 400) resolve(answer as AnswerOf<E>)
      else reject(Refusal.from(request.status, answer))
    }
    signal?.addEventListener('abort', () => request.abort(), { once: true })
    request.send(file)
  })
}

/** Asks the sign-in part of the server, which is not described by endpoints. @throws Refusal */
export async function callSignIn(path: string, body: object): Promise<unknown> {
  const response = await send(`/api/auth${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return answerOf(response)
}

async function send(address: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(address, { ...init, credentials: 'same-origin' })
  } catch (error) {
    if (init.signal?.aborted) throw error
    throw Refusal.offline()
  }
}

async function answerOf(response: Response): Promise<unknown> {
  const answer = readText(await response.text())
  if (!response.ok) throw Refusal.from(response.status, answer)
  return answer
}

function readText(text: string): unknown {
  if (!text) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function addressOf(
  endpoint: AnyEndpoint,
  params: Record<string, string> = {},
  query: Record<string, unknown> = {},
): string {
  const path = endpoint.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query))
    if (value !== undefined && value !== null && value !== '') search.set(name, String(value))
  return `/api${path}${search.size ? `?${search}` : ''}`
}

const KEY_BYTES = 16

/** A new idempotency key. Works without a secure context too, where `crypto.randomUUID` is missing. */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(KEY_BYTES)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('')
}
