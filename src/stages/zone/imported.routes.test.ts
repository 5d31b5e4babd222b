import { expect, test } from 'vitest'
import { openWorld } from '#testing'
import { importFile } from '../imports/imports.fixture.ts'

const LEDGER = `企业名称,统一社会信用代码,产业链环节,资质荣誉
清河电芯有限公司,91320594MA1ABCD12Y,电芯,高新技术企业
云岭回收有限公司,91320594MA1JKLM569,RECYCLING,专精特新中小企业
长风电子有限公司,91320594MA1EFGH344,别的环节,高新技术企业
`

const INDUSTRY = {
  slug: 'storage',
  names: { zh: '新型储能', en: 'Storage' },
  segments: [
    { key: 'cells', names: { zh: '电芯', en: 'Cells' }, stream: 'midstream' },
    { key: 'second-life', names: { zh: '回收', en: 'Recycling' }, stream: 'downstream' },
  ],
}

test.each([
  ['after the industry was written down', ['industry', 'ledger']],
  ['before the industry was written down', ['ledger', 'industry']],
])('a firm of a ledger imported %s counts under the segment that it names', async (_when, order) => {
  const world = await openWorld({ jobs: true })
  const steps: Record<string, () => Promise<unknown>> = {
    industry: () => world.ask('POST', '/industries', { body: INDUSTRY }),
    ledger: () => importFile(world, '台账.csv', new TextEncoder().encode(LEDGER)),
  }
  for (const step of order) await steps[step]!()
  const { ones } = (await world.ask('GET', '/industries/storage')).body
  const enterprises = ones.find((one: { key: string }) => one.key === 'enterprises')
  expect(enterprises.measured).toBe(2)
  const opened = await world.ask('GET', `/organisations?${enterprises.drill.search}`)
  expect(opened.body.rows.map(({ segment }: { segment: string }) => segment).toSorted()).toEqual([
    'cells',
    'second-life',
  ])
  // The same ledger again has nothing new to say.
  const again = await importFile(world, '台账.csv', new TextEncoder().encode(LEDGER))
  expect(again.summary!.counts.organisations).toMatchObject({ new: 0, changed: 0, same: 3, refused: 0 })
})
