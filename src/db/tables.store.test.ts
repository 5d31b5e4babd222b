import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openWorld } from '#testing'
import { tablesText } from './tables-text.ts'

test('tables.ts says what the migrations leave, on either engine', async () => {
  const { database } = await openWorld()
  expect(readFileSync(join(import.meta.dirname, 'tables.ts'), 'utf8')).toBe(await tablesText(database))
})
