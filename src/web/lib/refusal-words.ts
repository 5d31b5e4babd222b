import type { FaultCode, Issue } from '#kit/fault.ts'
import type { Refusal, RefusalCode } from './refusal.ts'
import { defineWords, type ReaderLanguage, sayIn } from './words.ts'

/** Every code in words: what happened and what to do. `#kit/fault.ts` adds a code, and this stops compiling. */
const CODES_ZH: Record<RefusalCode, string> = {
  invalid: '填写的内容有几处不合要求，请按提示修改后再提交。',
  unreadable: '服务器读不懂这次提交的内容。',
  unsupported_file: '这种文件无法识别。',
  too_large: '内容超过了允许的大小。',
  too_many: '操作过于频繁，请稍候再试。',
  not_signed_in: '登录后才能继续。',
  forbidden: '您的角色不能做这件事。',
  foreign_origin: '这次写入来自别的网站，已被拦下。请从本站页面重试。',
  not_found: '这里没有您要找的内容，可能已被移走，或您无权查看。',
  conflict: '与已有的记录冲突。',
  changed_meanwhile: '您打开之后，有人改过这条记录。',
  key_reused: '这次提交与之前的一次混在了一起，请重新提交。',
  wrong_state: '当前状态下不能这样做。',
  already_running: '同样的任务正在进行。',
  cancelled: '已取消。',
  out_of_time: '耗时过长，已停止。',
  data_folder_held: '数据目录正被另一个程序使用。',
  not_ready: '服务器还在准备，请稍候再试。',
  internal: '服务器出错了，已记入日志。',
  offline: '连不上服务器。检查网络后重试，已填写的内容不会丢。',
}
const CODES_EN: Record<RefusalCode, string> = {
  invalid: 'Some of what you filled in does not fit. Mend what is marked and send it again.',
  unreadable: 'The server could not read what was sent.',
  unsupported_file: 'This kind of file is not understood.',
  too_large: 'This is larger than is allowed.',
  too_many: 'Too many tries in a short time. Wait a little and try again.',
  not_signed_in: 'This needs a sign-in.',
  forbidden: 'Your role does not allow this.',
  foreign_origin: 'This write came from another site and was stopped. Try again from this page.',
  not_found: 'There is nothing here. It may have been moved, or you may not see it.',
  conflict: 'This clashes with what is there already.',
  changed_meanwhile: 'Somebody has changed this since you opened it.',
  key_reused: 'This was mixed up with an earlier submission. Send it again.',
  wrong_state: 'In its present state this can’t be done.',
  already_running: 'The same work is under way already.',
  cancelled: 'Cancelled.',
  out_of_time: 'It took too long and was stopped.',
  data_folder_held: 'The data folder is in use by another program.',
  not_ready: 'The server is still getting ready. Try again in a moment.',
  internal: 'The server met an error of its own. It is in the log.',
  offline: 'The server can’t be reached. Check the connection and try again; nothing you filled in is lost.',
}
const codeWords = defineWords({ zh: CODES_ZH, en: CODES_EN })

/** What is wrong with one field. Stages add rules of their own by `defineRefusals`. */
const rules: Record<ReaderLanguage, Record<string, string>> = { zh: {}, en: {} }

/**
 * Words the rules by which a stage refuses, in both languages: `{ zh: { 'need.move.not_allowed': '…' }, en: … }`.
 * `{{limit}}` stands for the limit that was hit. A trailing `.*` words every rule that begins so.
 */
export function defineRefusals<const Keys extends string>(words: {
  zh: Record<Keys, string>
  en: Record<NoInfer<Keys>, string>
}): void {
  Object.assign(rules.zh, words.zh)
  Object.assign(rules.en, words.en)
}

/** A rule's own words, or nothing where no stage has worded it. */
export function ruleInWords(rule: string | undefined, limit: unknown, language: ReaderLanguage): string | undefined {
  if (!rule) return undefined
  const [start] = rule.split('.')
  const text = rules[language][rule] ?? rules[language][`*.${rule.split('.').pop()}`] ?? rules[language][`${start}.*`]
  return text?.replaceAll('{{limit}}', limit === undefined ? '' : String(limit))
}

/** A refusal as a sentence or two in the reader's language: the rule's own words, or else those of its code. */
export function refusalInWords(refusal: Refusal, language: ReaderLanguage): string {
  return (
    ruleInWords(refusal.rule, refusal.limit, language) ??
    sayIn(codeWords, language)(refusal.code in CODES_EN ? refusal.code : 'internal')
  )
}

/** What is wrong with a field, in the reader's language. */
export function issueInWords(issue: Issue, language: ReaderLanguage): string {
  return ruleInWords(issue.rule, issue.limit, language) ?? ruleInWords('unknown', undefined, language) ?? issue.rule
}

export const FAULT_CODES_WORDED: readonly FaultCode[] = Object.keys(CODES_EN).filter(
  (code) => code !== 'internal' && code !== 'offline',
) as FaultCode[]

defineRefusals({
  zh: {
    unknown: '这一项不合要求',
    missing: '必填',
    'text.missing': '至少用一种语言填写',
    'string.too_small': '至少 {{limit}} 个字符',
    'string.too_big': '最多 {{limit}} 个字符',
    'number.too_small': '不能小于 {{limit}}',
    'number.too_big': '不能大于 {{limit}}',
    'int.too_small': '不能小于 {{limit}}',
    'int.too_big': '不能大于 {{limit}}',
    'array.too_small': '至少 {{limit}} 项',
    'array.too_big': '最多 {{limit}} 项',
    '*.expected': '必填，或格式不对',
    'choice.unknown': '请从给出的选项中选择',
    'key.unknown': '服务器不认识这一项',
    'email.format': '邮箱地址不完整，应形如 name@example.com',
    'date.format': '日期应形如 2024、2024-03 或 2024-03-05',
    'money.format': '金额无法识别',
    'currency.format': '币种应为三个字母，如 CNY',
    'country.format': '国家或地区应为两个字母，如 CN',
    'url.format': '网址应以 http:// 或 https:// 开头',
    'slug.format': '用小写字母、数字和连字符，2 至 41 个字符',
    'slug.reserved': '这个短名留给了系统页面，请换一个',
    'time_zone.unknown': '没有这个时区',
    '*.checksum': '校验位不对，请与证件核对',
    '*.length': '位数不对',
    '*.format': '格式不对',
    'address.unknown': '这个地址下没有内容。',
    'id.unknown': '没有这条记录，可能已被移走。',
    'access.sign_in': '登录后才能继续。',
    'access.role': '您在本园区的角色不能做这件事。需要时请找园区管理员。',
    'access.record': '这条记录不归您修改。',
    'origin.foreign': '这次写入来自别的网站，已被拦下。请从本站页面重试。',
    'body.bytes': '提交的内容过大，上限 {{limit}} 字节。',
    'body.form': '有几处不合要求，请按提示修改后再提交。',
    'query.form': '网址中的筛选条件有误，请清除后重选。',
    'body.json': '服务器读不懂这次提交的内容。',
    'body.media_type': '服务器读不懂这次提交的内容。',
    'disk.full': '服务器的磁盘满了，这次没有保存。请告诉管理员。',
    'database.silent': '数据库没有回应，请稍候再试。',
    'revision.old': '您打开之后，有人改过这条记录。请对照后再保存。',
  },
  en: {
    unknown: 'This does not fit',
    missing: 'Needed',
    'text.missing': 'Say it in at least one language',
    'string.too_small': 'At least {{limit}} characters',
    'string.too_big': 'At most {{limit}} characters',
    'number.too_small': 'Not below {{limit}}',
    'number.too_big': 'Not above {{limit}}',
    'int.too_small': 'Not below {{limit}}',
    'int.too_big': 'Not above {{limit}}',
    'array.too_small': 'At least {{limit}}',
    'array.too_big': 'At most {{limit}}',
    '*.expected': 'Needed, or in another form',
    'choice.unknown': 'Choose one of those given',
    'key.unknown': 'The server does not know this field',
    'email.format': 'An address looks like name@example.com',
    'date.format': 'A date looks like 2024, 2024-03 or 2024-03-05',
    'money.format': 'This is not an amount',
    'currency.format': 'A currency has three letters, like EUR',
    'country.format': 'A country has two letters, like CN',
    'url.format': 'An address begins with http:// or https://',
    'slug.format': 'Small letters, digits and hyphens, 2 to 41 of them',
    'slug.reserved': 'This name belongs to a page of the system; choose another',
    'time_zone.unknown': 'There is no such time zone',
    '*.checksum': 'The check digit does not fit; compare it with the document',
    '*.length': 'It has the wrong number of characters',
    '*.format': 'It has the wrong form',
    'address.unknown': 'There is nothing at this address.',
    'id.unknown': 'There is no such record; it may have been moved.',
    'access.sign_in': 'This needs a sign-in.',
    'access.role': 'Your role in this zone does not allow this. An administrator of the zone can change it.',
    'access.record': 'This record is not yours to change.',
    'origin.foreign': 'This write came from another site and was stopped. Try again from this page.',
    'body.bytes': 'This is too much: the limit is {{limit}} bytes.',
    'body.form': 'Some of what you filled in does not fit. Mend what is marked and send it again.',
    'query.form': 'The address holds a filter that does not work. Clear the filters and choose again.',
    'body.json': 'The server could not read what was sent.',
    'body.media_type': 'The server could not read what was sent.',
    'disk.full': 'The server’s disk is full, and nothing was saved. Tell an administrator.',
    'database.silent': 'The database does not answer. Try again in a moment.',
    'revision.old': 'Somebody has changed this since you opened it. Compare, then save.',
  },
})
