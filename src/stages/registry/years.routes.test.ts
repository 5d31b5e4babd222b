import { parse } from 'csv-parse/sync'
import { sql } from 'kysely'
import { beforeEach, describe, expect, it } from 'vitest'
import { actAs } from '#db/caller.ts'
import { openWorld, type TestWorld, type Who } from '#testing'

let world: TestWorld
beforeEach(async () => {
  world = await openWorld()
})

const yuan = (amount: number) => ({ minor: String(amount * 100), currency: 'CNY' })
const spent = (year: number, amount: number) => ({ year, rdSpend: yuan(amount) })
const page = async (id: string, as: Who = 'zone_officer') =>
  (await world.ask('GET', `/organisations/${id}`, { as })).body
const change = async (id: string, body: object, as: Who = 'zone_officer') => {
  const { revision } = await page(id)
  return world.ask('PATCH', `/organisations/${id}`, { as, body: { revision, ...body } })
}
const yearsOf = async (id: string) =>
  (await page(id)).private.years.map(({ year, rdSpend }: { year: number; rdSpend: unknown }) => [year, rdSpend])

describe('Years of an organisation', () => {
  it('are added with it, read with it, the latest first, and say who wrote them', async () => {
    const { body } = await world.ask('POST', '/organisations', {
      body: { names: 'With Years', years: [{ year: 2024, revenue: yuan(9), staff: 12 }, spent(2025, 3)] },
    })
    const { years } = (await page(body.id)).private
    expect(years).toMatchObject([
      { year: 2025, rdSpend: yuan(3), revenue: null, sales: null, staff: null },
      { year: 2024, revenue: yuan(9), staff: 12, researchStaff: null, source: { importId: null } },
    ])
    expect(years[0].source.who).toBeTruthy()
  })

  it('are changed as a whole: one that is not named any more goes, and the history tells each figure', async () => {
    await change(world.own, { years: [spent(2025, 3), spent(2024, 2), { ...spent(2023, 1), staff: 5 }] })
    await change(world.own, { years: [spent(2025, 4), spent(2023, 1)] })
    expect(await yearsOf(world.own)).toEqual([
      [2025, yuan(4)],
      [2023, yuan(1)],
    ])
    const { body } = await world.ask('GET', `/history/organisation/${world.own}`)
    expect(body.rows[0].changes).toEqual({
      'rdSpend.2025': { from: yuan(3), to: yuan(4) },
      'rdSpend.2024': { from: yuan(2), to: null },
      'staff.2023': { from: 5, to: null },
    })
    await change(world.own, { city: 'X' })
    expect((await yearsOf(world.own)).length).toBe(2)
  })

  it('the second of two editors is told, with the years that stand', async () => {
    const { revision } = await page(world.own)
    const edit = (amount: number) =>
      world.ask('PATCH', `/organisations/${world.own}`, { body: { revision, years: [spent(2025, amount)] } })
    expect((await edit(1)).status).toBe(200)
    expect(await edit(2)).toMatchObject({
      status: 409,
      body: { code: 'changed_meanwhile', now: { private: { years: [{ year: 2025, rdSpend: yuan(1) }] } } },
    })
  })

  it.each<[story: string, years: unknown[], path: string, rule: string]>([
    ['before 1990', [spent(1989, 1)], 'years.0.year', 'year.bounds'],
    ['after the next', [spent(2025, 1), spent(2028, 1)], 'years.1.year', 'year.bounds'],
    ['twice', [spent(2025, 1), spent(2025, 2)], 'years.1.year', 'year.twice'],
    ['too many', Array.from({ length: 16 }, (_, at) => spent(2000 + at, 1)), 'years', 'year.too_many'],
    ['an amount below zero', [spent(2025, -1)], 'years.0.rdSpend', 'figure.negative'],
  ])('%s are refused beside their field', async (_, years, path, rule) => {
    const answer = await change(world.own, { years })
    expect([answer.status, answer.body.issues]).toMatchObject([422, [{ path, rule }]])
    expect(await yearsOf(world.own)).toEqual([])
  })

  it.each([
    ['half a person', { year: 2025, staff: 1.5 }],
    ['a word', { year: 2025, staff: 'many' }],
    ['no year', { staff: 1 }],
    ['half a year', { year: 2024.5 }],
    ['another figure', { year: 2025, profit: yuan(1) }],
    ['a currency of two letters', { year: 2025, revenue: { minor: '1', currency: 'CN' } }],
  ])('%s is refused', async (_, year) => {
    expect((await change(world.own, { years: [year] })).status).toBe(422)
  })
})

describe('Who sees years', () => {
  beforeEach(async () => {
    const first = await change(world.own, { years: [{ year: 2025, rdSpend: yuan(7_654_321), staff: 4_711 }] })
    expect(first.status).toBe(200)
  })

  it.each<[Who, boolean]>([
    ['zone_officer', true],
    ['technology_manager', true],
    ['company', true],
    ['researcher', true],
    ['company.other', false],
    ['researcher.other', false],
  ])('%s: %s', async (as, sees) => {
    const { text, body } = await world.ask('GET', `/organisations/${world.own}`, { as })
    expect([body.private?.years.length ?? null, text.includes('765432100'), text.includes('rdSpend.2025')]).toEqual(
      sees ? [1, true, true] : [null, false, false],
    )
    const history = await world.ask('GET', `/history/organisation/${world.own}`, { as })
    expect(history.text.includes('765432100')).toBe(sees)
    const file = await world.ask('GET', '/organisations/export?format=csv&language=zh', { as })
    expect([file.status, file.text.includes('7654321'), file.text.includes('2025年')]).toEqual([200, sees, sees])
  })

  it.each<[Who]>([['company.other'], ['researcher.other'], ['company.foreign'], ['stranger']])(
    '%s can’t change them',
    async (as) => {
      const answer = await change(world.own, { years: [] }, as)
      expect([401, 403, 404]).toContain(answer.status)
      expect((await yearsOf(world.own)).length).toBe(1)
    },
  )

  it('an organisation changes its own', async () => {
    expect((await change(world.own, { years: [spent(2024, 1)] }, 'company')).status).toBe(200)
    expect(await yearsOf(world.own)).toEqual([[2024, yuan(1)]])
  })

  it('the database itself shows and takes them from nobody else', async () => {
    const asOther = <T>(run: Parameters<typeof world.within<T>>[0]) =>
      world.within(async (tx) => {
        await actAs(tx, world.caller('company.other'))
        return run(tx)
      })
    const seen = await asOther((tx) => tx.selectFrom('organisation_year').select('year').execute())
    expect(seen).toEqual([])
    const { rows } = await asOther((tx) =>
      sql<{ facts: object }>`select year_facts(o) as facts from zone_organisation o where o.zone_id = ${world.zoneId}
        and o.organisation_id = ${world.own}`.execute(tx),
    )
    expect(rows).toEqual([{ facts: {} }])
    const write = asOther((tx) =>
      tx
        .insertInto('organisation_year')
        .values({
          ...{ zone_id: world.zoneId, organisation_id: world.own, year: 2020, staff: 1 },
          updated_at: world.clock.now(),
        })
        .execute(),
    )
    await expect(write).rejects.toThrow(/row-level security/)
  })
})

describe('Two organisations that are one', () => {
  it('keep all figures; where both say one, a person chooses; parting brings each back', async () => {
    const [kept, gone] = [await world.addOrganisation(), await world.addOrganisation()]
    await change(kept, { years: [{ ...spent(2025, 1), staff: 10 }, spent(2023, 1)] })
    await change(gone, { years: [{ ...spent(2025, 2), revenue: yuan(50) }, spent(2024, 2)] })
    const before = [(await page(kept)).private.years, (await page(gone)).private.years]
    const merge = (take: object) =>
      world.ask('POST', `/duplicates/${kept}/${gone}`, { body: { decision: 'merge', keep: kept, take } })
    expect((await merge({})).body.changes).toMatchObject({ 'rdSpend.2024': { from: null, to: yuan(2) } })
    const { years } = (await page(kept)).private
    expect(years).toMatchObject([
      { year: 2025, rdSpend: yuan(1), revenue: yuan(50), staff: 10 },
      { year: 2024, rdSpend: yuan(2) },
      { year: 2023, rdSpend: yuan(1) },
    ])
    expect((await world.ask('POST', `/organisations/${gone}/part`)).body.stays).toEqual([])
    const without = (all: { source: unknown }[][]) => all.map((one) => one.map(({ source: _, ...year }) => year))
    expect(without([(await page(kept)).private.years, (await page(gone)).private.years])).toEqual(without(before))
    await merge({ years: gone })
    expect((await page(kept)).private.years[0]).toMatchObject({ rdSpend: yuan(2), revenue: yuan(50), staff: 10 })
  })
})

describe('An export', () => {
  it('has a column for each figure of each year that anybody has', async () => {
    await change(world.own, { years: [{ ...spent(2025, 1_500), staff: 9 }, spent(2024, 1_200)] })
    await change(world.other, { years: [{ year: 2025, rdSpend: { minor: '250000', currency: 'EUR' } }] })
    const headings = async (language: string) => {
      const { text } = await world.ask('GET', `/organisations/export?format=csv&language=${language}`)
      return parse(text, { bom: true, columns: true }) as Record<string, string>[]
    }
    const rows = await headings('zh')
    expect(Object.keys(rows[0]!).slice(-4)).toEqual([
      '2025年研发投入（元）',
      '2025年研发投入（欧元）',
      '2025年员工人数',
      '2024年研发投入（元）',
    ])
    const own = rows.find((row) => row['2025年员工人数'] === '9')!
    expect(
      [own['2025年研发投入（元）'], own['2025年研发投入（欧元）'], own['2024年研发投入（元）']].map(Number),
    ).toEqual([1500, 0, 1200])
    expect(Object.keys((await headings('en'))[0]!)).toContain('R&D spending 2025 (EUR)')
  })
})
