import { beforeEach, describe, expect, it } from 'vitest'
import { openWorld, type TestWorld } from '#testing'
import { apply, importFile, map, proposed, rowsOf, upload } from './imports.fixture.ts'

// Goal: a ledger's figures of years come in as such, are never doubled, and give way to what a person has set.
let world: TestWorld
beforeEach(async () => {
  world = await openWorld({ jobs: true })
})

const csv = (text: string) => new TextEncoder().encode(text)
const LEDGER = csv(
  `企业名称,统一社会信用代码,2025年营业收入（万元）,2024年营业收入（万元）,2025年研发投入（万元）,研发费用2024（万元）,近三年研发投入均值（万元）,2025年研发人员数
清河精密仪器有限公司,91620105L015101280,"12,505",11000,1800,1.5亿,1500,46
青禾生物科技有限公司,,3200,,暂无,120,,
`,
)
const yuan = (amount: number) => ({ minor: String(amount * 100), currency: 'CNY' })

async function yearsOf(name: string) {
  const { body } = await world.ask('GET', `/organisations?q=${encodeURIComponent(name)}`)
  const { body: page } = await world.ask('GET', `/organisations/${body.rows[0].id}`)
  return page
}

describe('A ledger with figures of years', () => {
  it('is understood, means of several years apart', async () => {
    const run = await upload(world, '台账.csv', LEDGER)
    const columns = run.reading!.sheets[0]!.columns
    expect(columns.map(({ field }) => field)).toEqual([
      'organisation.name',
      'organisation.uscc',
      'organisation.revenue.2025',
      'organisation.revenue.2024',
      'organisation.rdSpend.2025',
      'organisation.rdSpend.2024',
      null,
      'organisation.researchStaff.2025',
    ])
    expect(columns[6]!.notKept).toBe('organisation.severalYears')
    expect(columns[2]!.unit).toMatchObject({ scale: 10_000, currency: 'CNY' })
  })

  it('comes in with its units and its source, and the same file again changes nothing', async () => {
    await importFile(world, '台账.csv', LEDGER)
    const first = await yearsOf('清河')
    expect(first.private.years).toMatchObject([
      { year: 2025, revenue: yuan(125_050_000), rdSpend: yuan(18_000_000), researchStaff: 46, sales: null },
      { year: 2024, revenue: yuan(110_000_000), rdSpend: yuan(150_000_000), source: { importName: '台账.csv' } },
    ])
    expect((await yearsOf('青禾')).private.years).toMatchObject([
      { year: 2025, revenue: yuan(32_000_000), rdSpend: null },
      { year: 2024, revenue: null, rdSpend: yuan(1_200_000) },
    ])
    const again = await importFile(world, '台账.csv', LEDGER)
    expect(again.summary!.counts.organisations).toMatchObject({ new: 0, changed: 0, same: 2 })
  })

  it('gives way to what a person has set, and says what it says beside it', async () => {
    await importFile(world, '台账.csv', LEDGER)
    const { id, revision, private: own } = await yearsOf('清河')
    const years = own.years.map(({ source: _, ...year }: { source: unknown; year: number }) =>
      year.year === 2025 ? { ...year, rdSpend: yuan(20_000_000) } : year,
    )
    await world.ask('PATCH', `/organisations/${id}`, { body: { revision, years } })
    const later = csv(
      new TextDecoder().decode(LEDGER).replace(',1800,', ',1900,').replace('"12,505"', '13000').replace(',46', ',50'),
    )
    const run = await map(world, await upload(world, '台账2.csv', later))
    const [row] = await rowsOf(world, run, '&verdict=changed')
    expect(row!.changes).toMatchObject({
      'revenue.2025': { from: yuan(125_050_000), to: yuan(130_000_000) },
      'researchStaff.2025': { from: 46, to: 50 },
    })
    expect(row!.told).toMatchObject({ 'rdSpend.2025': { from: yuan(20_000_000), to: yuan(19_000_000) } })
    await apply(world, run)
    const page = await yearsOf('清河')
    expect(page.private.years[0]).toMatchObject({
      revenue: yuan(130_000_000),
      rdSpend: yuan(20_000_000),
      researchStaff: 50,
      source: { importName: '台账2.csv' },
    })
    expect(page.provenance.sourceSays['rdSpend.2025'].value).toEqual(yuan(19_000_000))
  })

  it('takes years from a further row of the same firm, and compares those that stand', async () => {
    const twice = (spent: number) =>
      csv(`企业名称,2025年研发投入（万元）,2024年研发投入（万元）\n甲公司,,5\n乙公司,1,1\n甲公司,${spent},\n`)
    await importFile(world, 'twice.csv', twice(7))
    expect((await yearsOf('甲公司')).private.years).toMatchObject([
      { year: 2025, rdSpend: yuan(70_000) },
      { year: 2024, rdSpend: yuan(50_000) },
    ])
    const again = await importFile(world, 'twice.csv', twice(7))
    expect(again.summary!.counts.organisations).toMatchObject({ changed: 0, same: 2 })
    const later = await importFile(world, 'twice.csv', twice(8))
    expect(later.summary!.counts.organisations).toMatchObject({ changed: 1, same: 1 })
    expect((await yearsOf('甲公司')).private.years[0]).toMatchObject({ rdSpend: yuan(80_000) })
  })

  it('takes a person’s word for what a column is, in the unit that they give', async () => {
    const run = await upload(world, 'firms.csv', csv('Company,Last year R&D\nAcme GmbH,12\nBeta AG,7\n'))
    const columns = [
      { column: 0, field: 'organisation.name' },
      { column: 1, field: 'organisation.rdSpend.2025', unit: { scale: 1000, currency: 'EUR' } },
    ]
    const mapped = await map(world, run, ({ sheets: [sheet] }) => ({
      sheets: [{ ...sheet!, subject: 'organisations', columns }],
    }))
    await apply(world, mapped)
    expect((await yearsOf('Acme')).private.years).toMatchObject([
      { year: 2025, rdSpend: { minor: '1200000', currency: 'EUR' } },
    ])
  })

  it('leaves out a year that is still to come, and refuses what is no amount', async () => {
    const run = await importFile(
      world,
      'later.csv',
      csv('企业名称,2028年研发投入（万元）,2025年营业收入（万元）\n甲公司,5,6\n乙公司,5,很多\n'),
    )
    const rows = await rowsOf(world, run)
    expect(rows.find(({ name }) => name === '甲公司')).toMatchObject({
      verdict: 'new',
      notes: [{ note: 'left_out', rule: 'value.date_out_of_range' }],
    })
    expect(rows.find(({ name }) => name === '乙公司')).toMatchObject({
      verdict: 'refused',
      refusals: [{ column: '2025年营业收入（万元）', value: '很多', rule: 'value.not_money' }],
    })
  })

  it.each(['organisation.rdSpend.1889', 'organisation.profit.2024', 'result.rdSpend.2024', 'organisation.rdSpend.'])(
    'refuses a column as %s',
    async (field) => {
      const run = await upload(world, '台账.csv', LEDGER)
      const [sheet] = proposed(run).sheets
      const answer = await world.ask('PUT', `/imports/${run.id}/mapping`, {
        body: { sheets: [{ ...sheet, columns: [...sheet!.columns, { column: 6, field }] }] },
      })
      expect([answer.status, answer.body.issues?.[0]?.rule]).toEqual([422, 'mapping.unknown_field'])
    },
  )
})
