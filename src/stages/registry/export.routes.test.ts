import { parse } from 'csv-parse/sync'
import excel from 'exceljs'
import { expect, test } from 'vitest'
import { createApp } from '#http/app.ts'
import { openWorld } from '#testing'

const rowsOf = (text: string) => parse(text, { bom: true, columns: true }) as Record<string, string>[]

test('organisations leave with all pages, by the filters and order of the list', async () => {
  const world = await openWorld()
  for (const name of ['=cmd|calc', '乙公司', '甲公司'])
    await world.addOrganisation({ names: { zh: name }, kind: 'company', staff: 12, fields: ['储能', '材料'] })
  await world.addOrganisation({ names: 'A University', kind: 'university' })
  const answer = await world.ask('GET', '/organisations/export?format=csv&kind=company&size=1&page=2&language=zh', {
    as: 'company',
  })
  expect(answer.headers.get('content-disposition')).toContain(
    "filename*=UTF-8''home-%E6%9C%BA%E6%9E%84%E5%90%8D%E5%BD%95-2026-11-22.csv",
  )
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
  const rows = rowsOf(answer.text)
  expect(rows.map((row) => row.名称)).toEqual(["'=cmd|calc", '甲公司', '乙公司'])
  expect(rows[1]).toMatchObject({ 机构类型: '企业', 员工人数: '12', 技术领域: '储能; 材料' })
  expect(Object.keys(rows[0]!)).not.toContain('联系人')
})

test('results and projects leave as a workbook with typed cells', async () => {
  const world = await openWorld()
  await world.addResult({
    title: { zh: '粉体', en: 'Powder' },
    trl: 6,
    dated: '2025-11-20',
    ip: [{ kind: 'invention', number: 'ZL201710601862.3', status: 'granted', expires: '2037-01-01' }],
    wantedDeal: ['licence'],
  })
  await world.addProject({ totalCost: { minor: '960000050', currency: 'CNY' }, startDate: '2022-07-01' })
  const app = createApp(world)
  const session = await world.accounts.openSession(world.caller('researcher').accountId!)
  const load = async (path: string) => {
    const response = await app.request(`/api/zones/${world.slug}${path}`, { headers: { cookie: session } })
    const workbook = new excel.Workbook()
    await workbook.xlsx.load((await response.arrayBuffer()) as never)
    return workbook.worksheets[0]!
  }
  const results = await load('/results/export?language=en')
  expect(results.name).toBe('Results')
  const [, , , , , , trl, , , number, , expiry, owners, , deal, date] = results.getRow(2).values as unknown[]
  expect([trl, number, owners, deal]).toEqual([6, 'ZL201710601862.3', '自家公司', 'Licence'])
  expect([expiry, date]).toEqual([new Date('2037-01-01'), new Date('2025-11-20')])
  const projects = await load('/projects/export?language=zh')
  expect((projects.getRow(2).values as unknown[])[10]).toBe(9_600_000.5)
})

test.each([
  ['stranger', 401],
  ['company.foreign', 403],
  ['researcher', 200],
] as const)('%s exports: %s', async (as, status) => {
  const world = await openWorld()
  for (const list of ['organisations', 'results', 'projects'])
    expect((await world.ask('GET', `/${list}/export?format=csv`, { as })).status).toBe(status)
})

test('a format that there is not is refused', async () => {
  const world = await openWorld()
  const answer = await world.ask('GET', '/results/export?format=exe')
  expect(answer).toMatchObject({ status: 422, body: { issues: [{ path: 'format', rule: 'choice.unknown' }] } })
})
