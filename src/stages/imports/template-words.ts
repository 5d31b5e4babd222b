type InTwo = Readonly<Record<'zh' | 'en', string>>
export type TemplateSubject = 'organisations' | 'results'

/** A column of the template: its field, heading, an example, and what to heed. */
export interface TemplateColumn {
  readonly field: string
  readonly heading: InTwo
  readonly example: InTwo
  readonly note: InTwo
}

export const TEMPLATE_SHEETS: Readonly<Record<TemplateSubject | 'notes', InTwo>> = {
  organisations: { zh: '机构', en: 'Organisations' },
  results: { zh: '成果', en: 'Results' },
  notes: { zh: '说明', en: 'Notes' },
}

export const TEMPLATE_NOTES: readonly InTwo[] = [
  {
    zh: '带“（示例）”的行不会导入，可以保留，也可以删去。列的先后可以调整，不需要的列可以删去。',
    en: 'Rows marked “(Example)” are not imported; keep them or delete them. Columns may be moved, and those that you don’t need deleted.',
  },
  {
    zh: '同一机构以统一社会信用代码、ROR、LEI、PIC 或增值税号识别；都没有时，以名称和所在地识别。',
    en: 'An organisation is known by its USCC, ROR, LEI, PIC or VAT number; where it has none, by its name and place.',
  },
  {
    zh: '再次导入同一文件不会产生变化；空着的单元格不会清除已有内容；人工改过的内容不会被覆盖。',
    en: 'Importing the same file again changes nothing; an empty cell clears nothing; what a person has set is not overwritten.',
  },
  {
    zh: '一个单元格里有几项时，用顿号或分号隔开。金额写明单位，如 500万元；未写时以元计。',
    en: 'Part several items in a cell by semicolons. Say the unit of an amount (500 000 EUR); without one it is in the zone’s currency.',
  },
]

const column = (
  field: string,
  zh: string,
  en: string,
  example: [string, string],
  note: [string, string],
): TemplateColumn => ({
  field,
  heading: { zh, en },
  example: { zh: example[0], en: example[1] },
  note: { zh: note[0], en: note[1] },
})

export const TEMPLATE_COLUMNS: Readonly<Record<TemplateSubject, readonly TemplateColumn[]>> = {
  organisations: [
    column(
      'organisation.name',
      '机构名称',
      'Name',
      ['清源膜科技有限公司', 'Clearwater Membranes Ltd'],
      ['必填（或填一个识别码）', 'Required, or an identifier'],
    ),
    column('organisation.nameEn', '英文名称', 'English name', ['Clearwater Membranes', ''], ['', '']),
    column('organisation.shortName', '简称', 'Short name', ['清源膜', 'Clearwater'], ['', '']),
    column(
      'organisation.uscc',
      '统一社会信用代码',
      'USCC',
      ['', ''],
      ['18 位，含校验位', '18 signs, with its check sign'],
    ),
    column(
      'organisation.ror',
      'ROR',
      'ROR',
      ['', ''],
      ['科研机构识别码，如 03yrm5c26', 'Research organisations: 03yrm5c26'],
    ),
    column('organisation.lei', 'LEI', 'LEI', ['', ''], ['20 位', '20 signs']),
    column(
      'organisation.pic',
      'PIC',
      'PIC',
      ['', ''],
      ['欧盟项目参与方代码，9 位数字', 'Participant code of the European Commission, nine digits'],
    ),
    column(
      'organisation.vat',
      '增值税号',
      'VAT number',
      ['', ''],
      ['含国家代码，如 DE136695976', 'With its country: DE136695976'],
    ),
    column(
      'organisation.kind',
      '机构类型',
      'Kind',
      ['企业', 'company'],
      [
        '企业、高校、科研院所、基金、政府、协会、其他',
        'company, university, institute, fund, government, association, other',
      ],
    ),
    column(
      'organisation.size',
      '企业规模',
      'Size',
      ['小型', 'small'],
      ['微型、小型、中型、大型', 'micro, small, medium, large'],
    ),
    column('organisation.staff', '员工人数', 'Staff', ['46', '46'], ['整数', 'A whole number']),
    column(
      'organisation.founded',
      '成立日期',
      'Founded',
      ['2016-05-18', '2016-05-18'],
      ['年、年月或年月日', 'A year, a month or a day'],
    ),
    column(
      'organisation.country',
      '国家',
      'Country',
      ['中国', 'Ireland'],
      ['名称或两位代码', 'A name or a code of two letters'],
    ),
    column('organisation.region', '省份', 'Region', ['江苏', 'Leinster'], ['', '']),
    column('organisation.city', '城市', 'City', ['无锡', 'Dublin'], ['', '']),
    column('organisation.address', '地址', 'Address', ['新吴区示例路 8 号', '8 Example Road'], ['', '']),
    column('organisation.url', '网址', 'Website', ['https://example.cn', 'https://example.com'], ['', '']),
    column('organisation.segment', '产业链环节', 'Chain segment', ['关键材料', 'key materials'], ['', '']),
    column(
      'organisation.fields',
      '技术领域',
      'Fields',
      ['膜分离；水处理', 'membranes; water treatment'],
      ['几项用分号隔开', 'Part several by semicolons'],
    ),
    column(
      'organisation.titles',
      '资质称号',
      'Titles',
      ['高新技术企业', 'ISO 9001'],
      ['几项用分号隔开', 'Part several by semicolons'],
    ),
    column('organisation.products', '主营产品', 'Products', ['中空纤维膜', 'hollow-fibre membranes'], ['', '']),
    column('organisation.summary', '机构简介', 'Summary', ['', ''], ['', '']),
    column(
      'organisation.revenue',
      '营业收入',
      'Revenue',
      ['3200万元', '4 million EUR'],
      ['上一年度，写明单位', 'Of the last year, with its unit'],
    ),
    column(
      'organisation.rdSpend',
      '研发投入',
      'R&D spending',
      ['280万元', '350 000 EUR'],
      ['上一年度，写明单位', 'Of the last year, with its unit'],
    ),
    column('organisation.contactName', '联系人', 'Contact', ['', ''], ['', '']),
    column('organisation.contactPhone', '联系电话', 'Phone', ['', ''], ['', '']),
    column('organisation.contactEmail', '电子邮箱', 'Email', ['', ''], ['', '']),
    column(
      'organisation.notes',
      '备注',
      'Remarks',
      ['', ''],
      ['只有园区工作人员看得到', 'Read by the zone’s staff alone'],
    ),
  ],
  results: [
    column(
      'result.title',
      '成果名称',
      'Title',
      ['耐污染纳滤膜制备技术', 'Fouling-resistant nanofiltration membrane'],
      ['必填', 'Required'],
    ),
    column('result.titleEn', '成果英文名称', 'English title', ['', ''], ['', '']),
    column('result.summary', '成果简介', 'Summary of the result', ['', ''], ['', '']),
    column(
      'result.owners',
      '权利人',
      'Owners',
      ['清源膜科技有限公司', 'Clearwater Membranes Ltd'],
      ['机构名称或识别码；几家用分号隔开', 'Names or identifiers of organisations; part several by semicolons'],
    ),
    column(
      'result.fields',
      '成果领域',
      'Fields of the result',
      ['水处理', 'water treatment'],
      ['几项用分号隔开', 'Part several by semicolons'],
    ),
    column('result.trl', '技术成熟度', 'TRL', ['6', '6'], ['1 到 9，或小试、中试、量产', '1 to 9']),
    column(
      'result.ipKind',
      '知识产权类型',
      'Kind of right',
      ['发明专利', 'invention'],
      ['', 'invention, utility model, design, software, trademark, trade secret, standard'],
    ),
    column(
      'result.ipNumber',
      '知识产权编号',
      'Number of the right',
      ['', ''],
      ['几个用分号隔开', 'Part several by semicolons'],
    ),
    column(
      'result.ipStatus',
      '知识产权状态',
      'State of the right',
      ['已授权', 'granted'],
      ['申请中、已授权、已失效、已撤回', 'pending, granted, expired, withdrawn'],
    ),
    column('result.ipExpiry', '知识产权到期日', 'Expiry of the right', ['', ''], ['', '']),
    column('result.inventors', '发明人', 'Inventors', ['', ''], ['几位用顿号或分号隔开', 'Part several by semicolons']),
    column(
      'result.wantedDeal',
      '合作方式',
      'Wanted deal',
      ['技术许可；合作开发', 'licence; joint development'],
      [
        '许可、独占许可、转让、合作开发、技术服务、入股、先使用后付费',
        'licence, exclusive licence, transfer, joint development, service, equity',
      ],
    ),
    column('result.year', '完成时间', 'Completed', ['2024', '2024'], ['年、年月或年月日', 'A year, a month or a day']),
  ],
}
