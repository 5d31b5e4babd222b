import { expect, test } from 'vitest'
import { openWorld } from '#testing'
import { identifyAll, organisationIdOf, shareOrganisations } from './identity.ts'

const entry = (name: string, identifiers = {}, country: string | null = 'CN') => ({ identifiers, name, country })

test('records are known by any identifier, else by their natural key, and merged ones are followed', async () => {
  const world = await openWorld()
  const kept = await world.addOrganisation({ names: 'Kept', identifiers: { pic: '999905974' } })
  const gone = await world.addOrganisation({
    names: 'Gone',
    identifiers: { pic: '998221957', lei: 'HWUPKR0MPOU8FGXBT394' },
  })
  await world.ask('POST', `/duplicates/${kept}/${gone}`, { body: { decision: 'merge', keep: kept } })
  const found = await world.within((tx) =>
    identifyAll(tx, world.zoneId, [
      entry('Kept', { pic: '999905974' }),
      entry('Gone', { pic: '998221957' }),
      entry('Kept in another file', { uscc: '91620105L015101280', lei: 'HWUPKR0MPOU8FGXBT394' }),
      entry('New', { ror: '03yrm5c26' }),
      entry('Nameless  One'),
      entry('NAMELESS one'),
    ]),
  )
  expect(found.map(({ id, known, alias }) => [id === kept, known, alias])).toEqual([
    [true, true, false],
    [true, true, true],
    [true, true, true],
    [false, false, false],
    [false, false, false],
    [false, false, false],
  ])
  expect(found[4]!.id).toBe(found[5]!.id)
})

test('identifiers that belong to two are told', async () => {
  const world = await openWorld()
  await world.addOrganisation({ identifiers: { pic: '999905974' } })
  await world.addOrganisation({ identifiers: { lei: 'HWUPKR0MPOU8FGXBT394' } })
  const both = { pic: '999905974', lei: 'HWUPKR0MPOU8FGXBT394' }
  const [found] = await world.within((tx) => identifyAll(tx, world.zoneId, [entry('X', both)]))
  expect(found).toMatchObject({ known: true, disagree: true })
})

test('a public identifier is one identity in all zones; a name is its zone’s own', async () => {
  const world = await openWorld()
  const pic = { identifiers: { pic: '999905974' }, name: 'X', country: null }
  expect(organisationIdOf(world.zoneId, pic)).toBe(organisationIdOf(world.foreign.zoneId, { ...pic, name: 'Y' }))
  expect(organisationIdOf(world.zoneId, entry('X'))).not.toBe(organisationIdOf(world.foreign.zoneId, entry('X')))
  const rows = [{ id: organisationIdOf(world.zoneId, pic), identifiers: pic.identifiers, names: {}, country: null }]
  await world.within((tx) => shareOrganisations(tx, world.zoneId, rows))
  await world.within((tx) => shareOrganisations(tx, world.foreign.zoneId, rows), world.foreign.zoneId)
  const seen = await world.within((tx) =>
    tx.selectFrom('organisation').select('id').where('id', '=', rows[0]!.id).execute(),
  )
  expect(seen).toHaveLength(1)
})
