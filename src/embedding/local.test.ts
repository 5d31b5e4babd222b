import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, expect, test } from 'vitest'
import type { Embedder } from './embedder.ts'
import { openEmbedder } from './open.ts'
import { findLibrary, writeTinyModel } from './tiny-model.fixture.ts'

// Goal: a model in a folder gives the vectors that it holds, and whatever is wrong with the folder is a reason to be off.
const root = mkdtempSync(join(tmpdir(), 'consortia-model-'))
const library = findLibrary()
const opened: Embedder[] = []
afterEach(async () => {
  for (const embedder of opened.splice(0)) await embedder.stop()
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

const MEANINGS = { cell: [1, 0, 0], accumulator: [0.9, 0.1, 0], bread: [0, 0, 1], oven: [0, 0.6, 0.8] }
let made = 0
const modelFolder = (own: string | null = library) =>
  writeTinyModel(join(root, `model-${++made}`), MEANINGS, { library: own })
const open = (folder: string) => {
  const found = openEmbedder({ address: `local:${folder}` })
  if (found.embedder) opened.push(found.embedder)
  return found
}
const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, at) => sum + value * b[at]!, 0)

test.skipIf(!library)('the real library reads the model and gives a vector a text, of length 1', async () => {
  const { embedder } = open(modelFolder())
  const texts = ['Cell', 'an accumulator', 'bread oven bread', 'cell cell cell cell']
  const vectors = await embedder!.embed(texts, { kind: 'passage' })
  expect(vectors).toHaveLength(4)
  expect(embedder!.dimensions).toBe(3)
  for (const vector of vectors) expect(dot(vector, vector)).toBeCloseTo(1)
  const [cell, accumulator, bread, cells] = vectors
  expect(dot(cell!, accumulator!)).toBeCloseTo(0.9 / Math.hypot(0.9, 0.1))
  expect(dot(cell!, bread!)).toBeCloseTo(0)
  expect(dot(cell!, cells!)).toBeCloseTo(1)
})

test.skipIf(!library)('a text of which the model knows no word has a vector of zeros', async () => {
  const { embedder } = open(modelFolder())
  expect(await embedder!.embed(['marzipan', 'cell'], { kind: 'query' })).toEqual([
    Float32Array.of(0, 0, 0),
    Float32Array.of(1, 0, 0),
  ])
})

test.skipIf(!library)('a reader’s question goes before a long order, and both are answered', async () => {
  const { embedder } = open(modelFolder())
  await embedder!.embed(['cell'], { kind: 'query' })
  const ended: string[] = []
  const many = Array.from({ length: 64 }, (_, at) => 'bread '.repeat(at + 1))
  await Promise.all([
    embedder!.embed(many, { kind: 'passage' }).then(() => ended.push('order')),
    embedder!.embed(['cell'], { kind: 'query' }).then(() => ended.push('question')),
  ])
  expect(ended).toEqual(['question', 'order'])
})

test.skipIf(!library)('an order that is under way when the model is stopped ends in a reason', async () => {
  const { embedder } = open(modelFolder())
  await embedder!.embed(['cell'], { kind: 'query' })
  const asked = embedder!.embed(Array(64).fill('bread '.repeat(50)), { kind: 'passage' })
  await embedder!.stop()
  await expect(asked).rejects.toMatchObject({ details: { rule: 'embedder.model' } })
})

test.skipIf(!library)('a longer text than the model takes is cut, and a stopped model starts again', async () => {
  const { embedder } = open(modelFolder())
  const [long] = await embedder!.embed([`${'cell '.repeat(500)}${'bread '.repeat(500)}`], { kind: 'passage' })
  expect(long![0]).toBeCloseTo(1)
  await embedder!.stop()
  expect(await embedder!.embed(['cell'], { kind: 'query' })).toHaveLength(1)
})

test.skipIf(!library)('a model that is none ends in a reason, not in a crash', async () => {
  const folder = modelFolder()
  writeFileSync(join(folder, 'onnx', 'model.onnx'), 'no model at all')
  await expect(open(folder).embedder!.embed(['cell'], { kind: 'query' })).rejects.toMatchObject({
    details: { rule: 'embedder.model' },
  })
})

test('a folder without the library says that it is missing', async () => {
  const { embedder } = open(modelFolder(null))
  const asked = embedder!.embed(['cell'], { kind: 'query' })
  // Where the library is installed beside us it is found there.
  if (library && !process.env.CONSORTIA_TRANSFORMERS) expect(await asked).toHaveLength(1)
  else await expect(asked).rejects.toMatchObject({ details: { rule: 'embedder.library' } })
})

test.each([
  ['that is not there', () => join(root, 'nowhere'), 'embedder.folder'],
  [
    'that holds no model',
    () => {
      mkdirSync(join(root, 'empty'), { recursive: true })
      return join(root, 'empty')
    },
    'embedder.model',
  ],
  [
    'whose pooling is no JSON',
    () => {
      const folder = modelFolder(null)
      writeFileSync(join(folder, '1_Pooling', 'config.json'), '{')
      return folder
    },
    'embedder.model',
  ],
])('a folder %s turns the embedder off and says why', (_says, folder, why) => {
  expect(open(folder())).toEqual({ embedder: null, why })
})

test.runIf(!library)('the real library is not installed here: name its folder by CONSORTIA_TRANSFORMERS', () => {
  expect(library).toBeNull()
})
