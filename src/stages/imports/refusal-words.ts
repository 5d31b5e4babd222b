/** What is wrong with a value or a row, by rule, as the refused-rows file and the pages say it. */
export interface Wording {
  readonly zh: string
  readonly en: string
}

export const REFUSAL_WORDS: Readonly<Record<string, Wording>> = {
  'value.error_cell': { zh: '单元格里是公式错误', en: 'The cell holds a formula error' },
  'value.not_a_number': { zh: '不是数字', en: 'Not a number' },
  'value.number_out_of_range': { zh: '数字超出合理范围', en: 'The number is out of range' },
  'value.not_money': { zh: '不是金额', en: 'Not an amount of money' },
  'value.unknown_currency': { zh: '币种无法识别', en: 'Unknown currency' },
  'value.not_a_percentage': { zh: '不是百分比', en: 'Not a percentage' },
  'value.not_a_date': { zh: '不是日期', en: 'Not a date' },
  'value.ambiguous_date': { zh: '日期的日和月分不清', en: 'Day and month of the date can’t be told apart' },
  'value.date_out_of_range': { zh: '日期超出合理范围', en: 'The date is out of range' },
  'value.not_a_trl': { zh: '不是技术成熟度', en: 'Not a technology readiness level' },
  'value.trl_out_of_range': { zh: '技术成熟度应在 1 到 9 之间', en: 'The readiness level must lie between 1 and 9' },
  'value.not_yes_or_no': { zh: '应填“是”或“否”', en: 'Should be yes or no' },
  'value.unknown_kind': { zh: '机构类型无法识别', en: 'Unknown kind of organisation' },
  'value.not_a_size': { zh: '企业规模无法识别', en: 'Unknown size' },
  'value.not_a_link': { zh: '不是网址', en: 'Not a web address' },
  'value.not_an_email': { zh: '不是电子邮箱', en: 'Not an email address' },
  'value.not_a_phone': { zh: '不是电话号码', en: 'Not a telephone number' },
  'value.unknown_country': { zh: '国家无法识别', en: 'Unknown country' },
  'value.unknown_deal': { zh: '合作方式无法识别', en: 'Unknown kind of deal' },
  'value.too_long': { zh: '文字过长', en: 'The text is too long' },
  'value.too_many': { zh: '项数过多', en: 'Too many items' },
  'uscc.length': { zh: '统一社会信用代码应为 18 位', en: 'A USCC has 18 signs' },
  'uscc.alphabet': { zh: '统一社会信用代码含有不允许的字符', en: 'The USCC holds a sign that it can’t have' },
  'uscc.format': { zh: '统一社会信用代码格式不对', en: 'The USCC is not built as it should be' },
  'uscc.checksum': { zh: '统一社会信用代码校验位不对', en: 'The check sign of the USCC is wrong' },
  'pic.length': { zh: 'PIC 应为 9 位数字', en: 'A PIC has nine digits' },
  'pic.alphabet': { zh: 'PIC 只能是数字', en: 'A PIC has digits only' },
  'ror.length': { zh: 'ROR 应为 9 位', en: 'A ROR has nine signs' },
  'ror.alphabet': { zh: 'ROR 含有不允许的字符', en: 'The ROR holds a sign that it can’t have' },
  'ror.format': { zh: 'ROR 格式不对', en: 'The ROR is not built as it should be' },
  'ror.checksum': { zh: 'ROR 校验位不对', en: 'The check digits of the ROR are wrong' },
  'lei.length': { zh: 'LEI 应为 20 位', en: 'A LEI has 20 signs' },
  'lei.alphabet': { zh: 'LEI 含有不允许的字符', en: 'The LEI holds a sign that it can’t have' },
  'lei.format': { zh: 'LEI 格式不对', en: 'The LEI is not built as it should be' },
  'lei.checksum': { zh: 'LEI 校验位不对', en: 'The check digits of the LEI are wrong' },
  'vat.length': { zh: '增值税号长度不对', en: 'The VAT number has the wrong length' },
  'vat.alphabet': { zh: '增值税号含有不允许的字符', en: 'The VAT number holds a sign that it can’t have' },
  'vat.format': { zh: '增值税号格式不对', en: 'The VAT number is not built as it should be' },
  'vat.checksum': { zh: '增值税号校验位不对', en: 'The check digits of the VAT number are wrong' },
  'vat.country': { zh: '增值税号的国家无法识别', en: 'The country of the VAT number is unknown' },
  'patent.checksum': { zh: '专利号校验位不对', en: 'The check digit of the patent number is wrong' },
  'organisation.no_name': { zh: '既没有名称，也没有识别码', en: 'Neither a name nor an identifier' },
  'organisation.two_identities': {
    zh: '两个识别码指向两家不同的机构',
    en: 'Two identifiers point at two different organisations',
  },
  'organisation.ambiguous_name': {
    zh: '园区里有几家同名机构，请补充识别码或所在地',
    en: 'Several organisations have this name; add an identifier or a place',
  },
  'result.no_title': { zh: '没有成果名称', en: 'The result has no title' },
  'result.no_owner': { zh: '没有权利人或持有单位', en: 'The result has no owner' },
  'result.two_identities': {
    zh: '两个知识产权编号指向两项不同的成果',
    en: 'Two numbers point at two different results',
  },
  'owner.refused': { zh: '持有单位所在的行未被接受', en: 'The row of its owner was refused' },
  'cordis.no_rcn': { zh: '没有项目记录号（rcn）', en: 'No record number (rcn)' },
  'cordis.no_grant_number': { zh: '没有项目编号（id）', en: 'No project id' },
  'cordis.no_project': { zh: '没有所属项目', en: 'No project is named' },
  'cordis.no_pic': { zh: '没有机构编号（PIC）', en: 'No organisation id (PIC)' },
  'cordis.bad_pic': { zh: '机构编号（PIC）应为数字', en: 'The organisation id (PIC) must be digits' },
  'cordis.bad_amount': { zh: '不是金额', en: 'Not an amount' },
  'cordis.bad_date': { zh: '不是日期', en: 'Not a date' },
  'cordis.bad_place': { zh: '不是坐标', en: 'Not a pair of coordinates' },
  'cordis.unknown_country': { zh: '国家无法识别', en: 'Unknown country' },
  'cordis.bad_flag': { zh: '应为 true 或 false', en: 'Must be true or false' },
  'cordis.unknown_project': {
    zh: '所属项目不在文件里，也不在园区里',
    en: 'Its project is neither in the file nor in the zone',
  },
  'cordis.repeated_rcn': {
    zh: '项目记录号（rcn）重复，以第一行为准',
    en: 'The record number (rcn) stands here twice; the first row counts',
  },
}

/** The heading of the column that is added to refused rows. It is known again when the file comes back. */
export const PROBLEM_HEADINGS: Wording = { zh: '问题（系统填写）', en: 'What is wrong (filled in by the system)' }

/** The sentence for a rule; a rule without one speaks for itself. */
export const wordRefusal = (rule: string, language: 'zh' | 'en'): string => REFUSAL_WORDS[rule]?.[language] ?? rule
