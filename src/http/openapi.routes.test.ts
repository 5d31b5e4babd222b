import { expect, test } from 'vitest'
import { openWorld } from '#testing'
import { createApp } from './app.ts'
import { openApiDocument } from './openapi.ts'

type Json = Record<string, unknown>
const METHODS = ['get', 'post', 'patch', 'put', 'delete']
/** What better-auth and the page of the document itself serve. */
const NOT_OURS = /^\/api\/(auth|docs|openapi\.json)(\/|$)/

interface Operation {
  operationId: string
  summary: string
  parameters: { name: string; in: string; schema: Json; required: boolean }[]
  requestBody?: { content: Record<string, { schema: Json }> }
  responses: Record<string, { description: string; content?: Record<string, { schema: Json }> }>
}

const document = openApiDocument()
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation: operation as Operation })),
)

test('the document lists exactly the routes that are mounted', async () => {
  const { routes } = createApp(await openWorld())
  const mounted = routes
    .filter(
      ({ method, path }) => METHODS.includes(method.toLowerCase()) && path.startsWith('/api/') && !NOT_OURS.test(path),
    )
    .map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`)
  const listed = operations.map(({ method, path }) => `${method.toUpperCase()} ${path}`)
  expect(listed.sort()).toEqual([...new Set(mounted)].sort())
  expect(new Set(mounted).size).toBe(mounted.length)
})

test('the served document is the very one, and its page asks no other host', async () => {
  const world = await openWorld()
  const served = await world.ask('GET', '/api/openapi.json', { as: 'stranger' })
  expect(served.body).toEqual(JSON.parse(JSON.stringify(document)))
  const page = await world.ask('GET', '/api/docs', { as: 'stranger' })
  expect(page.text).not.toMatch(/https?:|\/\/\w|<script>/)
  const parts = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address!)
  expect(parts).toHaveLength(3)
  for (const part of parts) expect((await world.ask('GET', part, { as: 'stranger' })).status).toBe(200)
})

test('every operation has a name of its own, a sentence, and each parameter of its path', () => {
  const names = operations.map(({ operation }) => operation.operationId)
  expect(new Set(names).size).toBe(names.length)
  for (const { path, operation } of operations) {
    expect(operation.summary, operation.operationId).toMatch(/^\p{Lu}.*[.?]$/u)
    const inPath = operation.parameters.filter((parameter) => parameter.in === 'path')
    expect(inPath.map(({ name }) => `{${name}}`)).toEqual(path.match(/\{\w+\}/g) ?? [])
    expect(inPath.every(({ required }) => required)).toBe(true)
  }
})

test('every schema is sound JSON Schema whose references lead somewhere', () => {
  const schemas = operations.flatMap(({ operation }) =>
    schemasOf(operation).map((schema) => [operation.operationId, schema] as const),
  )
  expect(schemas.length).toBeGreaterThan(operations.length)
  for (const [where, schema] of schemas) expectSound(schema, where)
  for (const [name, schema] of Object.entries(document.components.schemas)) expectSound(schema, name)
})

function schemasOf({ parameters, requestBody, responses }: Operation): Json[] {
  const bodies = [requestBody, ...Object.values(responses)].flatMap((part) => Object.values(part?.content ?? {}))
  return [...parameters, ...bodies].map(({ schema }) => schema)
}

const TYPES = ['string', 'number', 'integer', 'boolean', 'object', 'array', 'null']
const ANNOTATIONS = [
  'default',
  'description',
  'format',
  'title',
  'contentEncoding',
  'contentMediaType',
  'const',
  'enum',
  'id',
]
const NUMBERS = [
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'multipleOf',
  'minProperties',
  'maxProperties',
]

/** As far as a page that shows the schema needs it: known words, of the right kind. */
function expectSound(schema: unknown, where: string): void {
  expect(['object', 'boolean'], where).toContain(typeof schema)
  if (typeof schema === 'boolean') return
  for (const [word, value] of Object.entries(schema as Json)) {
    const at = `${where}.${word}`
    if (word === 'type') for (const type of [value].flat()) expect(TYPES, at).toContain(type)
    else if (NUMBERS.includes(word)) expect(Number.isFinite(value), at).toBe(true)
    else if (word === 'pattern') expect(() => new RegExp(value as string, 'u'), at).not.toThrow()
    else if (word === '$ref') expect(resolve(value as string), `${at} ${value}`).toBeTypeOf('object')
    else if (word === 'required') expect(new Set(value as string[]).size, at).toBe((value as string[]).length)
    else if (['properties', 'patternProperties'].includes(word))
      for (const [name, part] of Object.entries(value as Json)) expectSound(part, `${at}.${name}`)
    else if (['anyOf', 'oneOf', 'allOf', 'prefixItems'].includes(word)) {
      expect((value as unknown[]).length, at).toBeGreaterThan(0)
      for (const part of value as unknown[]) expectSound(part, at)
    } else if (['items', 'additionalProperties', 'not', 'propertyNames', 'contains'].includes(word))
      expectSound(value, at)
    else expect(ANNOTATIONS, at).toContain(word)
  }
}

function resolve(reference: string): unknown {
  if (!reference.startsWith('#/')) return undefined
  return reference
    .slice(2)
    .split('/')
    .reduce<unknown>((value, name) => (value as Json | undefined)?.[name], document)
}
