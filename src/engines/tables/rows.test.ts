import { describe, expect, it } from 'vitest'
import { LEDGER_FIELDS } from './dictionary.ts'
import { grid } from './grid.fixture.ts'
import { chooseHeading } from './heading.ts'
import { fillDown, sortRows } from './rows.ts'

const sorted = (drawing: string) => {
  const rows = grid(drawing)
  const sorter = sortRows(chooseHeading(rows, LEDGER_FIELDS))
  const told = rows
    .map((row) => sorter.sort(row))
    .map((row) => (row.kind === 'data' ? `data ${row.section ?? ''}`.trim() : row.reason))
  return { told, counts: sorter.counts() }
}

const LEDGER = `科技企业台账 | = | = | =
序号 | 企业名称 | 产品 | 注册资本
一、生物医药 | = | = | =
1 | 甲公司 | 试剂 | 100
2 | 乙公司 | 器械 | 200
小计 | | | 300
二、新材料（共1家） | = | = | =
序号 | 企业名称 | 产品 | 注册资本
3 | 丙公司 | 薄膜 | 400
4 | | |
合  计 | 3家 | | 700
注：1. 以营业执照为准 | = | = | =
填表人：赵六 | | 审核人：钱七 |`

describe('rows that are no data', () => {
  it('are set aside with their reason, and all are counted', () => {
    const { told, counts } = sorted(LEDGER)
    expect(told).toEqual([
      'above_heading',
      'heading',
      'section',
      'data 生物医药',
      'data 生物医药',
      'total',
      'section',
      'repeated_heading',
      'data 新材料（共1家）',
      'empty',
      'total',
      'note',
      'note',
    ])
    expect(counts).toEqual({
      data: 3,
      above_heading: 1,
      heading: 1,
      section: 2,
      total: 2,
      repeated_heading: 1,
      empty: 1,
      note: 2,
    })
  })

  it.each<[string, string]>([
    ['合计 | | | 300', 'total'],
    ['| 小计： | | 300', 'total'],
    ['东区小计 | | | 300', 'total'],
    ['总计（12家） | | | 300', 'total'],
    ['Total | | | 300', 'total'],
    ['Grand total | | 3 | 300', 'total'],
    ['Sub-total: | | | 300', 'total'],
    ['平均值 | | | 30', 'total'],
    ['注：数据截至2024年底', 'note'],
    ['备注：1、表中数据为快报数', 'note'],
    ['填报单位：科技局 | | 填报日期：2024-12-31', 'note'],
    ['Source: cluster office', 'note'],
    ['* provisional figures', 'note'],
    ['联系人：张三 | 电话：13800000000', 'note'],
    ['示例 | 某某公司 | 芯片 | 500', 'note'],
    ['（三）新能源', 'section'],
    ['新能源汽车', 'section'],
    ['7 | | | ', 'empty'],
    ['- | - | - | -', 'empty'],
    ['7 | 总部科技公司 | 芯片 | 500', 'data'],
    ['8 | 共计算科技公司 | 软件 | 500', 'data'],
    ['9 | TotalEnergies SE | energy | 500', 'data'],
    ['10 | 注塑机械公司 | 机械 | 500', 'data'],
    ['11 | 丁公司 | | ', 'data'],
    ['| 戊公司 | 软件 | 20', 'data'],
  ])('%s: %s', (row, reason) => {
    const drawing = `序号 | 企业名称 | 产品 | 注册资本\n1 | 甲公司 | 试剂 | 100\n2 | 乙公司 | 器械 | 200\n${row}`
    expect(sorted(drawing).told.at(-1)).toBe(reason)
  })

  it('include those that a merged cell alone reaches into', () => {
    const { told } = sorted('企业名称 | 成果名称 | 成熟度\n甲公司 | 激光器 | 5\n^ | 探测器 | 6\n^ | | ')
    expect(told).toEqual(['heading', 'data', 'data', 'empty'])
  })
})

it('blanks below a value are filled as if they were merged, where the row says something', () => {
  const [heading, ...rows] = grid('企业 | 类型 | 成果\n甲公司 | 民企 | 激光器\n | | 探测器\n乙公司 | | 光栅\n | | 软件')
  const fill = fillDown([0, 1])
  expect(heading?.number).toBe(1)
  expect(rows.map((row) => fill(row).cells)).toEqual([
    ['甲公司', '民企', '激光器'],
    ['甲公司', '民企', '探测器'],
    ['乙公司', null, '光栅'],
    ['乙公司', null, '软件'],
  ])
})
