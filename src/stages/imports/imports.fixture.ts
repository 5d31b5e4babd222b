import ExcelJS from 'exceljs'
import type { Answered, TestWorld, Who } from '#testing'
import { encodeAs } from '../../files/bytes.fixture.ts'
import { proposedMapping } from './mapping-rules.ts'
import type { Import, ImportRow } from './model.ts'
import { writeZip } from './zip-out.ts'

/** Hands a file over as the browser does, and waits until it has been read. */
export async function upload(
  world: TestWorld,
  name: string,
  bytes: Uint8Array,
  as: Who = 'zone_officer',
): Promise<Import> {
  const { status, body } = await world.ask('POST', `/imports?name=${encodeURIComponent(name)}`, { as, raw: bytes })
  if (status !== 202) throw new Error(`The upload answered ${status} ${JSON.stringify(body)}.`)
  return settle(world, body)
}

/** Waits for the work that an answer names, and shows the import. */
export async function settle(world: TestWorld, { id, workId }: { id: string; workId: string | null }): Promise<Import> {
  if (workId) await world.jobs.settled(world.zoneId, workId)
  return (await world.ask('GET', `/imports/${id}`)).body
}

/** Takes the mapping that was proposed, with changes to it. */
export async function map(
  world: TestWorld,
  run: Import,
  change: (mapping: Mapping) => Mapping = (same) => same,
): Promise<Import> {
  const { status, body } = await world.ask('PUT', `/imports/${run.id}/mapping`, { body: change(proposed(run)) })
  if (status !== 202) throw new Error(`The mapping answered ${status} ${JSON.stringify(body)}.`)
  return settle(world, body)
}

type Mapping = NonNullable<Import['mapping']>

export const proposed = ({ reading }: Import): Mapping => proposedMapping(reading!)

export async function apply(world: TestWorld, run: Import): Promise<Import> {
  const { status, body } = await world.ask('POST', `/imports/${run.id}/apply`, { body: {} })
  if (status !== 202) throw new Error(`Applying answered ${status} ${JSON.stringify(body)}.`)
  return settle(world, body)
}

/** From a file to the registry by the road that a person takes who corrects nothing. */
export async function importFile(world: TestWorld, name: string, bytes: Uint8Array): Promise<Import> {
  const read = await upload(world, name, bytes)
  return apply(world, read.state === 'mapping' ? await map(world, read) : read)
}

export async function rowsOf(world: TestWorld, run: { id: string }, search = ''): Promise<ImportRow[]> {
  return (await world.ask('GET', `/imports/${run.id}/rows?size=200${search}`)).body.rows
}

export const asked = ({ status, body }: Answered) => `${status} ${body?.rule ?? ''}`

/** A ledger as zones keep them, with everything in it that makes one hard to read. What it holds is in `LEDGER_EXPECTED`. */
export async function ledgerWorkbook(): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook()
  const firms = book.addWorksheet('企业台账')
  firms.addRows(FIRMS)
  for (const range of ['A1:L1', 'A4:A5', 'B4:B5', 'C4:C5', 'D4:F4', 'G4:H4', 'I4:I5', 'J4:L4', 'A6:L6', 'A11:L11'])
    firms.mergeCells(range)
  const results = book.addWorksheet('科技成果')
  results.addRows(RESULTS)
  for (const range of ['A1:J1', 'C3:C4', 'C5:C7']) results.mergeCells(range)
  book.addWorksheet('填报说明').addRows([['填报说明'], ['1. 金额单位为万元。'], ['2. 请于3月底前报送园区办公室。']])
  return new Uint8Array((await book.xlsx.writeBuffer()) as ArrayBuffer)
}

/** The firms of the same ledger, as an office saves them: GBK, and merged cells without their values. */
export function ledgerCsv(): Uint8Array {
  const field = (value: unknown) => {
    const text = value instanceof Date ? value.toISOString().slice(0, 10).replaceAll('-', '/') : String(value ?? '')
    return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
  }
  const flat = [...FIRMS.slice(0, 3), FLAT_HEADING, ...FIRMS.slice(5)]
  return encodeAs(
    flat.map((row) => Array.from({ length: 12 }, (_, at) => field(row[at])).join(',')).join('\r\n'),
    'gb18030',
  )
}

const FLAT_HEADING = [
  '序号',
  '企业名称',
  '统一社会信用代码',
  '员工人数（人）',
  '成立日期',
  '所在城市',
  '营业收入',
  '研发投入',
  '资质荣誉',
  '联系人',
  '联系电话',
  '电子邮箱',
]

const FIRMS: unknown[][] = [
  ['清河高新区科技型企业台账（2026年度）'],
  ['填报单位：清河高新区管委会', null, null, null, null, null, null, null, null, null, '填报日期：2026年3月'],
  ['单位：万元'],
  [
    '序号',
    '企业名称',
    '统一社会信用代码',
    '基本情况',
    null,
    null,
    '经营情况（万元）',
    null,
    '资质荣誉',
    '联系方式',
    null,
    null,
  ],
  [
    null,
    null,
    null,
    '员工人数（人）',
    '成立日期',
    '所在城市',
    '营业收入',
    '研发投入',
    null,
    '联系人',
    '联系电话',
    '电子邮箱',
  ],
  ['一、骨干企业'],
  [
    1,
    '清河精密仪器有限公司',
    '91320594MA1ABCD12Y',
    '１２８',
    new Date('2015-03-20T00:00:00Z'),
    '苏州市',
    '１，２５０．５',
    180,
    '高新技术企业、专精特新“小巨人”',
    '张敏',
    '0512-6288 1234',
    'zhang@qinghe.example',
  ],
  [
    2,
    '　长风电子股份有限公司 ',
    '91320594 MA1EFGH344',
    '约260人',
    '2009年11月',
    '苏州市',
    '1.2亿元',
    '960万',
    '上市企业',
    '李强',
    '13800001234',
    '无',
  ],
  [3, '云岭软件有限公司', '91320594MA1JKLM560', 45, '2018.6.1', '苏州市', 860, 120, null, '王芳', '/', null],
  ['小计', null, null, 433, null, null, 14_110.5, 1260],
  ['二、中小企业'],
  [
    4,
    '青禾生物科技有限公司',
    null,
    18,
    '20210415',
    '苏州市',
    '320.00',
    '—',
    '科技型中小企业',
    '赵磊',
    '0512-62880001转8012',
    'zhao@@qinghe',
  ],
  [null, null, null, null, null, null, null, null, null, null, null, null],
  [5, '北辰大学苏州研究院', '12320000466007100C', 76, '2012', '苏州市', null, 1500, null, null, null, null],
  [
    6,
    '远航材料有限公司',
    '91320594MA1NPQR78E',
    '若干',
    '2019-13-01',
    '苏州市',
    500,
    60,
    null,
    '孙丽',
    '13912345678',
    null,
  ],
  [
    7,
    '清河精密仪器有限公司',
    '91320594MA1ABCD12Y',
    null,
    null,
    null,
    null,
    null,
    null,
    null,
    null,
    'office@qinghe.example',
  ],
  ['合计', null, null, 527, null, null, 14_930.5, 2820],
  ['注：1. 营业收入为上年度数据；2. 带“—”的为未统计。'],
  ['填表人：周敏', null, null, '审核人：吴刚'],
]

const RESULTS: unknown[][] = [
  ['清河高新区科技成果清单'],
  [
    '序号',
    '成果名称',
    '完成单位',
    '技术成熟度',
    '知识产权类型',
    '专利号',
    '法律状态',
    '专利到期日',
    '合作方式',
    '发明人',
  ],
  [
    1,
    '高精度光栅位移传感器',
    '清河精密仪器有限公司',
    'TRL６',
    '发明专利',
    'ZL202010123456.2',
    '已授权',
    '2040年6月30日',
    '技术许可',
    '张敏、刘洋',
  ],
  [
    2,
    '微振动主动隔离平台',
    null,
    '中试',
    '发明专利',
    'ZL201910654321',
    '有效',
    new Date('2039-08-01T00:00:00Z'),
    '转让；作价入股',
    '刘洋',
  ],
  [
    3,
    '低温共烧陶瓷滤波器',
    '长风电子股份有限公司',
    '五级',
    '实用新型',
    'ZL202120333444.2',
    '已授权',
    '2031.03.15',
    '面议',
    '陈伟；黄涛',
  ],
  [4, '射频前端模组封装工艺', null, '量产', '技术秘密', '/', null, null, '技术服务', '陈伟'],
  [5, '毫米波天线阵列', null, '12', '发明专利', 'CN202110111222.0', '受理', null, null, null],
  [
    6,
    '酶法合成稀有糖工艺',
    '青禾生物科技有限公司、北辰大学苏州研究院',
    '实验室',
    null,
    null,
    null,
    null,
    '合作开发',
    '赵磊',
  ],
  [7, '钙钛矿薄膜表征方法', '南屿大学', '3-4', null, null, null, null, null, null],
  [null, '合计：7项'],
]

/** Rows as CORDIS writes them: `;` between fields, each in quotes. */
export function cordisCsv(columns: string, rows: readonly (readonly unknown[])[]): string {
  const line = (cells: readonly unknown[]) =>
    cells.map((cell) => `"${String(cell ?? '').replaceAll('"', '""')}"`).join(';')
  return `${[columns.split(' '), ...rows].map(line).join('\n')}\n`
}

export function zipOf(files: Readonly<Record<string, string>>): Uint8Array {
  return writeZip(Object.entries(files).map(([name, text]) => ({ name, bytes: new TextEncoder().encode(text) })))
}
