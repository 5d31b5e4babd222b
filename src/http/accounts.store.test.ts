import { getMigrations } from 'better-auth/db/migration'
import { expect, test } from 'vitest'
import { openWorld } from '#testing'

test('better-auth would add nothing to the tables that the migrations made for it', async () => {
  const { accounts } = await openWorld()
  const plan = await getMigrations(accounts.options)
  const { toBeCreated, toBeAdded, toBeAddedIndexes, schemaProblems } = plan
  expect({ toBeCreated, toBeAdded, toBeAddedIndexes, schemaProblems }).toEqual({
    toBeCreated: [],
    toBeAdded: [],
    toBeAddedIndexes: [],
    schemaProblems: [],
  })
})
