import ExcelJS from 'exceljs'
import { describe, expect, it } from 'vitest'
import { LEDGER_FIELDS, ORGANISATION_FIELDS, RESULT_FIELDS } from '#engines/tables/dictionary.ts'
import { HEADING_ROWS_MAX } from '#engines/tables/heading.ts'
import { sortRows } from '#engines/tables/rows.ts'
import { studyTable } from '#engines/tables/study.fixture.ts'
import { cellText, readDate, readMoney, readNumber, readTrl } from '#engines/tables/values.ts'
import { encodeAs } from './bytes.fixture.ts'
import { all } from './faults.fixture.ts'
import { readTable } from './table.ts'
import type { Sheet } from './types.ts'

const DICTIONARIES = { organisation: ORGANISATION_FIELDS, result: RESULT_FIELDS, ledger: LEDGER_FIELDS }
const KEYS = { organisation: ['name'], result: ['title'], ledger: ['organisation.name', 'result.title'] }

/** A sheet as an import would read it: each data row's fields as understood, and what was set aside. */
const understand = async (sheet: Sheet) => {
  const rows = await all(sheet.rows())
  const { heading, subjects, styles } = studyTable(rows.slice(0, HEADING_ROWS_MAX), DICTIONARIES, KEYS)
  const sorter = sortRows(heading)
  const columns = subjects[0]!.columns.flatMap(({ column, field }) =>
    field ? [{ column, field: field.replace(/^.*\./, ''), style: styles.get(column) ?? {} }] : [],
  )
  const records = rows
    .map((row) => sorter.sort(row))
    .flatMap((sorted) => {
      if (sorted.kind === 'aside') return []
      const fields = columns.map(({ column, field, style }) => {
        const cell = sorted.row.cells[column] ?? null
        if (field === 'capital' || field === 'revenue' || field === 'price')
          return [field, readMoney(cell, style).value?.minor.toString() ?? readMoney(cell).refusal]
        if (field === 'founded' || field === 'ipExpiry')
          return [field, readDate(cell, style).value?.date ?? readDate(cell).refusal]
        if (field === 'staff') return [field, readNumber(cell, style).value ?? readNumber(cell).refusal]
        if (field === 'trl') return [field, readTrl(cell).value?.from ?? readTrl(cell).refusal]
        return [field, cellText(cell)]
      })
      return [{ row: sorted.row.number, section: sorted.section, ...Object.fromEntries(fields) }]
    })
  return { subject: subjects[0]!.subject, heading: heading.rows, records, counts: sorter.counts() }
}

it('an officer’s workbook of firms and results is read right', async () => {
  const book = new ExcelJS.Workbook()
  book.addWorksheet('填报说明').addRows([['填报说明'], ['一、请于12月31日前报送。'], ['二、金额单位为万元。']])
  const sheet = book.addWorksheet('台账')
  sheet.addRows([
    ['XX高新区科技型企业及成果台账'],
    ['填报单位：科技创新局', null, null, null, null, null, null, null, null, '单位：万元'],
    ['序号', '企业信息', null, null, null, null, '科技成果', null, null, '备注'],
    [
      null,
      '企业名称*',
      '统一社会\n信用代码',
      '注册资本',
      '成立时间',
      '员工人数（人）',
      '成果名称',
      '成熟度',
      '专利到期日',
      null,
    ],
    ['一、生物医药'],
    [
      1,
      '甲生物科技有限公司',
      '９１１１００００６０００３７３４１L',
      '１，２００',
      new Date('2015-03-01T00:00:00Z'),
      '约85人',
      '靶向药物递送',
      '中试',
      47_848,
      null,
    ],
    [null, null, null, null, null, null, '体外诊断试剂', 'TRL5', '2041年3月', '重点'],
    [
      2,
      '乙医疗器械股份有限公司',
      '91310115MA1K3BTP2B',
      '3000万元',
      '2018年3月',
      '1,200',
      '手术机器人',
      '五级',
      '长期',
      null,
    ],
    ['小计', null, null, 4200, null, 1285, '3项'],
    ['二、新材料'],
    [
      '序号',
      '企业名称',
      '统一社会信用代码',
      '注册资本',
      '成立时间',
      '员工人数',
      '成果名称',
      '成熟度',
      '专利到期日',
      '备注',
    ],
    [
      3,
      '丙新材料有限公司',
      '9144030071526726XG',
      '1.2亿',
      '20200506',
      { formula: '20+15', result: 35 },
      '石墨烯膜',
      7,
      new Date('2040-01-02T00:00:00Z'),
      null,
    ],
    [4, null, null, null, null, null, null, null, null, null],
    [null, '丁装备研究院', null, '待定', '2019.6', { error: '#REF!' }, '减速器', '很成熟了', '/', null],
    ['合  计', null, null, 16_200],
    ['注：1. 注册资本以营业执照为准。'],
    ['填表人：赵六', null, null, '审核人：钱七'],
  ])
  for (const range of [
    'A1:J1',
    'B3:F3',
    'G3:I3',
    'A3:A4',
    'J3:J4',
    'A5:J5',
    'A10:J10',
    'A16:J16',
    ...[...'ABCDEF'].map((letter) => `${letter}6:${letter}7`),
  ])
    sheet.mergeCells(range)
  sheet.getCell('I6').numFmt = 'yyyy/m/d'

  const table = await readTable(Buffer.from(await book.xlsx.writeBuffer()), { name: '台账.xlsx' })
  expect((await understand(table.sheets[0]!)).records.every((record) => !('name' in record))).toBe(true)
  const { subject, heading, records, counts } = await understand(table.sheets[1]!)
  expect({ subject, heading }).toEqual({ subject: 'ledger', heading: [3, 4] })
  const firm = {
    name: '甲生物科技有限公司',
    uscc: '９１１１００００６０００３７３４１L',
    capital: '1200000000',
    founded: '2015-03-01',
    staff: 85,
  }
  expect(records).toMatchObject([
    { row: 6, section: '生物医药', ...firm, title: '靶向药物递送', trl: 6, ipExpiry: '2030-12-31' },
    { row: 7, section: '生物医药', ...firm, title: '体外诊断试剂', trl: 5, ipExpiry: '2041-03-01', notes: '重点' },
    {
      row: 8,
      section: '生物医药',
      name: '乙医疗器械股份有限公司',
      capital: '3000000000',
      founded: '2018-03-01',
      staff: 1200,
      trl: 5,
      ipExpiry: undefined,
    },
    {
      row: 12,
      section: '新材料',
      name: '丙新材料有限公司',
      capital: '12000000000',
      founded: '2020-05-06',
      staff: 35,
      trl: 7,
      ipExpiry: '2040-01-02',
    },
    {
      row: 14,
      section: '新材料',
      name: '丁装备研究院',
      capital: undefined,
      founded: '2019-06-01',
      staff: 'value.error_cell',
      trl: 'value.not_a_trl',
    },
  ])
  expect(counts).toEqual({
    data: 5,
    above_heading: 2,
    heading: 2,
    section: 2,
    repeated_heading: 1,
    total: 2,
    note: 2,
    empty: 1,
  })
})

describe('a CSV out of a strange system', () => {
  it('in GBK, by commas, under a title and a unit, is read right', async () => {
    const text = [
      '某市科技成果转化项目库,,,,,',
      '单位：万元,,,,,',
      '序号,项目名称,所属领域,完成单位,成熟度,意向金额',
      '1,"高精度激光雷达，车规级",智能网联汽车,某某大学,小试,面议',
      '2,"固态电池\n电解质",新能源、新材料,某研究院,5级,"1,300"',
      ',,,,,',
      '合计,2项,,,,"1,300"',
      '数据截至2024年底,,,,,',
    ].join('\r\n')
    const table = await readTable(encodeAs(text, 'gb18030'), { name: '成果.csv' })
    expect(table).toMatchObject({ kind: 'csv', encoding: 'gb18030', delimiter: ',' })
    const { subject, records, counts } = await understand(table.sheets[0]!)
    expect(subject).toBe('result')
    expect(records).toMatchObject([
      { row: 4, title: '高精度激光雷达，车规级', owners: '某某大学', trl: 4, price: undefined },
      { row: 5, title: '固态电池\n电解质', trl: 5, price: '1300000000' },
    ])
    expect(counts).toMatchObject({ data: 2, above_heading: 2, heading: 1, empty: 1, total: 1, note: 1 })
  })

  it('in windows-1252, by semicolons, with decimal commas and days first, is read right', async () => {
    const text = [
      'Liste des membres;;;;',
      'Mise à jour : 12/2023;;;;',
      'Société;Ville;Chiffre d’affaires (k€);Créée;Effectif',
      'Élan Photonique;Orléans;1 250,5;05/03/2010;45',
      'Métal & Fils;Besançon;980;21/06/1998;12',
      'Total;;2 230,5;;57',
    ].join('\r\n')
    const table = await readTable(encodeAs(text, 'windows-1252'), { name: 'membres.csv' })
    expect(table).toMatchObject({ encoding: 'windows-1252', delimiter: ';' })
    const { records } = await understand(table.sheets[0]!)
    expect(records).toMatchObject([
      { row: 4, name: 'Élan Photonique', city: 'Orléans', revenue: '125050000', founded: '2010-03-05', staff: 45 },
      { row: 5, name: 'Métal & Fils', city: 'Besançon', revenue: '98000000', founded: '1998-06-21', staff: 12 },
    ])
  })
})
