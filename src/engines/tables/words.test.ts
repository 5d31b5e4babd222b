import { describe, expect, it } from 'vitest'
import { countryCode, readCountry } from './countries.ts'
import { decodeHtmlEntities } from './entities.ts'
import { readEmail, readList, readPhone, readUrl } from './links.ts'
import { told } from './reading.fixture.ts'
import { readTrl } from './trl.ts'
import type { Cell, SizeReading } from './types.ts'
import { readOrganisationKind, readSize, readYesNo } from './words.ts'

describe('a technology readiness level', () => {
  const levels = ({ from, to }: { from: number; to: number }) => (from === to ? `${from}` : `${from}-${to}`)
  it.each<[Cell, string]>([
    [5, '5'],
    ['5', '5'],
    ['TRL5', '5'],
    ['trl 5', '5'],
    ['TRL-5', '5'],
    ['TRL：5', '5'],
    ['ＴＲＬ５', '5'],
    ['5级', '5'],
    ['五级', '5'],
    ['第五级', '5'],
    ['Ⅴ级', '5'],
    ['技术成熟度5级', '5'],
    ['Level 4', '4'],
    ['6.0', '6'],
    ['TRL 5-6', '5-6'],
    ['TRL5~TRL6', '5-6'],
    ['5/6', '5-6'],
    [new Date('2024-05-06T00:00:00Z'), '5-6 ~from_date'],
    ['中试（TRL7）', '7'],
    ['5（中试）', '5'],
    ['9 - commercial', '9'],
    ['4：实验室', '4'],
    ['6 中试', '6'],
    ['概念', '2 ~from_word'],
    ['概念验证', '3 ~from_word'],
    ['实验室阶段', '4 ~from_word'],
    ['小试', '4 ~from_word'],
    ['中试', '6 ~from_word'],
    ['中試', '6 ~from_word'],
    ['样机', '6 ~from_word'],
    ['示范应用', '7 ~from_word'],
    ['小批量生产', '8 ~from_word'],
    ['可量产', '8 ~from_word'],
    ['可推广应用', '8 ~from_word'],
    ['小试阶段，拟中试', '4 ~from_word'],
    ['量产', '9 ~from_word'],
    ['已产业化', '9 ~from_word'],
    ['成熟', '9 ~from_word'],
    ['Lab validated', '4 ~from_word'],
    ['prototype', '6 ~from_word'],
    ['Pilot', '6 ~from_word'],
    ['proof of concept', '3 ~from_word'],
    ['In production', '9 ~from_word'],
    ['on the market', '9 ~from_word'],
    ['commercially available', '9 ~from_word'],
    ['0', '?trl_out_of_range'],
    ['10', '?trl_out_of_range'],
    ['TRL 12', '?trl_out_of_range'],
    ['未产业化', '?not_a_trl'],
    ['不成熟', '?not_a_trl'],
    ['研发中', '?not_a_trl'],
    ['soon', '?not_a_trl'],
    ['待定', '—'],
    [null, '—'],
  ])('%j is %s', (cell, reading) => expect(told(readTrl(cell), levels)).toBe(reading))
})

describe('yes or no', () => {
  it.each<[Cell, string]>([
    ...['是', '有', '√', 'Yes', 'Y', 'TRUE', '1', '已认定', '是（2023年）', true].map((cell): [Cell, string] => [
      cell,
      'true',
    ]),
    ...['否', '无', '×', 'No', 'n', '0', '未认定', '不是', false, 0].map((cell): [Cell, string] => [cell, 'false']),
    ['—', '—'],
    ['N/A', '—'],
    ['perhaps', '?not_yes_or_no'],
  ])('%j is %s', (cell, reading) => expect(told(readYesNo(cell))).toBe(reading))
})

describe('the kind of an organisation', () => {
  it.each([
    ['company', '民营企业 国有企业 有限责任公司 股份有限公司 個體工商戶 PRC SME Startup 上市公司'],
    ['university', '高校 大学 HES University 高等院校 研究型大学'],
    ['institute', '科研院所 新型研发机构 中国科学院 REC RTO Institute 企业研究院'],
    ['fund', '投资机构 产业基金 银行 VC-fund'],
    ['government', '事业单位 政府部门 PUB Ministry 管委会'],
    ['association', '行业协会 社会团体 产业联盟 Association'],
    ['other', '其他 OTH 医院 孵化器'],
  ])('%s: %s', (kind, words) => {
    for (const word of words.split(' ')) expect(`${word} ${told(readOrganisationKind(word))}`).toBe(`${word} ${kind}`)
  })
  it('that no word names is refused', () => expect(told(readOrganisationKind('xyz'))).toBe('?unknown_kind'))
})

describe('the size of an organisation', () => {
  const shown = ({ size, staff }: SizeReading) => (staff ? `${size} ${staff.from}..${staff.to ?? ''}` : size)
  it.each<[Cell, string]>([
    ['大型', 'large'],
    ['中', 'medium'],
    ['小微企业', 'small'],
    ['微型企业', 'micro'],
    ['Large', 'large'],
    ['中小企业', 'small ~approximate'],
    [35, 'small 35..35'],
    ['120', 'medium 120..120'],
    ['1,200人', 'large 1200..1200'],
    ['50-99人', 'medium 50..99'],
    ['10人以下', 'micro 0..10'],
    ['<10', 'micro 0..10'],
    ['500人以上', 'large 500..'],
    ['1000+', 'large 1000..'],
    ['small (10-49)', 'small 10..49'],
    ['规上企业', '?not_a_size'],
    ['99999999999', '?number_out_of_range'],
    ['', '—'],
  ])('%j is %s', (cell, reading) => expect(told(readSize(cell), shown)).toBe(reading))
})

describe('a list', () => {
  it.each<[Cell, readonly string[]]>([
    ['激光雷达、毫米波雷达', ['激光雷达', '毫米波雷达']],
    ['a;b；c\nd', ['a', 'b', 'c', 'd']],
    ['IoT, AI, robotics', ['IoT', 'AI', 'robotics']],
    ['Smith, John; Doe, Jane', ['Smith, John', 'Doe, Jane']],
    ['张三 李四 王五', ['张三', '李四', '王五']],
    ['高新技术企业/专精特新', ['高新技术企业', '专精特新']],
    ['TCP/IP', ['TCP/IP']],
    ['2,4-二氯苯氧乙酸', ['2,4-二氯苯氧乙酸']],
    ['芯片（含封装、测试）、设备', ['芯片（含封装、测试）', '设备']],
    ['1、激光雷达；2、摄像头；3、芯片', ['激光雷达', '摄像头', '芯片']],
    ['①光刻②刻蚀', ['光刻', '刻蚀']],
    ['AI、AI。', ['AI']],
    ['3D打印', ['3D打印']],
  ])('%j', (cell, items) => expect(readList(cell).value).toEqual(items))
})

describe('links', () => {
  it.each([
    ['www.a.cn', 'https://www.a.cn'],
    ['官网：www.a.com.cn', 'https://www.a.com.cn'],
    ['http://a.com/x?y=1', 'http://a.com/x?y=1'],
    ['HTTP://WWW.A.COM/', 'http://www.a.com'],
    ['www.a.com；www.b.com', 'https://www.a.com ~first_of_several'],
    ['javascript:alert(1)', '?not_a_link'],
    ['https://user:word@a.com', '?not_a_link'],
    ['a@b.com', '?not_a_link'],
    ['公司', '?not_a_link'],
    ['暂无', '—'],
  ])('address %s is %s', (cell, reading) => expect(told(readUrl(cell))).toBe(reading))

  it.each([
    ['A@B.com', 'a@b.com'],
    ['张三 a@b.cn。', 'a@b.cn'],
    ['a@b.com;c@d.com', 'a@b.com ~first_of_several'],
    ['mailto:a@b.com', 'a@b.com'],
    ['a@b', '?not_an_email'],
    ['无', '—'],
  ])('letter box %s is %s', (cell, reading) => expect(told(readEmail(cell))).toBe(reading))

  it.each<[Cell, string]>([
    [13_800_000_000, '13800000000'],
    ['138-0000-0000', '138-0000-0000'],
    ['+44 (0)20 7946 0958', '+44 20 7946 0958'],
    ['0571-88888888转801', '0571-88888888 ext 801'],
    ['张三 13800000000', '13800000000'],
    ['0571-88888888/13800000000', '0571-88888888 ~first_of_several'],
    ['123', '?not_a_phone'],
    ['-', '—'],
  ])('telephone %s is %s', (cell, reading) => expect(told(readPhone(cell))).toBe(reading))
})

describe('a country', () => {
  it.each([
    ['NA', 'NA'],
    ['na', 'NA'],
    ['N/A', '—'],
    ['EL', 'GR'],
    ['UK', 'GB'],
    ['England', 'GB'],
    ['中国', 'CN'],
    ['中華人民共和國', 'CN'],
    ['德国', 'DE'],
    ['Deutschland', 'DE'],
    ['DE - Germany', 'DE'],
    ['Hong Kong, China', 'HK'],
    ['U.S.A.', 'US'],
    ["Côte d'Ivoire", 'CI'],
    ['Bosnia And Herzegovina', 'BA'],
    ['Korea (Republic of)', 'KR'],
    ['Congo', 'CG'],
    ['XX', '?unknown_country'],
    ['Atlantis', '?unknown_country'],
  ])('%s is %s', (cell, reading) => expect(told(readCountry(cell))).toBe(reading))

  it('is known by its own code', () => expect(countryCode('XK')).toBe('XK'))
})

it('entities are read, also those escaped twice, and strangers are left alone', () => {
  expect(decodeHtmlEntities('A &amp; B &#39;x&#39; &amp;quot;y&amp;quot; &eacute; &#x2019; &alpha;')).toBe(
    'A & B \'x\' "y" é ’ α',
  )
  expect(decodeHtmlEntities('AT&T; &unknown; a && b &#0; &#xd800;')).toBe('AT&T; &unknown; a && b &#0; &#xd800;')
})
