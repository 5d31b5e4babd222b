import { describe, expect, it } from 'vitest'
import { LEDGER_FIELDS } from './dictionary.ts'
import { grid } from './grid.fixture.ts'
import { chooseHeading } from './heading.ts'

const headingOf = (drawing: string) => {
  const { rows, columns, above } = chooseHeading(grid(drawing), LEDGER_FIELDS)
  return { rows, columns, above }
}

describe('the heading of a table', () => {
  it.each<[string, string, readonly number[], readonly string[]]>([
    ['is its first row', '企业名称 | 人数\n甲公司 | 5\n乙公司 | 6', [1], ['企业名称', '人数']],
    [
      'stands under titles, notes and a unit',
      `XX高新区科技企业台账（2024年度） | = | = | =
       填报单位：科技创新局 | | | 单位：万元
       序号 | 企业名称 | 注册资本 | 联系人
       1 | 甲科技有限公司 | 500 | 张三
       2 | 乙科技有限公司 | 800 | 李四`,
      [3],
      ['序号', '企业名称', '注册资本', '联系人'],
    ],
    [
      'may begin at a later column, with blank rows above',
      `
       | | Members of the cluster
       | |
       | | Organisation | Country | Employees
       | | Lumen GmbH | Germany | 45
       | | University of Trento | IT | 1200`,
      [3],
      ['', '', 'Organisation', 'Country', 'Employees'],
    ],
    [
      'may have two levels, merged across and down',
      `序号 | 企业信息 | = | 联系方式 | = | 备注
       ^ | 企业名称 | 类型 | 联系人 | 电话 | ^
       1 | 甲公司 | 民企 | 张三 | 13800000000 | 
       2 | 乙公司 | 国企 | 李四 | 13900000000 | 重点`,
      [1, 2],
      ['序号', '企业信息 / 企业名称', '企业信息 / 类型', '联系方式 / 联系人', '联系方式 / 电话', '备注'],
    ],
    [
      'may have two levels without merged cells, as in a CSV',
      `基本信息 | | | 联系方式 | | 成果 |
       企业名称 | 代码 | 类型 | 姓名 | 电话 | 名称 | TRL
       甲公司 | 91110000600037341L | 民企 | 张三 | 13800000000 | 激光器 | 5`,
      [1, 2],
      [
        '基本信息 / 企业名称',
        '基本信息 / 代码',
        '基本信息 / 类型',
        '联系方式 / 姓名',
        '联系方式 / 电话',
        '成果 / 名称',
        '成果 / TRL',
      ],
    ],
    [
      'may have two levels of which some names stand in the upper only',
      `序号 | 企业信息 | | 联系方式 | | 备注
        | 企业名称 | 类型 | 联系人 | 电话 |
       1 | 甲公司 | 民企 | 张三 | 13800000000 |`,
      [1, 2],
      ['序号', '企业信息 / 企业名称', '企业信息 / 类型', '联系方式 / 联系人', '联系方式 / 电话', '备注'],
    ],
    [
      'may have three levels and a row of numbers',
      `表3 高新区企业创新情况表 | = | = | =
       企业 | 经济指标 | = | 研发人员
       ^ | 收入 | = | ^
       ^ | 营业收入 | 其中：出口 | ^
       甲 | 1 | 2 | 3
       某科技公司 | 1000 | 20 | 10
       某光电公司 | 2000 | 20 | 30`,
      [2, 3, 4, 5],
      ['企业', '经济指标 / 收入 / 营业收入', '经济指标 / 收入 / 其中：出口', '研发人员'],
    ],
    [
      'may stand in two languages over a row of units',
      `企业名称 | 所属行业 | 员工人数 | 年营业收入
       Company | Industry | Employees | Revenue
        | | 人 | 万元
       甲公司 | 制造 | 20 | 500
       乙公司 | 软件 | 30 | 600`,
      [1, 2, 3],
      ['企业名称 / Company', '所属行业 / Industry', '员工人数 / Employees / 人', '年营业收入 / Revenue / 万元'],
    ],
    [
      'is the first where it is repeated',
      `名录 | = | =
       企业名称 | 产品 | 人数
       甲公司 | 芯片 | 5
       乙公司 | 软件 | 6
       企业名称 | 产品 | 人数
       丙公司 | 光栅 | 7`,
      [2],
      ['企业名称', '产品', '人数'],
    ],
    [
      'is not a note with two cells',
      `填表说明：请如实填写 | 填报日期：2024-12-31
       成果名称 | 成熟度 | 完成单位
       激光雷达 | 中试 | 某大学`,
      [2],
      ['成果名称', '成熟度', '完成单位'],
    ],
    [
      'may hold names that no dictionary knows',
      `Gizmo | Wobble | Frob
       a7 | 12 | 2024-03-05
       b8 | 13 | 2024-03-06
       c9 | 14 | 2024-03-07`,
      [1],
      ['Gizmo', 'Wobble', 'Frob'],
    ],
  ])('%s', (_, drawing, rows, columns) => expect(headingOf(drawing)).toMatchObject({ rows, columns }))

  it('is none where the rows are all data', () => {
    const found = chooseHeading(
      grid('甲科技有限公司 | 91110000600037341L | a@b.com | 100\n乙科技有限公司 | 91310115MA1K3BTP2B | c@d.com | 200'),
      LEDGER_FIELDS,
    )
    expect(found).toMatchObject({ row: 0, columns: ['', '', '', ''], confidence: 0 })
  })

  it('tells what stood above it', () => {
    expect(headingOf('台账 | = | =\n单位：万元\n企业名称 | 注册资本 | 人数\n甲公司 | 5 | 6').above).toEqual([
      '台账',
      '单位：万元',
    ])
  })
})
