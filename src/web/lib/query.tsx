import {
  keepPreviousData,
  QueryClient,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { useRef } from 'react'
import type { AnswerOf, ParamsOf } from '#http/contract.ts'
import { type AnyEndpoint, type BodyPart, type CallArgs, call, newKey, type QueryPart } from './client.ts'
import { isRefusal, type Refusal } from './refusal.ts'
import { useSlug } from './zone-slug.ts'

const FRESH_MS = 15_000
const TRIES_MAX = 2

/** One for the page: what was read stays for a while, and a refusal is not asked again. */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: FRESH_MS,
        refetchOnWindowFocus: true,
        retry: (count, error) => isRefusal(error) && error.code === 'offline' && count < TRIES_MAX,
      },
    },
  })
}

type Own<P> = Omit<P, 'zone'>
/** Path parameters but for `zone`, which is the one in the address unless another is named. */
type OwnParams<E> =
  ParamsOf<E> extends infer P
    ? unknown extends P
      ? unknown
      : keyof Own<P> extends never
        ? { params?: { zone?: string } | undefined }
        : { params: Own<P> & { zone?: string } }
    : never

export interface ReadOptions {
  /** False where it is not to be asked yet. */
  enabled?: boolean | undefined
  /** Asks again at this pace, or never where it answers false; for what changes by itself. */
  everyMs?: number | false | undefined
  /** Shows the former answer until the new one is there: for lists whose filters change. */
  keep?: boolean | undefined
}

export type ReadArgs<E> = OwnParams<E> & QueryPart<E> & ReadOptions
type Optional<T> = object extends T ? [args?: T] : [args: T]
interface LooseArgs extends ReadOptions {
  params?: Record<string, string>
  query?: Record<string, unknown>
}

/** Reads from the server and keeps the answer: `useRead(registryApi.organisation, { params: { organisation } })`. */
export function useRead<E extends AnyEndpoint>(
  endpoint: E,
  ...[args]: Optional<ReadArgs<E>>
): UseQueryResult<AnswerOf<E>, Refusal> {
  const slug = useSlug()
  const { params, query, enabled, everyMs, keep } = (args ?? {}) as LooseArgs
  // What no zone changes is kept once, or two pages would disagree on who is signed in and send the reader to and fro.
  const whole = { ...(slug && endpoint.path.includes('{zone}') ? { zone: slug } : {}), ...params }
  return useQuery<AnswerOf<E>, Refusal>({
    queryKey: readKey(endpoint, whole, query),
    queryFn: ({ signal }) => call(endpoint, { params: whole, query, signal } as unknown as CallArgs<E>),
    ...(enabled === undefined ? {} : { enabled }),
    ...(everyMs ? { refetchInterval: everyMs } : {}),
    ...(keep ? { placeholderData: keepPreviousData as never } : {}),
  })
}

/** Under which an answer is kept. */
export const readKey = (endpoint: AnyEndpoint, params?: object, query?: object) => [
  endpoint.path,
  params ?? {},
  query ?? {},
]

export type WriteArgs<E> = OwnParams<E> & QueryPart<E> & BodyPart<E>

export interface Write<E> {
  /** Does it and answers, or throws the Refusal, which stands in `refusal` too. */
  run(...args: Optional<WriteArgs<E>>): Promise<AnswerOf<E>>
  isRunning: boolean
  refusal: Refusal | null
  /** Forgets the refusal. */
  clear(): void
}

/**
 * Writes. Each submission has an idempotency key of its own; the same one again after a lost connection keeps it, so
 * that it is done once. Afterwards whatever is on the screen is read anew, unless the caller leaves this page altogether.
 */
export function useWrite<E extends AnyEndpoint>(endpoint: E, { rereads = true } = {}): Write<E> {
  const slug = useSlug()
  const client = useQueryClient()
  const unanswered = useRef<{ order: string; key: string } | null>(null)
  const mutation = useMutation<AnswerOf<E>, Refusal, LooseArgs>({
    mutationFn: async (args) => {
      const whole = { ...args, params: { ...(slug ? { zone: slug } : {}), ...args.params } }
      const order = JSON.stringify(whole)
      const key = unanswered.current?.order === order ? unanswered.current.key : newKey()
      unanswered.current = { order, key }
      try {
        const answer = await call(endpoint, { ...whole, key } as unknown as CallArgs<E>)
        unanswered.current = null
        return answer
      } catch (error) {
        if (isRefusal(error) && error.code !== 'offline') unanswered.current = null
        throw error
      }
    },
    onSuccess: () => (rereads ? client.invalidateQueries() : undefined),
  })
  return {
    run: (...[args]) => mutation.mutateAsync((args ?? {}) as LooseArgs),
    isRunning: mutation.isPending,
    refusal: mutation.error,
    clear: mutation.reset,
  }
}
