import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { TEXT_CHARS_MAX, TEXTS_AT_ONCE_MAX } from './embedder.ts'
import { type Behaviour, failing, HASHED_DIMENSIONS, openTestEndpoint, type TestEndpoint } from './endpoint.fixture.ts'
import { ANSWER_BYTES_MAX, openEndpoint } from './endpoint.ts'
import { openEmbedder } from './open.ts'

// Goal: vectors come in the order of the texts, and whatever an endpoint does ends in a reason.
let endpoint: TestEndpoint
beforeAll(async () => {
  endpoint = await openTestEndpoint()
})
afterAll(() => endpoint.close())
beforeEach(() => {
  endpoint.behave(null)
  endpoint.asked.length = 0
})

const open = (base = endpoint.base, more = {}) =>
  openEndpoint({
    ...more,
    base,
    model: 'hashed',
    key: 'secret',
    prefixes: { query: 'query: ', passage: '' },
    mayReadPrivate: false,
  })
const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, at) => sum + value * b[at]!, 0)

test('gives a vector a text in their order, with the key and what the model wants before a query', async () => {
  const embedder = open()
  const [one, two, again] = await embedder.embed(['solid electrolyte', 'bread', 'solid electrolyte'], {
    kind: 'passage',
  })
  expect(dot(one!, again!)).toBeCloseTo(1)
  expect(dot(one!, two!)).toBeLessThan(0.5)
  expect(embedder.dimensions).toBe(HASHED_DIMENSIONS)
  await embedder.embed(['bread'], { kind: 'query' })
  expect(endpoint.asked).toEqual([
    expect.objectContaining({ model: 'hashed', authorization: 'Bearer secret' }),
    expect.objectContaining({ input: ['query: bread'] }),
  ])
})

test('many texts go in parts, long ones are cut, broken ones mended', async () => {
  const texts = Array.from({ length: TEXTS_AT_ONCE_MAX + 3 }, (_, at) => `text ${at}`)
  const vectors = await open().embed([...texts, 'x'.repeat(TEXT_CHARS_MAX * 2), '\ud800 half'], { kind: 'passage' })
  expect(vectors).toHaveLength(texts.length + 2)
  expect(endpoint.asked.map(({ input }) => input.length)).toEqual([TEXTS_AT_ONCE_MAX, 5])
  expect(endpoint.asked[1]!.input.at(-2)).toHaveLength(TEXT_CHARS_MAX)
  expect(endpoint.asked[1]!.input.at(-1)!.isWellFormed()).toBe(true)
})

const answering =
  (embeddings: unknown): Behaviour =>
  (response) =>
    response.end(JSON.stringify({ data: embeddings }))

test.each<[string, Behaviour, string]>([
  ['refuses the key', failing(401), 'embedder.refused'],
  ['breaks', failing(500), 'embedder.refused'],
  ['has too much to do', failing(429, { 'retry-after': '0' }), 'embedder.refused'],
  ['sends on to another host', failing(307, { location: 'http://127.0.0.2:9/' }), 'embedder.redirect'],
  ['answers no JSON', (response) => response.end('<html>'), 'embedder.answer'],
  ['answers half', (response, _, answer) => response.end(answer.slice(0, answer.length / 2)), 'embedder.answer'],
  ['closes in mid-answer', (response, _, answer) => halfThenClose(response, answer), 'embedder.unreachable'],
  ['gives a vector too few', answering([]), 'embedder.answer'],
  ['gives no numbers', answering([{ index: 0, embedding: [1, null] }]), 'embedder.answer'],
  [
    'gives numbers beyond all bounds',
    (response) => response.end('{"data":[{"index":0,"embedding":[1e999]}]}'),
    'embedder.answer',
  ],
  ['gives an empty vector', answering([{ index: 0, embedding: [] }]), 'embedder.dimensions'],
  [
    'answers far too much',
    (response) => response.end(`{"data": "${'x'.repeat(ANSWER_BYTES_MAX)}"}`),
    'embedder.too_large',
  ],
])('an endpoint that %s is a reason', async (_says, how, rule) => {
  endpoint.behave(how)
  await expect(open().embed(['bread'], { kind: 'query' })).rejects.toMatchObject({ details: { rule } })
  expect(endpoint.asked).toHaveLength(1)
})

function halfThenClose(response: Parameters<Behaviour>[0], answer: string) {
  response.writeHead(200, { 'content-length': answer.length })
  response.write(answer.slice(0, answer.length / 2))
  setImmediate(() => response.socket?.destroy())
}

test('vectors of other dimensions than before are refused', async () => {
  const embedder = open()
  await embedder.embed(['bread'], { kind: 'query' })
  endpoint.behave(answering([{ index: 0, embedding: [1, 2, 3] }]))
  await expect(embedder.embed(['bread'], { kind: 'query' })).rejects.toMatchObject({
    details: { rule: 'embedder.dimensions' },
  })
})

test('passages are asked for again where that may help, and not where it can’t', async () => {
  let left = 1
  endpoint.behave((response, input, answer) =>
    left-- > 0 ? failing(503)(response, input, answer) : response.end(answer),
  )
  expect(await open().embed(['bread'], { kind: 'passage' })).toHaveLength(1)
  expect(endpoint.asked).toHaveLength(2)
  endpoint.behave(failing(400))
  await expect(open().embed(['bread'], { kind: 'passage' })).rejects.toThrow('400')
  expect(endpoint.asked).toHaveLength(3)
})

test('an endpoint that is too slow for a reader is a reason', async () => {
  endpoint.behave(() => undefined)
  const asked = open(endpoint.base, { queryMsMax: 50 }).embed(['bread'], { kind: 'query' })
  await expect(asked).rejects.toMatchObject({ code: 'out_of_time', details: { rule: 'embedder.slow' } })
})

test('a silent endpoint is left when the asker goes, and no endpoint at all is a reason', async () => {
  endpoint.behave(() => undefined)
  const asker = new AbortController()
  const asked = open().embed(['bread'], { kind: 'passage', signal: asker.signal })
  asker.abort()
  await expect(asked).rejects.toThrow(/abort/)
  const nobody = open('http://127.0.0.1:9/v1')
  await expect(nobody.embed(['bread'], { kind: 'query' })).rejects.toMatchObject({
    details: { rule: 'embedder.unreachable' },
  })
})

test.each([
  ['no address', { address: 'bge' }, 'settings.embedder'],
  ['another protocol', { address: 'ftp://example.org', model: 'm' }, 'settings.embedder'],
  ['a password in the address', { address: 'https://a:b@example.org', model: 'm' }, 'settings.embedder'],
  ['no model', { address: 'https://example.org/v1' }, 'settings.embedder_model'],
])('settings with %s are refused at once', (_says, settings, rule) => {
  expect(() => openEmbedder(settings)).toThrow(expect.objectContaining({ details: expect.objectContaining({ rule }) }))
})

test('without settings there is no embedder and no reason for it', () => {
  expect(openEmbedder(null)).toEqual({ embedder: null, why: null })
})
