import fc from 'fast-check'
import { z } from 'zod'

// What an attacker sends: values made from an endpoint's own schema, so that they come past its first check, with
// something hostile in a place or two.

/** The part of JSON Schema into which Zod writes our shapes. */
interface Shape {
  $ref?: string
  $defs?: Record<string, Shape>
  type?: string
  const?: unknown
  enum?: readonly unknown[]
  anyOf?: readonly Shape[]
  oneOf?: readonly Shape[]
  allOf?: readonly Shape[]
  format?: string
  pattern?: string
  maxLength?: number
  minimum?: number
  maximum?: number
  items?: Shape
  prefixItems?: readonly Shape[]
  minItems?: number
  maxItems?: number
  properties?: Record<string, Shape>
  required?: readonly string[]
  propertyNames?: Shape
  additionalProperties?: Shape | boolean
}

export const LONG_TEXT = 'x'.repeat(10_000)
const DEEP_LEVELS = 200
const ITEMS_MADE_MAX = 3
const ITEMS_UNBOUND = 300
const PLACES_MAX = 200

/** Texts that break what takes them for something else: SQL, patterns, paths, markup, halves of characters. */
export const HOSTILE_TEXTS: readonly string[] = [
  '',
  ' ',
  '\0',
  'a\0b',
  '\ud800',
  'x\udfff',
  '\u202eabc',
  '\ufeff',
  '%',
  '_',
  '\\',
  '%_\\%',
  "'; drop table zone; --",
  "' or 1=1 --",
  '$1',
  '{}',
  '{',
  'null',
  'NaN',
  '-1',
  '0x10',
  '1e400',
  '9'.repeat(40),
  '=cmd|x',
  '<script>alert(1)</script>',
  '../../etc/passwd',
  '__proto__',
  'constructor',
  '2026-02-31',
  '0000-00-00',
  '99999-01-01',
  '2026-13',
  '1.5.2 CNY',
  '１８００万元',
  'ß'.repeat(300),
  '😀'.repeat(120),
  '固'.repeat(400),
  LONG_TEXT,
]

const hostileText = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...HOSTILE_TEXTS) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
)

const hostileNumber = fc.constantFrom(
  -1,
  0,
  0.5,
  -0,
  2 ** 31,
  -(2 ** 31) - 1,
  2 ** 53,
  2 ** 63,
  1e300,
  Number.MAX_VALUE,
  5e-324,
)

/** An object with the keys on which prototypes hang, as a JSON text would make it. */
const protoObject: unknown = JSON.parse(
  '{"__proto__":{"isAdministrator":true,"role":"administrator"},"constructor":{"prototype":{"role":"system"}},"a\\u0000b":1}',
)
const deep = (levels: number): unknown => (levels === 0 ? 'x' : [deep(levels - 1)])

/** Any value where another one is expected. */
const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  hostileText,
  hostileNumber,
  fc.constantFrom<unknown>(null, true, false, [], {}, protoObject, deep(DEEP_LEVELS), [null], [[]], { zh: null }),
)

export interface Hostility {
  /** Ids that are there, of all kinds and of both zones. */
  ids: readonly string[]
  /** Those that a field of this name would rightly hold. */
  idsFor: (field: string) => readonly string[] | undefined
}

/** Values that a schema takes, and as often the same with something hostile in one place. */
export function valuesOf(schema: z.ZodType, hostility: Hostility): fc.Arbitrary<unknown> {
  const shape = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Shape
  const whole = sound(shape, { defs: shape.$defs ?? {}, field: '', ...hostility })
  const spoilt = fc.tuple(whole, hostileValue, fc.nat(), fc.boolean()).map(([value, hostile, place, drop]) => {
    const places = placesIn(value)
    return spoil(value, places[place % places.length]!, drop ? undefined : hostile)
  })
  return fc.oneof(
    { weight: 10, arbitrary: whole },
    { weight: 8, arbitrary: spoilt },
    { weight: 1, arbitrary: whole.map((value) => ({ ...(value as object), ...(protoObject as object) })) },
    { weight: 1, arbitrary: hostileValue },
  )
}

type Place = readonly string[]

/** Every place of a value, the whole included. */
function placesIn(value: unknown, at: Place = []): Place[] {
  if (typeof value !== 'object' || value === null) return [at]
  return [at, ...Object.entries(value).flatMap(([key, inner]) => placesIn(inner, [...at, key]))].slice(0, PLACES_MAX)
}

/** The value with another one in one place; undefined takes the place away. */
function spoil(value: unknown, [key, ...rest]: Place, hostile: unknown): unknown {
  if (key === undefined) return hostile
  if (Array.isArray(value)) return value.map((item, at) => (String(at) === key ? spoil(item, rest, hostile) : item))
  const object = value as Record<string, unknown>
  return { ...object, [key]: spoil(object[key], rest, hostile) }
}

interface Making extends Hostility {
  defs: Record<string, Shape>
  /** The name of the field that is made. */
  field: string
}

function sound(shape: Shape, making: Making): fc.Arbitrary<unknown> {
  if (shape.$ref) return sound(making.defs[shape.$ref.replace('#/$defs/', '')] ?? {}, making)
  if ('const' in shape) return fc.constant(shape.const)
  if (shape.enum) return fc.constantFrom(...shape.enum)
  const choices = shape.anyOf ?? shape.oneOf
  if (choices) return fc.oneof(...choices.map((one) => sound(one, making)))
  if (shape.allOf?.[0]) return sound(shape.allOf[0], making)
  switch (shape.type) {
    case 'string':
      return textOf(shape, making)
    case 'integer':
    case 'number':
      return numberOf(shape, making)
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case 'array':
      return listOf(shape, making)
    case 'object':
      return recordOf(shape, making)
    default:
      return hostileValue
  }
}

function numberOf({ type, minimum, maximum }: Shape, { field }: Making): fc.Arbitrary<unknown> {
  if (field === 'revision') return fc.constantFrom(1, 1, 1, 2)
  const min = Math.max(minimum ?? -5, Number.MIN_SAFE_INTEGER)
  const max = Math.min(maximum ?? Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER)
  if (type === 'number' && maximum === undefined) return hostileNumber
  return fc.oneof(fc.integer({ min, max: Math.min(max, min + 10) }), fc.constant(min), fc.constant(max))
}

function textOf({ format, pattern, maxLength = 200 }: Shape, making: Making): fc.Arbitrary<string> {
  const id = fc.constantFrom(...(making.idsFor(making.field) ?? making.ids))
  if (format === 'uuid' || format === 'guid') return id
  if (format === 'date') return fc.constantFrom('2027-02-28', '2028-02-29', '0001-01-01', '9999-12-31')
  if (format === 'email') return fc.nat(9).map((of) => `hostile-${of}@example.org`)
  if (pattern) return fc.oneof(fc.stringMatching(new RegExp(pattern), { maxLength: 40 }), fc.constant('2026-02-31'))
  if (making.idsFor(making.field)) return id
  const full = fc.constantFrom('满'.repeat(maxLength), '\0'.repeat(maxLength), '😀'.repeat(maxLength / 2))
  const short = hostileText.map((text) => text.slice(0, maxLength))
  return fc.oneof({ weight: 1, arbitrary: id }, { weight: 5, arbitrary: short }, full, fc.constant('Words'))
}

/** Lists, now and then with the same item twice, as long as may be, or longer by one. */
function listOf(shape: Shape, making: Making): fc.Arbitrary<unknown> {
  const item = sound(shape.prefixItems?.[0] ?? shape.items ?? {}, making)
  const minLength = Math.min(shape.minItems ?? 0, ITEMS_MADE_MAX)
  const many = (length: number) => item.map((same) => Array.from({ length }, () => same))
  return fc.oneof(
    {
      weight: 12,
      arbitrary: fc.uniqueArray(item, {
        minLength,
        maxLength: ITEMS_MADE_MAX,
        selector: (value) => JSON.stringify(value),
      }),
    },
    { weight: 1, arbitrary: many(2) },
    { weight: 1, arbitrary: many(shape.maxItems ?? ITEMS_UNBOUND) },
    { weight: 1, arbitrary: many((shape.maxItems ?? ITEMS_UNBOUND) + 1) },
  )
}

function recordOf(shape: Shape, making: Making): fc.Arbitrary<unknown> {
  const { properties = {}, required = [], propertyNames, additionalProperties } = shape
  const fields = Object.fromEntries(
    Object.entries(properties).map(([field, value]) => [field, sound(value, { ...making, field })]),
  )
  if (typeof additionalProperties !== 'object')
    return fc.record(fields, { requiredKeys: required.filter((key) => key in fields) })
  const keys = propertyNames?.enum ? fc.constantFrom(...(propertyNames.enum as string[])) : hostileText
  return fc.dictionary(keys, sound(additionalProperties, making), { maxKeys: ITEMS_MADE_MAX })
}

/** A query string with the known keys, wrong in a place or two: repeated, unknown, empty, with broken percent signs. */
export function queriesOf(schema: z.ZodType | undefined, hostility: Hostility): fc.Arbitrary<string> {
  const shape = schema && (z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Shape)
  const said = (value: unknown) => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''))
  const pairs = Object.entries(shape?.properties ?? {}).map(([key, of]) =>
    fc.oneof(
      { weight: 24, arbitrary: fc.constant('') },
      {
        weight: 8,
        arbitrary: sound(of, { defs: shape?.$defs ?? {}, field: key, ...hostility }).map((value) =>
          pair(key, said(value)),
        ),
      },
      { weight: 1, arbitrary: hostileValue.map((value) => pair(key, said(value).slice(0, LONG_TEXT.length))) },
      { weight: 1, arbitrary: hostileText.map((text) => `${pair(key, text)}&${pair(key, 'twice')}`) },
    ),
  )
  const strange = fc.constantFrom(
    '',
    '',
    '',
    '&',
    'rehearse=true',
    '__proto__=1',
    '%',
    '%00=%00',
    '=',
    'q[]=1',
    '%zz=%zz',
  )
  return fc.tuple(...pairs, strange).map((parts) => {
    const text = parts.filter(Boolean).join('&')
    return text && `?${text}`
  })
}

const pair = (key: string, value: string) => `${key}=${encodeURIComponent(value.toWellFormed())}`

const JUNK_PARAMS: readonly string[] = [
  'x',
  '0',
  '-1',
  'null',
  '%00',
  'a%00b',
  '%',
  '%zz',
  '%E0%A4%A',
  '%ED%A0%80',
  '..%2f..',
  '%2e%2e',
  encodeURIComponent("' or 1=1 --"),
  encodeURIComponent('固态电池'),
  encodeURIComponent('😀'),
  '{id}',
  '__proto__',
  'constructor',
  '00000000-0000-0000-0000-000000000000',
  'FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF',
  '99999999999999999999',
  LONG_TEXT,
]

/** A part of a path: the right kind of id, another kind's, another zone's, or junk. */
export const paramOf = (right: readonly string[], { ids }: Hostility): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 12, arbitrary: right.length ? fc.constantFrom(...right) : fc.constantFrom(...ids) },
    { weight: 1, arbitrary: fc.constantFrom(...ids) },
    { weight: 2, arbitrary: fc.constantFrom(...JUNK_PARAMS) },
  )

/** Bodies that are no JSON, or say that they are something else. */
export const BROKEN_BODIES: readonly { text: string; type: string }[] = [
  { text: '{', type: 'application/json' },
  { text: '', type: 'application/json' },
  { text: 'null', type: 'application/json' },
  { text: '"text"', type: 'application/json' },
  { text: '[1]', type: 'application/json' },
  { text: '{"a":1e999}', type: 'application/json' },
  { text: '{"__proto__":{"role":"administrator"}}', type: 'application/json' },
  { text: `${'['.repeat(100_000)}${']'.repeat(100_000)}`, type: 'application/json' },
  { text: '\ufeff{}', type: 'application/json' },
  { text: '{}', type: 'text/plain' },
  { text: 'a=1', type: 'application/x-www-form-urlencoded' },
  { text: '--x\r\n\r\n--x--', type: 'multipart/form-data; boundary=x' },
  { text: '{}', type: 'application/octet-stream' },
  { text: '{}', type: 'Application/Octet-Stream' },
  { text: '{}', type: 'application/json; charset=utf-16' },
  { text: '{}', type: '\u00ff' },
]
