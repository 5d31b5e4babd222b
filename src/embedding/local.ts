import { type ChildProcess, fork } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import {
  checkVectors,
  cutText,
  type EmbedAsked,
  type Embedder,
  type EmbedderRule,
  embedderFault,
  isPatient,
  PASSAGES_MS_MAX,
  QUERY_MS_MAX,
  TEXTS_AT_ONCE_MAX,
} from './embedder.ts'
import type { FromModel, ModelOrder, ToModel } from './local-process.ts'

export interface LocalSettings {
  folder: string
  /** Where given, these stand before the texts instead of what the model's own files say. */
  prefixes: { query: string | undefined; passage: string | undefined }
}

/** A model that nobody has asked for so long gives its memory back. */
const IDLE_MS = 600_000
/** Reading a model from the disk comes on top of the first answer. */
const LOAD_MS_MAX = 60_000

/**
 * Runs a model out of a folder, by the library that stands there or beside us, in a process of its own: what goes wrong
 * inside native code ends that process alone. Nothing is fetched over the network. Throws where the folder holds no model.
 */
export function openLocal({ folder, prefixes }: LocalSettings): Embedder {
  const form = readForm(folder)
  const before = { query: prefixes.query ?? form.query, passage: prefixes.passage ?? form.passage }
  const running = openProcess({ folder, ...form.order })
  let dimensions: number | null = null

  async function ask(input: readonly string[], asked: EmbedAsked) {
    const answer = await running.ask(input, isPatient(asked), asked.signal)
    if ('rule' in answer) throw embedderFault(answer.rule, answer.message)
    const { numbers, width } = answer
    const rows = input.map((_, at) => numbers.subarray(at * width, (at + 1) * width))
    const checked = checkVectors(rows, { count: input.length, dimensions })
    dimensions = width
    return checked
  }

  return {
    model: [basename(folder), form.order.dtype, before.query, before.passage].filter(Boolean).join(' · '),
    get dimensions() {
      return dimensions
    },
    mayReadPrivate: true,
    async embed(texts, asked) {
      const vectors: Float32Array[] = []
      for (let at = 0; at < texts.length; at += TEXTS_AT_ONCE_MAX) {
        const input = texts.slice(at, at + TEXTS_AT_ONCE_MAX).map((text) => cutText(text, before[asked.kind]))
        vectors.push(...(await ask(input, asked)))
      }
      return vectors
    },
    stop: async () => running.stop(),
  }
}

const MODEL_FILES = [
  ['onnx', 'model_quantized.onnx', 'q8'],
  ['onnx', 'model.onnx', 'fp32'],
  ['', 'model_quantized.onnx', 'q8'],
  ['', 'model.onnx', 'fp32'],
] as const

const Pooling = z.object({
  pooling_mode_cls_token: z.boolean().optional(),
  pooling_mode_lasttoken: z.boolean().optional(),
})
const Prompts = z.object({ prompts: z.record(z.string(), z.string()).optional() })

interface ModelForm {
  order: Omit<ModelOrder, 'folder'>
  query: string
  passage: string
}

/** What the folder's own files say: which file is the model, how its words become one vector, what stands before a text. */
function readForm(folder: string): ModelForm {
  if (!existsSync(folder) || !statSync(folder).isDirectory())
    throw embedderFault('embedder.folder', `There is no folder ${folder}.`)
  const file = MODEL_FILES.find(([below, name]) => existsSync(join(folder, below, name)))
  if (!file || !existsSync(join(folder, 'tokenizer.json')) || !existsSync(join(folder, 'config.json')))
    throw embedderFault(
      'embedder.model',
      `${folder} lacks config.json, tokenizer.json or onnx/model.onnx (or onnx/model_quantized.onnx).`,
    )
  const pooling = readPart(join(folder, '1_Pooling', 'config.json'), Pooling)
  const { prompts = {} } = readPart(join(folder, 'config_sentence_transformers.json'), Prompts)
  const [subfolder, , dtype] = file
  return {
    order: {
      subfolder,
      dtype,
      pooling: pooling.pooling_mode_cls_token ? 'cls' : pooling.pooling_mode_lasttoken ? 'last_token' : 'mean',
    },
    query: prompts.query ?? '',
    passage: prompts.passage ?? prompts.document ?? '',
  }
}

function readPart<T extends z.ZodType>(path: string, schema: T): z.output<T> {
  try {
    return schema.parse(existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {})
  } catch (cause) {
    throw embedderFault('embedder.model', `${path} can’t be read.`, cause)
  }
}

const TOO_SLOW = 'The model takes too long.'
const ENTRY = fileURLToPath(new URL('./local-process.ts', import.meta.url))
/** The model's process is told nothing of our secrets. */
const TOLD = ['PATH', 'LD_LIBRARY_PATH', 'DYLD_LIBRARY_PATH', 'SYSTEMROOT', 'TMPDIR', 'TEMP']
const SAID_CHARS_MAX = 2_000

function openProcess(order: ModelOrder) {
  let child: ChildProcess | undefined
  let loaded = false
  let said = ''
  let idle: NodeJS.Timeout | undefined
  let lastId = 0
  const waiting = new Map<number, { resolve: (answer: FromModel) => void; reject: (error: Error) => void }>()

  function end(rule: EmbedderRule, message: string) {
    child?.kill('SIGKILL')
    child = undefined
    loaded = false
    clearTimeout(idle)
    for (const { reject } of waiting.values()) reject(embedderFault(rule, message))
    waiting.clear()
  }

  function start(): ChildProcess {
    const env = Object.fromEntries(TOLD.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])))
    const started = fork(ENTRY, [JSON.stringify(order)], {
      serialization: 'advanced',
      execArgv: [],
      env,
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    })
    said = ''
    started.stderr?.on('data', (part: Buffer) => {
      said = `${said}${part}`.slice(-SAID_CHARS_MAX)
    })
    started.on('message', (answer: FromModel) => {
      loaded = true
      waiting.get(answer.id)?.resolve(answer)
      waiting.delete(answer.id)
    })
    const ended = () => {
      if (child === started) end('embedder.model', `The model’s process ended. ${said}`.trim())
    }
    started.on('error', ended)
    started.on('exit', ended)
    started.unref()
    started.channel?.unref()
    child = started
    return started
  }

  function letRest() {
    clearTimeout(idle)
    idle = setTimeout(() => {
      if (waiting.size === 0) end('embedder.model', 'The model rests.')
    }, IDLE_MS)
    idle.unref()
  }

  return {
    /** What somebody waits for is computed before what is patient. */
    async ask(texts: readonly string[], patient: boolean, signal: AbortSignal | undefined): Promise<FromModel> {
      signal?.throwIfAborted()
      const id = ++lastId
      const running = child ?? start()
      let late: NodeJS.Timeout | undefined
      try {
        return await new Promise<FromModel>((resolve, reject) => {
          waiting.set(id, { resolve, reject })
          const most = (patient ? PASSAGES_MS_MAX : QUERY_MS_MAX) + (loaded ? 0 : LOAD_MS_MAX)
          late = setTimeout(() => {
            // A reader who has waited in vain leaves; the process ends only where it has nothing else to do.
            if (patient || waiting.size === 1) end('embedder.slow', TOO_SLOW)
            else reject(embedderFault('embedder.slow', TOO_SLOW))
          }, most)
          signal?.addEventListener('abort', () => reject(signal.reason), { once: true })
          running.send({ id, texts, patient } satisfies ToModel, (error) => {
            if (error) reject(embedderFault('embedder.model', 'The model’s process can’t be reached.', error))
          })
        })
      } finally {
        clearTimeout(late)
        waiting.delete(id)
        letRest()
      }
    },
    stop: () => end('embedder.model', 'The model was stopped.'),
  }
}
