import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { builtInPacks, joinPacks, packFor } from './catalogue.ts'
import { type Pack, readPack } from './pack.ts'

/** By which a changed pack is noticed: what is in use is never changed, but followed by a version of its own. */
const hashes = JSON.parse(readFileSync(new URL('./packs/hashes.json', import.meta.url), 'utf8')) as Record<
  string,
  string
>

test('a pack that is out is never changed', () => {
  const own = Object.fromEntries(builtInPacks().map(({ form, hash }) => [`${form.id} ${form.version}`, hash]))
  expect(own).toEqual(hashes)
})

test('the hash tells every change, and not the order of the keys', () => {
  const { form, hash } = builtInPacks()[0]!
  const turned = Object.fromEntries(Object.entries(form).reverse())
  expect(readPack(turned).hash).toBe(hash)
  expect(readPack({ ...form, effective: { ...form.effective, to: '2030-01-01' } }).hash).not.toBe(hash)
})

test.each([
  ['cn/little-giant', '2022-08-01', '2022'],
  ['cn/little-giant', '2026-03-31', '2022'],
  ['cn/little-giant', '2026-04-01', '2026'],
  ['cn/specialised-sme', '2026-03-31', '2022'],
  ['cn/specialised-sme', '2026-04-01', '2026'],
  ['cn/xiamen-innovation-consortium', '2025-08-10', '2025'],
  ['eu/horizon-europe', '2024-12-31', '2024'],
  ['eu/horizon-europe', '2025-01-01', '2025'],
  ['eu/horizon-europe', '2030-01-01', '2026'],
])('%s on %s is version %s', (id, date, version) => {
  expect(packFor(id, date).form.version).toBe(version)
})

test.each([
  ['cn/little-giant', '2022-07-31', 'not_found', 'rules.pack.not_in_force', '2022: 2022-08-01 to 2026-03-31'],
  ['cn/xiamen-innovation-consortium', '2025-08-09', 'not_found', 'rules.pack.not_in_force', '2025-08-10 to now'],
  ['cn/little-dragon', '2026-01-01', 'not_found', 'rules.pack.unknown', 'cn/little-giant'],
  ['__proto__', '2026-01-01', 'not_found', 'rules.pack.unknown', 'cn/little-giant'],
  ['cn/little-giant', '2026-02-30', 'invalid', 'rules.date', '2026-05-01'],
  ['cn/little-giant', 'tomorrow', 'invalid', 'rules.date', '2026-05-01'],
])('%s on %s is refused', (id, date, code, rule, tip) => {
  expect(() => packFor(id, date)).toThrow(
    expect.objectContaining({ code, details: expect.objectContaining({ rule, tip: expect.stringContaining(tip) }) }),
  )
})

const local = (version: string, from: string, to?: string): Pack =>
  readPack({
    ...packFor('cn/qingdao-innovation-consortium', '2026-01-01').form,
    id: 'local/bay/consortium',
    version,
    effective: { from, ...(to ? { to } : {}) },
  })

test('a zone’s own packs stand beside those that come with the product, each version for its days', () => {
  const packs = joinPacks([...builtInPacks(), local('2', '2026-01-01'), local('1', '2025-01-01', '2025-12-31')])
  expect(packFor('local/bay/consortium', '2025-12-31', packs).form.version).toBe('1')
  expect(packFor('local/bay/consortium', '2026-01-01', packs).form.version).toBe('2')
  expect(packFor('cn/little-giant', '2026-05-01', packs).form.version).toBe('2026')
  expect(() => packFor('local/bay/consortium', '2024-12-31', packs)).toThrow('No version')
})

test.each([
  ['a version twice', [local('1', '2025-01-01', '2025-06-30'), local('1', '2026-01-01')], 'rules.pack.version_twice'],
  ['two versions on one day', [local('1', '2025-01-01', '2026-01-01'), local('2', '2026-01-01')], 'rules.pack.overlap'],
  ['two versions without an end', [local('1', '2025-01-01'), local('2', '2026-01-01')], 'rules.pack.overlap'],
])('%s is refused', (_says, packs, rule) => {
  expect(() => joinPacks(packs)).toThrow(expect.objectContaining({ details: expect.objectContaining({ rule }) }))
})
