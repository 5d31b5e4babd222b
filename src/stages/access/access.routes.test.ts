import { beforeAll, expect, test } from 'vitest'
import type { Answered } from '#testing'
import { STAGES } from '../stages.ts'
import { COMPOSE_ROWS } from './compose-rows.fixture.ts'
import { HOUSE_ROWS } from './house-rows.fixture.ts'
import { IMPORT_ROWS } from './import-rows.fixture.ts'
import { INVITATION_ROWS } from './invitation-rows.fixture.ts'
import { NEED_ROWS } from './need-rows.fixture.ts'
import { REGISTRY_ROWS } from './registry-rows.fixture.ts'
import { openScene, type Scene } from './scene.fixture.ts'
import { CALLERS, foretold, LETTERS, type Request, type Row } from './table.fixture.ts'
import { WATCH_ROWS } from './watch-rows.fixture.ts'
import { ZONE_ROWS } from './zone-rows.fixture.ts'

// Goal: who may do what, as a table written by hand: every route by every role in its three positions, with the status
// and with who sees which field. Method: each row's request is made by each caller against the real app, and made so that
// it would succeed for those who may. A route without a row fails.
const ROWS: readonly Row[] = [
  ...HOUSE_ROWS,
  ...REGISTRY_ROWS,
  ...IMPORT_ROWS,
  ...NEED_ROWS,
  ...COMPOSE_ROWS,
  ...INVITATION_ROWS,
  ...WATCH_ROWS,
  ...ZONE_ROWS,
]
const ENDPOINTS = new Map(
  STAGES.flatMap(({ name, api }) =>
    Object.entries(api).map(([key, endpoint]) => [`${name}.${key}` as string, endpoint] as const),
  ),
)

let scene: Scene
beforeAll(async () => {
  scene = await openScene()
})

test('every route stands in the table, once, and the table names no other', () => {
  expect(ROWS.map(({ route }) => route).sort()).toEqual([...ENDPOINTS.keys()].sort())
})

test.each(ROWS.map((row) => [row.route, row] as const))('%s', async (route, row) => {
  const { method, path } = ENDPOINTS.get(route)!
  const statuses = foretold(row)
  const isRead = method === 'get'
  let once: Request | undefined
  const found: string[] = []
  const expected: string[] = []
  for (const letter of LETTERS)
    for (const who of CALLERS[letter]!) {
      const request = (isRead && once) || ((await row.ask?.(scene, who)) ?? {})
      // What only reads changes nothing, so all callers can ask for the same thing.
      once = request
      const { path: asked = path.replace('/zones/{zone}', ''), ...rest } = request
      const answered = await scene.world.ask(method.toUpperCase(), asked, { as: who, ...rest })
      found.push(`${who} ${answered.status}`)
      expected.push(`${who} ${statuses.get(letter)}`)
      for (const [field, letters] of Object.entries(row.sees ?? {})) {
        if (answered.status >= 300) continue
        found.push(`${who} ${field} ${isSeen(answered, field)}`)
        expected.push(`${who} ${field} ${letters.includes(letter)}`)
      }
    }
  expect(found.join('\n')).toBe(expected.join('\n'))
})

function isSeen({ body }: Answered, field: string): boolean {
  let value: unknown = body
  for (const part of field.split('.')) value = (value as Record<string, unknown> | null | undefined)?.[part]
  if (value === null || value === undefined || value === false || value === '') return false
  return typeof value !== 'object' || Object.keys(value).length > 0
}
