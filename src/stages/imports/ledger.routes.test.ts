import { beforeEach, describe, expect, it } from 'vitest'
import { openWorld, type TestWorld } from '#testing'
import { apply, importFile, ledgerCsv, ledgerWorkbook, map, rowsOf, upload } from './imports.fixture.ts'

let world: TestWorld
beforeEach(async () => {
  world = await openWorld({ jobs: true })
})

const text = (text: string) => ({ text, origin: 'imported' })

/** What the ledger's seven lines of firms say, worked out by hand from the fixture. */
const FIRMS_EXPECTED = [
  {
    names: { zh: text('清河精密仪器有限公司') },
    identifiers: { uscc: '91320594MA1ABCD12Y' },
    kind: 'company',
    country: 'CN',
    city: '苏州市',
    staff: 128,
    founded: '2015-03-20',
    titles: ['高新技术企业', '专精特新“小巨人”'],
    revenue: { minor: '1250500000', currency: 'CNY' },
    rdSpend: { minor: '180000000', currency: 'CNY' },
    contact: { name: '张敏', phone: '0512-6288 1234', email: 'zhang@qinghe.example' },
  },
  {
    names: { zh: text('长风电子股份有限公司') },
    identifiers: { uscc: '91320594MA1EFGH344' },
    kind: 'company',
    country: 'CN',
    city: '苏州市',
    staff: 260,
    founded: '2009-11',
    titles: ['上市企业'],
    revenue: { minor: '12000000000', currency: 'CNY' },
    rdSpend: { minor: '960000000', currency: 'CNY' },
    contact: { name: '李强', phone: '13800001234' },
  },
  {
    names: { zh: text('青禾生物科技有限公司') },
    identifiers: {},
    kind: 'company',
    country: null,
    city: '苏州市',
    staff: 18,
    founded: '2021-04-15',
    titles: ['科技型中小企业'],
    revenue: { minor: '320000000', currency: 'CNY' },
    rdSpend: null,
    contact: { name: '赵磊', phone: '0512-62880001 ext 8012' },
  },
  {
    names: { zh: text('北辰大学苏州研究院') },
    identifiers: { uscc: '12320000466007100C' },
    kind: 'university',
    country: 'CN',
    city: '苏州市',
    staff: 76,
    founded: '2012',
    titles: [],
    revenue: null,
    rdSpend: { minor: '1500000000', currency: 'CNY' },
    contact: {},
  },
]

async function firms() {
  const { body } = await world.ask('GET', '/organisations?size=200')
  const found = await Promise.all(
    body.rows.map(async ({ id }: { id: string }) => (await world.ask('GET', `/organisations/${id}`)).body),
  )
  return found
    .filter((each) => each.provenance.importId)
    .map((each) => ({
      names: each.names,
      identifiers: each.identifiers,
      kind: each.kind,
      country: each.country,
      city: each.city,
      staff: each.staff,
      founded: each.founded,
      titles: each.titles,
      revenue: each.private.revenue,
      rdSpend: each.private.rdSpend,
      contact: each.private.contact,
    }))
}

const byName = <T extends { names: { zh?: { text: string } } }>(list: readonly T[]) =>
  Object.fromEntries(list.map((each) => [each.names.zh?.text ?? '', each]))

describe('a messy ledger', () => {
  it('is understood before anybody corrects it', async () => {
    const run = await upload(world, '台账.xlsx', await ledgerWorkbook())
    expect(run).toMatchObject({ state: 'mapping', kind: 'table', may: { map: true, apply: false } })
    expect(
      run.reading!.sheets.map((sheet) => [
        sheet.name,
        sheet.subject,
        sheet.heading.rows,
        sheet.columns.map((column) => column.field ?? '—').join(' '),
      ]),
    ).toEqual([
      [
        '企业台账',
        'organisations',
        [4, 5],
        '— organisation.name organisation.uscc organisation.staff organisation.founded organisation.city organisation.revenue organisation.rdSpend organisation.titles organisation.contactName organisation.contactPhone organisation.contactEmail',
      ],
      [
        '科技成果',
        'results',
        [2],
        '— result.title result.owners result.trl result.ipKind result.ipNumber result.ipStatus result.ipExpiry result.wantedDeal result.inventors',
      ],
      ['填报说明', 'none', expect.anything(), expect.anything()],
    ])
  })

  it('counts what it would bring and names what is wrong', async () => {
    const run = await map(world, await upload(world, '台账.xlsx', await ledgerWorkbook()))
    expect(run.state).toBe('ready')
    expect(run.counts).toMatchObject({
      organisations: { read: 7, new: 5, changed: 0, same: 0, refused: 2 },
      results: { read: 7, new: 6, changed: 0, same: 0, refused: 1 },
    })
    const refused = await rowsOf(world, run, '&verdict=refused')
    expect(refused.map(({ sheet, row, refusals }) => ({ sheet, row, refusals }))).toEqual([
      {
        sheet: '企业台账',
        row: 9,
        refusals: [{ column: '统一社会信用代码', value: '91320594MA1JKLM560', rule: 'uscc.checksum' }],
      },
      {
        sheet: '企业台账',
        row: 15,
        refusals: [
          { column: '基本情况 / 员工人数（人）', value: '若干', rule: 'value.not_a_number' },
          { column: '基本情况 / 成立日期', value: '2019-13-01', rule: 'value.not_a_date' },
        ],
      },
      {
        sheet: '科技成果',
        row: 7,
        refusals: [{ column: '技术成熟度', value: '12', rule: 'value.trl_out_of_range' }],
      },
    ])
  })

  it('brings the firms as a person reads them', async () => {
    await importFile(world, '台账.xlsx', await ledgerWorkbook())
    const found = byName(await firms())
    const { 南屿大学: owner, ...rest } = found
    expect(rest).toEqual(byName(FIRMS_EXPECTED))
    expect(owner).toMatchObject({ kind: 'university', identifiers: {}, staff: null })
  })

  it('brings the results with their owners', async () => {
    await importFile(world, '台账.xlsx', await ledgerWorkbook())
    const { body } = await world.ask('GET', '/results?size=200')
    const shown = body.rows.map((row: Record<string, unknown>) => ({
      title: row.title,
      trl: row.trl,
      owners: (row.owners as { name: string }[]).map((owner) => owner.name),
      ip: (row.ip as Record<string, unknown>[]).map(({ kind, number, status, expires }) =>
        [kind, number, status, expires].join(' '),
      ),
      wantedDeal: row.wantedDeal,
    }))
    expect(Object.fromEntries(shown.map((row: { title: string }) => [row.title, row]))).toEqual({
      高精度光栅位移传感器: {
        title: '高精度光栅位移传感器',
        trl: 6,
        owners: ['清河精密仪器有限公司'],
        ip: ['invention ZL202010123456.2 granted 2040-06-30'],
        wantedDeal: ['licence'],
      },
      微振动主动隔离平台: {
        title: '微振动主动隔离平台',
        trl: 6,
        owners: ['清河精密仪器有限公司'],
        ip: ['invention ZL201910654321.6 granted 2039-08-01'],
        wantedDeal: ['transfer', 'equity'],
      },
      低温共烧陶瓷滤波器: {
        title: '低温共烧陶瓷滤波器',
        trl: 5,
        owners: ['长风电子股份有限公司'],
        ip: ['utility_model ZL202120333444.2 granted 2031-03-15'],
        wantedDeal: [],
      },
      射频前端模组封装工艺: {
        title: '射频前端模组封装工艺',
        trl: 9,
        owners: ['长风电子股份有限公司'],
        ip: ['trade_secret   '],
        wantedDeal: ['service'],
      },
      酶法合成稀有糖工艺: {
        title: '酶法合成稀有糖工艺',
        trl: 4,
        owners: ['青禾生物科技有限公司', '北辰大学苏州研究院'],
        ip: [],
        wantedDeal: ['joint_development'],
      },
      钙钛矿薄膜表征方法: {
        title: '钙钛矿薄膜表征方法',
        trl: 3,
        owners: ['南屿大学'],
        ip: [],
        wantedDeal: [],
      },
    })
  })

  it('says what was set aside, joined, assumed and left out', async () => {
    const run = await map(world, await upload(world, '台账.xlsx', await ledgerWorkbook()))
    expect(run.summary!.asides).toMatchObject({
      'aside.total': 3,
      'aside.section': 2,
      'aside.note': 2,
      joined: 1,
    })
    const note = async (key: string) =>
      (await rowsOf(world, run, `&note=${key}`)).map((row) => `${row.row} ${row.name}`)
    expect(await note('left_out')).toEqual(['12 青禾生物科技有限公司'])
    expect(await note('from_owner')).toEqual(['9 南屿大学'])
    expect(await note('joined')).toEqual(['16 清河精密仪器有限公司'])
  })

  it('saved as a GBK CSV without its merged cells, says the same of the firms', async () => {
    const run = await importFile(world, '台账.csv', ledgerCsv())
    expect(run.reading).toMatchObject({ file: 'csv', encoding: 'gb18030', delimiter: ',' })
    expect(run.summary!.asides).toMatchObject({
      'aside.empty': 1,
      'aside.total': 2,
      'aside.section': 2,
      'aside.note': 2,
    })
    expect(byName(await firms())).toEqual(byName(FIRMS_EXPECTED))
  })

  it('imported twice, changes nothing the second time', async () => {
    const bytes = await ledgerWorkbook()
    await importFile(world, '台账.xlsx', bytes)
    const before = await everything()
    const again = await apply(world, await map(world, await upload(world, '台账.xlsx', bytes)))
    expect(again.counts).toMatchObject({
      organisations: { read: 6, new: 0, changed: 0, same: 4, refused: 2 },
      results: { read: 7, new: 0, changed: 0, same: 6, refused: 1 },
    })
    expect(await everything()).toEqual(before)
  })

  it('is proposed next time as it was mapped this time', async () => {
    const bytes = await ledgerWorkbook()
    const first = await upload(world, '台账.xlsx', bytes)
    await map(world, first, ({ sheets }) => ({
      sheets: sheets.map((sheet) => ({
        ...sheet,
        columns: sheet.columns.filter((column) => column.field !== 'organisation.contactPhone'),
      })),
    }))
    const second = await upload(world, '新台账.xlsx', bytes)
    expect(second.reading!.sheets.map((sheet) => sheet.remembered)).toEqual([true, true, false])
    expect(second.reading!.sheets[0]!.columns.map((column) => column.field)).not.toContain('organisation.contactPhone')
  })
})

/** Every record of the zone with its revision, and its history. */
async function everything() {
  return world.within(async (tx) => ({
    organisations: await tx
      .selectFrom('zone_organisation')
      .selectAll()
      .where('zone_id', '=', world.zoneId)
      .orderBy('organisation_id')
      .execute(),
    results: await tx
      .selectFrom('result')
      .selectAll()
      .where('zone_id', '=', world.zoneId)
      .orderBy('result_id')
      .execute(),
    owners: await tx
      .selectFrom('result_owner')
      .selectAll()
      .where('zone_id', '=', world.zoneId)
      .orderBy('result_id')
      .orderBy('ordinal')
      .execute(),
    history: await tx
      .selectFrom('record_change')
      .select(['subject_id', 'seq', 'action'])
      .where('zone_id', '=', world.zoneId)
      .where('subject_kind', '<>', 'import')
      .orderBy('seq')
      .orderBy('part')
      .execute(),
  }))
}
