import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

/** Words that mean alike get like vectors; every other word is unknown and says nothing. */
export type Meanings = Readonly<Record<string, readonly number[]>>

/** Where the library stands, if it does: beside us, or in the folder that the environment names. Null where it does not. */
export function findLibrary(): string | null {
  const named = process.env.CONSORTIA_TRANSFORMERS
  for (const from of [...(named ? [join(named, 'package.json')] : []), import.meta.filename])
    try {
      const path = createRequire(from).resolve('@huggingface/transformers')
      return path.slice(0, path.lastIndexOf('node_modules') + 'node_modules'.length)
    } catch {
      // The next place may have it.
    }
  return null
}

/** Writes a whole model folder: one look-up of a table of vectors as ONNX, and a tokeniser that splits at spaces. */
export function writeTinyModel(folder: string, meanings: Meanings, { library }: { library: string | null }): string {
  const words = Object.keys(meanings)
  const width = meanings[words[0]!]!.length
  const vocabulary = Object.fromEntries(['[UNK]', '[PAD]', ...words].map((word, at) => [word, at]))
  const rows = [Array<number>(width).fill(0), Array<number>(width).fill(0), ...words.map((word) => meanings[word]!)]
  mkdirSync(join(folder, 'onnx'), { recursive: true })
  mkdirSync(join(folder, '1_Pooling'), { recursive: true })
  if (library) symlinkSync(library, join(folder, 'node_modules'))
  writeFileSync(join(folder, 'onnx', 'model.onnx'), gatherModel(rows))
  const write = (name: string, value: unknown) => writeFileSync(join(folder, name), JSON.stringify(value))
  write('config.json', { model_type: 'bert', architectures: ['BertModel'], max_position_embeddings: 64 })
  write('tokenizer_config.json', { model_max_length: 64, pad_token: '[PAD]', unk_token: '[UNK]' })
  write('tokenizer.json', {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: [],
    normalizer: { type: 'Lowercase' },
    pre_tokenizer: { type: 'Whitespace' },
    post_processor: null,
    decoder: null,
    model: { type: 'WordLevel', vocab: vocabulary, unk_token: '[UNK]' },
  })
  write('1_Pooling/config.json', { pooling_mode_mean_tokens: true })
  return folder
}

const FLOAT = 1
const INT64 = 7

/** `last_hidden_state = Gather(table, input_ids)` in ONNX's form. Source: onnx.proto, IR version 8, operator set 13. */
function gatherModel(rows: readonly (readonly number[])[]): Buffer {
  const width = rows[0]!.length
  const table = part([
    [1, rows.length],
    [1, width],
    [2, FLOAT],
    [8, 'table'],
    [9, Buffer.from(Float32Array.from(rows.flat()).buffer)],
  ])
  const node = part([
    [1, 'table'],
    [1, 'input_ids'],
    [2, 'last_hidden_state'],
    [3, 'look_up'],
    [4, 'Gather'],
  ])
  const graph = part([
    [1, node],
    [2, 'tiny'],
    [5, table],
    [11, shapeOf('input_ids', INT64, ['batch', 'length'])],
    [12, shapeOf('last_hidden_state', FLOAT, ['batch', 'length', width])],
  ])
  return part([
    [1, 8],
    [7, graph],
    [
      8,
      part([
        [1, ''],
        [2, 13],
      ]),
    ],
  ])
}

function shapeOf(name: string, type: number, dims: readonly (string | number)[]): Buffer {
  const shape = part(dims.map((dim) => [1, part([typeof dim === 'number' ? [1, dim] : [2, dim]])]))
  return part([
    [1, name],
    [
      2,
      part([
        [
          1,
          part([
            [1, type],
            [2, shape],
          ]),
        ],
      ]),
    ],
  ])
}

/** Fields of a protocol buffer: numbers as varints, texts and bytes with their length. */
function part(fields: readonly (readonly [number, number | string | Buffer])[]): Buffer {
  return Buffer.concat(
    fields.flatMap(([number, value]) => {
      if (typeof value === 'number') return [varint(number << 3), varint(value)]
      const bytes = Buffer.from(value)
      return [varint((number << 3) | 2), varint(bytes.length), bytes]
    }),
  )
}

function varint(value: number): Buffer {
  const bytes: number[] = []
  for (let left = value; ; left = Math.floor(left / 128)) {
    bytes.push(left < 128 ? left : (left % 128) + 128)
    if (left < 128) return Buffer.from(bytes)
  }
}
