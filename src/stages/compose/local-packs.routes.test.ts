import { beforeAll, describe, expect, it } from 'vitest'
import { type ComposeWorld, openComposeWorld, PATIENT } from './compose.fixture.ts'
import { type DraftPack, type DraftRow, packForm } from './draft-pack-rules.ts'

let world: ComposeWorld
beforeAll(async () => {
  world = await openComposeWorld()
}, PATIENT.timeout)

const row = (changes: Partial<DraftRow>): DraftRow => ({
  ...{ kind: 'members_min', threshold: 2, kinds: ['company'], words: { zh: '签约', en: 'Signed' } },
  ...{ source: 'Article 1', confirmed: true },
  ...changes,
})
const form = (changes: Partial<DraftPack> = {}) =>
  packForm({
    ...{ slug: world.slug, name: 'team', version: '1', title: { zh: '园区规则', en: 'Zone rules' } },
    ...{ source: 'The zone', url: '', from: '2020-01-01', rows: [row({})] },
    ...changes,
  })
const officer = { as: 'zone_officer' } as const

describe('A zone’s own rules', PATIENT, () => {
  it('of every kind that the editor knows are well formed, and a team is composed under them', async () => {
    const rows = [
      row({ kind: 'members_min', threshold: 3 }),
      row({ kind: 'members_max', threshold: 6 }),
      row({ kind: 'kinds_min', threshold: 2, kinds: ['university', 'institute'] }),
      row({ kind: 'smes_percent', threshold: 10 }),
      row({ kind: 'newcomers_min', threshold: 1 }),
      row({ kind: 'countries_min', threshold: 1 }),
      row({ kind: 'lead_revenue_min', threshold: 100 }),
      row({ kind: 'by_hand', threshold: 0 }),
      row({ kind: 'kinds_min', threshold: 50, confirmed: false }),
    ]
    const body = { form: form({ name: 'all', rows }) }
    expect((await world.ask('POST', '/local-packs', { ...officer, body })).status).toBe(201)
    const id = `local/${world.slug}/all`
    const { rules, status } = await world.propose({ packs: [id] })
    expect(status).toBe('optimal')
    expect(rules.map(({ row: name, verdict }) => [name, verdict])).toEqual([
      ['row_1', 'met'],
      ['row_2', 'met'],
      ['row_3', 'met'],
      ['row_4', 'unknown'],
      ['row_5', 'met'],
      ['row_6', expect.any(String)],
      ['row_7', 'unknown'],
      ['row_8', 'unknown'],
      ['row_9', 'unknown'],
    ])
  })

  it('show what they would change before they are put in use', async () => {
    await world.propose()
    const rows = [row({ threshold: 20 }), row({ kind: 'newcomers_min', threshold: 1 })]
    const body = { form: form({ name: 'preview', rows }) }
    const { body: told } = await world.ask('POST', '/local-packs/preview', { ...officer, body })
    expect(told).toMatchObject({ teams: 1, eligible: [], changes: null })
    expect(told.rows[1]).toMatchObject({ met: 1, unknown: 0 })
    expect(told.rows[0].missed).toEqual([{ needId: world.need, need: expect.any(String) }])
    const { body: packs } = await world.ask('GET', '/rule-packs')
    expect(packs.rows.map(({ id }: { id: string }) => id)).not.toContain(`local/${world.slug}/preview`)
  })

  it('are never changed once in use; withdrawn, they can’t be asked for any more', async () => {
    const body = { form: form({ name: 'kept' }) }
    const { body: kept } = await world.ask('POST', '/local-packs', { ...officer, body })
    const again = await world.ask('POST', '/local-packs', { ...officer, body })
    expect([again.status, again.body.rule]).toEqual([409, 'rules.pack.version_twice'])
    const overlap = { form: form({ name: 'kept', version: '2', from: '2021-01-01' }) }
    expect((await world.ask('POST', '/local-packs', { ...officer, body: overlap })).body.rule).toBe(
      'rules.pack.overlap',
    )
    const id = `local/${world.slug}/kept`
    const before = await world.propose({ packs: [id] })
    expect((await world.ask('DELETE', `/local-packs/${kept.id}`, officer)).status).toBe(200)
    expect((await world.compose({ packs: [id], sizeMax: 7 })).body.rule).toBe('rules.pack.unknown')
    const { body: still } = await world.ask('GET', `/proposals/${before.id}`)
    expect(still.rules).toEqual(before.rules)
  })
})

describe('Refused are', PATIENT, () => {
  it.each([
    ['a pack in another zone’s name', () => form({ slug: 'elsewhere' }), 'pack.not_own'],
    ['one that takes a built-in name', () => ({ ...form(), id: 'cn/little-giant' }), 'pack.not_own'],
    ['one without rows', () => form({ rows: [] }), 'rules.pack.form'],
    ['a threshold that is no number', () => form({ rows: [row({ threshold: Number.NaN })] }), 'rules.pack.form'],
    ['what is no pack at all', () => ({ nonsense: true }), 'rules.pack.form'],
  ])('%s', async (_, made, rule) => {
    const answered = await world.ask('POST', '/local-packs', { ...officer, body: { form: made() } })
    expect([answered.status, answered.body.rule]).toEqual([422, rule])
  })
})
