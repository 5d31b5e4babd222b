import { describe, expect, it } from 'vitest'
import { LEDGER_FIELDS, ORGANISATION_FIELDS, RESULT_FIELDS } from './dictionary.ts'
import { grid } from './grid.fixture.ts'
import { studyTable } from './study.fixture.ts'
import type { Dictionary } from './types.ts'

const DICTIONARIES = { organisation: ORGANISATION_FIELDS, result: RESULT_FIELDS, ledger: LEDGER_FIELDS }
const KEYS = { organisation: ['name'], result: ['title'], ledger: ['organisation.name', 'result.title'] }

const study = (drawing: string) => {
  const { subjects, styles } = studyTable(grid(drawing), DICTIONARIES, KEYS)
  const best = subjects[0]!
  return { subject: best.subject, fields: best.columns.map(({ field }) => field), columns: best.columns, styles }
}

/** A table with this heading and one row of dashes, so that only the heading speaks. */
const fieldsOf = (headings: string, dictionary: Dictionary) => {
  const names = headings.split(' | ')
  const drawing = `${headings}\n${names.map(() => '—').join(' | ')}`
  return studyTable(grid(drawing), { any: dictionary }).subjects[0]!.columns.map(({ field }) => field)
}

describe('the columns of organisations', () => {
  it.each<[string, string]>([
    ['序号 | 企业名称 | 统一社会信用代码 | 企业类型 | 企业规模 | 员工人数', 'ordinal name uscc kind size staff'],
    ['单位名称（全称） | 信用代码 | 单位性质 | 职工总数（人） | 所在省 | 城市', 'name uscc kind staff region city'],
    [
      '*企业名称 | 税号 | 性质 | 规模 | 网址 | 联系人 | 联系电话 | 电子邮箱',
      'name uscc kind size url contactName contactPhone contactEmail',
    ],
    [
      '企业 名称 | 产业链环节 | 所属领域 | 主营产品 | 注册资本（万元） | 成立时间',
      'name segment fields products capital founded',
    ],
    [
      '公司 | 上年度营业收入 | 研发投入 | 研发投入占比 | 是否高新技术企业 | 专精特新等级 | 备注',
      'name revenue rdSpend rdShare highTech specialised notes',
    ],
    ['機構名稱 | 統一社會信用代碼 | 聯絡人 | 電話 | 註冊資本', 'name uscc contactName contactPhone capital'],
    [
      'Organisation name | Short name | PIC | VAT number | Country | Type | SME',
      'name shortName pic vat country kind sme',
    ],
    [
      'Company | Legal form | No. of employees | Turnover (k€) | R&D spend | Founded | Website',
      'name kind staff revenue rdSpend founded url',
    ],
    [
      'Name of organisation | ROR ID | LEI code | City | Contact person | E-mail address | Phone',
      'name ror lei city contactName contactEmail contactPhone',
    ],
    ['Company name | 公司名称 | Address', 'nameEn name address'],
    ['企业名称（英文） | 企业名称（中文）', 'nameEn name'],
    ['单位名称（中文） | 单位名称（英文） | 联系人及电话', 'name nameEn contact'],
  ])('%s', (headings, fields) => expect(fieldsOf(headings, ORGANISATION_FIELDS).join(' ')).toBe(fields))
})

describe('the columns of results', () => {
  it.each<[string, string]>([
    [
      '成果名称 | 成果简介 | 技术领域 | 技术成熟度 | 知识产权类型 | 专利号 | 法律状态',
      'title summary fields trl ipKind ipNumber ipStatus',
    ],
    [
      '项目名称 | 完成单位 | 负责人 | 所处阶段 | 合作方式 | 意向金额（万元）',
      'title owners inventors trl wantedDeal price',
    ],
    [
      '技术名称 | 权利人 | 发明人 | 专利申请号 | 专利有效期 | 转化方式',
      'title owners inventors ipNumber ipExpiry wantedDeal',
    ],
    [
      'Title | Abstract | TRL | Patent no. | IP owner | Inventors | Asking price | Type of cooperation',
      'title summary trl ipNumber owners inventors price wantedDeal',
    ],
    [
      'Technology | Description | Maturity level | Field of application | Expiry date',
      'title summary trl fields ipExpiry',
    ],
  ])('%s', (headings, fields) => expect(fieldsOf(headings, RESULT_FIELDS).join(' ')).toBe(fields))
})

describe('a table', () => {
  it('of firms with their results is a ledger, each column its own', () => {
    const { subject, fields } = study(`序号 | 企业信息 | = | = | 科技成果 | = | =
      ^ | 企业名称 | 信用代码 | 联系电话 | 名称 | 成熟度 | 专利号
      1 | 甲生物科技有限公司 | 91110000600037341L | 13800000000 | 靶向递送 | 中试 | ZL201810123456.X
      ^ | ^ | ^ | ^ | 诊断试剂 | TRL5 | 
      2 | 乙医疗股份有限公司 | 91310115MA1K3BTP2B | 0571-88888888 | 手术机器人 | 五级 | `)
    expect(subject).toBe('ledger')
    expect(fields.join(' ')).toBe(
      'organisation.ordinal organisation.name organisation.uscc organisation.contactPhone result.title result.trl result.ipNumber',
    )
  })

  it('of firms with their results gives names that both have to whom they stand beside', () => {
    const { subject, fields } =
      study(`企业名称 | 技术领域 | 简介 | 负责人 | 成果名称 | 技术领域 | 简介 | 负责人 | 成熟度
      甲生物科技有限公司 | 医药 | 做药的 | 张三 | 靶向递送 | 递送 | 送药的 | 李四 | 中试
      乙医疗股份有限公司 | 器械 | 做械的 | 王五 | 手术机器人 | 机器人 | 动刀的 | 赵六 | 五级`)
    expect(subject).toBe('ledger')
    expect(fields.join(' ')).toBe(
      'organisation.name organisation.fields organisation.summary organisation.legalRepresentative result.title result.fields result.summary result.inventors result.trl',
    )
  })

  it('without a heading is told by its values', () => {
    const { subject, fields } = study(`甲科技有限公司 | 91110000600037341L | a@b.com | www.a.com
      乙科技有限公司 | 91310115MA1K3BTP2B | c@d.com | www.b.com
      丙科技有限公司 | 9144030071526726XG | e@f.com | www.c.com`)
    expect({ subject, fields }).toEqual({ subject: 'organisation', fields: ['name', 'uscc', 'contactEmail', 'url'] })
  })

  it('whose heading misleads is told by its values', () => {
    const { fields } = study(`企业名称 | 编号 | 主页
      甲公司 | 91110000600037341L | a@b.com
      乙公司 | 91310115MA1K3BTP2B | c@d.com
      丙公司 | 9144030071526726XG | e@f.com`)
    expect(fields).toEqual(['name', 'uscc', 'contactEmail'])
  })

  it('gives its amounts the unit of their heading, else of the note above', () => {
    const { columns } = study(`科技企业名录 | = | =
      单位：万元
      企业名称 | 营业收入 | 研发投入（亿元） | 人数
      甲公司 | 500 | 0.3 | 5
      乙公司 | 600 | 0.4 | 6`)
    expect(columns.map(({ unit }) => unit?.text ?? null)).toEqual([null, '万元', '亿元', null])
  })

  it('tells how each column writes its dates and numbers', () => {
    const { styles } = study(`Company | Founded | Turnover (k€)
      A GmbH | 05/03/2012 | 1.250,5
      B GmbH | 25/12/1998 | 980`)
    expect(styles.get(1)).toEqual({ dateOrder: 'dmy' })
    expect(styles.get(2)).toMatchObject({ decimal: ',', unit: { scale: 1_000, currency: 'EUR' } })
  })

  it('keeps what it does not know, with the next best fields', () => {
    const { columns } = study('企业名称 | 门牌颜色 | 类型\n甲公司 | 红 | 民企\n乙公司 | 蓝 | 国企')
    expect(columns[1]).toMatchObject({ heading: '门牌颜色', field: null, confidence: 0 })
    expect(columns[2]?.others.map(({ field }) => field)).toContain('size')
  })
})
