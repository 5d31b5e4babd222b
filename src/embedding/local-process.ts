import { createRequire } from 'node:module'
import { availableParallelism } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { EmbedderRule } from './embedder.ts'

/** What the process is started with, as JSON. */
export interface ModelOrder {
  folder: string
  /** Where below the folder the model's file stands. */
  subfolder: string
  dtype: 'q8' | 'fp32'
  pooling: 'mean' | 'cls' | 'last_token'
}

export interface ToModel {
  id: number
  texts: readonly string[]
  /** Gives way to what is not. */
  patient: boolean
}

export type FromModel =
  /** The vectors one after the other, each `width` numbers. */
  { id: number; numbers: Float32Array; width: number } | { id: number; rule: EmbedderRule; message: string }

const LIBRARY = '@huggingface/transformers'
/** Texts of like length are computed together, so that little is spent on filling up the shorter ones. */
const TOGETHER_MAX = 8
const TOKENS_MAX = 512

/** Of the library, what is used here. */
interface Library {
  env: { allowRemoteModels: boolean; localModelPath: string; useFSCache: boolean }
  pipeline(task: 'feature-extraction', model: string, options: object): Promise<Extractor>
}
interface Extractor {
  (texts: readonly string[], options: object): Promise<{ data: Float32Array; dims: readonly number[] }>
  tokenizer: { model_max_length?: number }
  model: { config?: { max_position_embeddings?: number } }
}

class Unfit extends Error {
  readonly rule: EmbedderRule
  constructor(rule: EmbedderRule, message: string) {
    super(message)
    this.rule = rule
  }
}

const order = JSON.parse(process.argv[2] ?? '{}') as ModelOrder
let loading: Promise<Extractor> | undefined
/** What is left to do, and whether somebody is at it. */
const queue: Running[] = []
let busy = false

interface Running {
  asked: ToModel
  /** Places of the texts that are still to be done, those of like length beside each other. */
  left: number[]
  numbers: Float32Array
  width: number
}

process.on('message', (asked: ToModel) => {
  const { texts } = asked
  const left = texts.map((_, at) => at).sort((a, b) => texts[a]!.length - texts[b]!.length || a - b)
  queue.push({ asked, left, numbers: new Float32Array(0), width: 0 })
  if (!busy) void work()
})
// The server is gone: so is what is left to do.
process.on('disconnect', () => process.exit(0))

/** A few texts at a time, so that whoever is waited for need not stand behind a long order. */
async function work(): Promise<void> {
  busy = true
  for (;;) {
    const one = queue.find(({ asked }) => !asked.patient) ?? queue[0]
    if (!one) break
    const { asked, left } = one
    try {
      loading ??= load()
      await embedSome(await loading, one, left.splice(0, TOGETHER_MAX))
      if (left.length > 0) continue
      tell({ id: asked.id, numbers: one.numbers, width: one.width })
    } catch (error) {
      loading = undefined
      const message = error instanceof Error ? error.message : String(error)
      tell({ id: asked.id, rule: error instanceof Unfit ? error.rule : 'embedder.model', message })
    }
    queue.splice(queue.indexOf(one), 1)
  }
  busy = false
}

const tell = (said: FromModel) => process.send?.(said)

/** The library beside the model comes first, then our own. */
async function loadLibrary(): Promise<Library> {
  for (const from of [join(order.folder, 'package.json'), import.meta.filename]) {
    const path = resolveFrom(from)
    if (path) return (await import(pathToFileURL(path).href)) as Library
  }
  throw new Unfit('embedder.library', `${LIBRARY} is installed neither in ${order.folder} nor beside Consortia.`)
}

function resolveFrom(path: string): string | null {
  try {
    return createRequire(path).resolve(LIBRARY)
  } catch {
    return null
  }
}

async function load(): Promise<Extractor> {
  const { env, pipeline } = await loadLibrary()
  Object.assign(env, { allowRemoteModels: false, useFSCache: false, localModelPath: dirname(order.folder) })
  const threads = Math.max(1, availableParallelism() - 1)
  const extractor = await pipeline('feature-extraction', basename(order.folder), {
    local_files_only: true,
    subfolder: order.subfolder,
    dtype: order.dtype,
    device: 'cpu',
    session_options: { intraOpNumThreads: threads, interOpNumThreads: 1 },
  })
  const most = extractor.model.config?.max_position_embeddings ?? TOKENS_MAX
  const said = extractor.tokenizer.model_max_length ?? Number.POSITIVE_INFINITY
  // The library cuts texts to what the tokeniser says, which may be nothing or more than the model takes.
  Object.defineProperty(extractor.tokenizer, 'model_max_length', { value: Math.min(said, most) })
  return extractor
}

async function embedSome(extractor: Extractor, one: Running, places: readonly number[]): Promise<void> {
  const { texts } = one.asked
  const { data, dims } = await extractor(
    places.map((place) => texts[place]!),
    { pooling: order.pooling },
  )
  const width = dims.at(-1) ?? 0
  if (one.width === 0) Object.assign(one, { width, numbers: new Float32Array(texts.length * width) })
  for (const [at, place] of places.entries())
    one.numbers.set(data.subarray(at * width, (at + 1) * width), place * width)
}
