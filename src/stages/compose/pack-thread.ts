import { Worker } from 'node:worker_threads'
import type { TeamRule } from '#engines/cover/model.ts'
import { Fault } from '#kit/fault.ts'
import { conditionsOfPacks, type PackConditions, type PacksAsked } from './pack-rules.ts'

/** So many candidates times packs are done before a thread has started. */
const INLINE_CANDIDATES_MAX = 1_500
const COMPILE_SECONDS_MAX = 30
const HEAP_MEGABYTES_MAX = 1_024

export interface PackTask {
  asked: PacksAsked
  ids: readonly string[]
  waived: readonly string[]
}

/** A rule with its candidates by their place among `ids`: a tenth of the bytes, which the server's thread has to read. */
export type PlacedRule =
  | { form: 'sum'; rule: Omit<Extract<TeamRule, { form: 'sum' }>, 'amounts'>; at: Int32Array; amounts: Float64Array }
  | {
      form: 'distinct'
      rule: Omit<Extract<TeamRule, { form: 'distinct' }>, 'groups'>
      at: Int32Array
      groups: string[]
      of: Int32Array
    }

export type PackMessage =
  | { rules: PlacedRule[]; rowsOf: PackConditions['rowsOf']; leads: Int32Array | null }
  | { refused: ConstructorParameters<typeof Fault> }

export interface CompileWatch {
  signal?: AbortSignal
  secondsMax?: number
  /** From so many candidates times packs on it is done in a thread. */
  inlineMax?: number
}

/**
 * `conditionsOfPacks` away from the server's own thread where the candidates are many; a cancel ends it.
 *
 * @throws Fault `cancelled`, `out_of_time`, or what a pack refuses; a plain Error where the thread crashed
 */
export async function compilePacks(task: PackTask, watch: CompileWatch = {}): Promise<PackConditions> {
  const { signal, secondsMax = COMPILE_SECONDS_MAX, inlineMax = INLINE_CANDIDATES_MAX } = watch
  const { asked, ids, waived } = task
  if (ids.length * asked.packs.length <= inlineMax) return conditionsOfPacks(asked, ids, waived)
  if (signal?.aborted) throw cancelled()
  const worker = new Worker(new URL('./pack-worker.ts', import.meta.url), {
    workerData: task,
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MEGABYTES_MAX },
  })
  const { promise, resolve, reject } = Promise.withResolvers<PackMessage>()
  const cancel = () => reject(cancelled())
  const timer = setTimeout(() => reject(overran(secondsMax)), secondsMax * 1000)
  signal?.addEventListener('abort', cancel, { once: true })
  worker.on('message', resolve)
  worker.on('error', reject)
  worker.on('exit', (code) => reject(new Error(`The thread for rules ended with code ${code} and no answer.`)))
  try {
    const message = await promise
    if ('refused' in message) throw new Fault(...message.refused)
    const { rules, rowsOf, leads } = message
    return { rules: rules.map((rule) => named(rule, ids)), rowsOf, leads: leads && new Set(idsAt(leads, ids)) }
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', cancel)
    await worker.terminate()
  }
}

const idsAt = (at: Int32Array, ids: readonly string[]): string[] => Array.from(at, (place) => ids[place]!)

/** The candidates of a rule by their places. */
export function placed(rule: TeamRule, placeOf: ReadonlyMap<string, number>): PlacedRule {
  const placesOf = (of: Readonly<Record<string, unknown>>) => Int32Array.from(Object.keys(of), (id) => placeOf.get(id)!)
  if (rule.form === 'sum') {
    const { amounts, ...rest } = rule
    return { form: 'sum', rule: rest, at: placesOf(amounts), amounts: Float64Array.from(Object.values(amounts)) }
  }
  const { groups, ...rest } = rule
  const names = [...new Set(Object.values(groups))]
  const place = new Map(names.map((name, at) => [name, at]))
  const of = Int32Array.from(Object.values(groups), (name) => place.get(name)!)
  return { form: 'distinct', rule: rest, at: placesOf(groups), groups: names, of }
}

function named(one: PlacedRule, ids: readonly string[]): TeamRule {
  const entries = <T>(at: (index: number) => T) =>
    Object.fromEntries(idsAt(one.at, ids).map((id, index) => [id, at(index)]))
  if (one.form === 'sum') return { ...one.rule, amounts: entries((index) => one.amounts[index]!) }
  return { ...one.rule, groups: entries((index) => one.groups[one.of[index]!]!) }
}

const cancelled = () => new Fault('cancelled', 'The search was cancelled.', { rule: 'cover.cancelled' })

const overran = (secondsMax: number) =>
  new Fault('out_of_time', 'Turning the rules into conditions took too long and was ended.', {
    rule: 'cover.out_of_time',
    limit: secondsMax,
    tip: 'Ask with fewer rule packs.',
  })
