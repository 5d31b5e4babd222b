import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { Fault } from '#kit/fault.ts'
import {
  checkVectors,
  cutText,
  type EmbedAsked,
  type Embedder,
  embedderFault,
  isPatient,
  PASSAGES_MS_MAX,
  QUERY_MS_MAX,
  TEXTS_AT_ONCE_MAX,
} from './embedder.ts'

export interface EndpointSettings {
  /** The address below which `/embeddings` answers, such as `https://api.example.org/v1`. */
  base: string
  model: string
  key: string | undefined
  /** What the model wants before a query and before a passage. */
  prefixes: { query: string; passage: string }
  mayReadPrivate: boolean
  /** How long a reader waits for a query's vector; `QUERY_MS_MAX` where nothing is said. */
  queryMsMax?: number
}

export const ANSWER_BYTES_MAX = 16_000_000
/** Passages are asked for so many times; a query once, since somebody waits for it. */
const TRIES_MAX = 3
const WAIT_MS = 250
const WAIT_MS_MAX = 5_000

const Answer = z.object({
  data: z.array(z.object({ index: z.int().min(0), embedding: z.array(z.number()) })).max(TEXTS_AT_ONCE_MAX),
})

/** Asks an endpoint that speaks OpenAI's form: `POST {base}/embeddings {model, input}`. No redirect is followed. */
export function openEndpoint({
  base,
  model,
  key,
  prefixes,
  mayReadPrivate,
  queryMsMax = QUERY_MS_MAX,
}: EndpointSettings): Embedder {
  const address = `${base.replace(/\/+$/, '')}/embeddings`
  const stopped = new AbortController()
  let dimensions: number | null = null

  async function askOnce(input: readonly string[], signal: AbortSignal): Promise<Float32Array[]> {
    const response = await fetch(address, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': 'application/json', ...(key ? { authorization: `Bearer ${key}` } : {}) },
      body: JSON.stringify({ model, input }),
      signal,
    })
    if (!response.ok) throw await refusalOf(response)
    const { data } = readAnswer(await readBounded(response))
    const vectors = data.toSorted((a, b) => a.index - b.index).map(({ embedding }) => embedding)
    const checked = checkVectors(vectors, { count: input.length, dimensions })
    dimensions = checked[0]?.length ?? dimensions
    return checked
  }

  async function ask(input: readonly string[], asked: EmbedAsked): Promise<Float32Array[]> {
    const given = asked.signal
    const tries = isPatient(asked) ? TRIES_MAX : 1
    for (let tried = 1; ; tried += 1) {
      const late = AbortSignal.timeout(isPatient(asked) ? PASSAGES_MS_MAX : queryMsMax)
      const signals = [late, stopped.signal, ...(given ? [given] : [])]
      try {
        return await askOnce(input, AbortSignal.any(signals))
      } catch (error) {
        given?.throwIfAborted()
        const fault = faultOf(error, late)
        if (tried >= tries || !(error instanceof Passing || fault.details.rule === 'embedder.unreachable')) throw fault
        const wished = error instanceof Passing ? error.waitMs : undefined
        // A wait that is cut short ends in the next try, which then says why.
        const signal = AbortSignal.any(signals.slice(1))
        await wait(Math.min(wished ?? WAIT_MS * 2 ** tried, WAIT_MS_MAX), undefined, { signal }).catch(() => undefined)
      }
    }
  }

  return {
    model: [model, prefixes.query, prefixes.passage].filter(Boolean).join(' · '),
    get dimensions() {
      return dimensions
    },
    mayReadPrivate,
    async embed(texts, asked) {
      const vectors: Float32Array[] = []
      for (let at = 0; at < texts.length; at += TEXTS_AT_ONCE_MAX) {
        const input = texts.slice(at, at + TEXTS_AT_ONCE_MAX).map((text) => cutText(text, prefixes[asked.kind]))
        vectors.push(...(await ask(input, asked)))
      }
      return vectors
    },
    stop: async () => stopped.abort(),
  }
}

/** A refusal that may be over when it is asked again. */
class Passing extends Error {
  readonly fault: Fault
  readonly waitMs: number | undefined
  constructor(fault: Fault, waitMs: number | undefined) {
    super(fault.message)
    this.fault = fault
    this.waitMs = waitMs
  }
}

const TOO_MANY = 429
const SERVER_ERROR = 500

async function refusalOf(response: Response): Promise<Error> {
  await response.body?.cancel()
  const { status } = response
  if (status >= 300 && status < 400)
    return embedderFault('embedder.redirect', `The endpoint wants to send on to another address (${status}).`)
  const fault = embedderFault('embedder.refused', `The endpoint refuses with ${status}.`)
  if (status !== TOO_MANY && status < SERVER_ERROR) return fault
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN)
  return new Passing(fault, Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined)
}

function faultOf(error: unknown, late: AbortSignal): Fault {
  if (error instanceof Fault) return error
  if (error instanceof Passing) return error.fault
  if (late.aborted) return embedderFault('embedder.slow', 'The endpoint takes too long to answer.', error)
  return embedderFault('embedder.unreachable', 'The endpoint can’t be reached.', error)
}

async function readBounded(response: Response): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let bytes = 0
  for await (const part of response.body ?? []) {
    bytes += part.length
    if (bytes > ANSWER_BYTES_MAX)
      throw embedderFault('embedder.too_large', 'The endpoint’s answer is larger than an answer may be.')
    parts.push(part)
  }
  return Buffer.concat(parts)
}

function readAnswer(bytes: Uint8Array): z.output<typeof Answer> {
  try {
    return Answer.parse(JSON.parse(new TextDecoder().decode(bytes)))
  } catch (cause) {
    throw embedderFault('embedder.answer', 'The endpoint answers something else than vectors.', cause)
  }
}
