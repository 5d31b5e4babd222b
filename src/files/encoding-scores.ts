import type { Encoding } from './types.ts'

export interface EncodingScore {
  readonly encoding: Encoding
  /** 0 to 1: how much of what is not ASCII reads like text people write. */
  readonly score: number
}

/** Below this a reading is noise. */
const SCORE_MIN = 0.5

/** Characters that fill ledgers, addresses and titles; a wrong encoding turns them into rare ones. */
const COMMON = new Set([
  ...'的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严司企有限责任公司名称地址联系电话序号统一社会信用代码类型规模人数注册资本研发新能源材料智能医药生物芯片半导体项目成果专利',
  ...'國會時來們個這為發動學說產種麼對過後經於業實體電機現無與還應間關樣數處義開區長點員總設務資統計級組據強領導項標準術價單線網絡聯繫電話號碼類別規範註冊資本營業額稅號備註專利權產業園區醫藥材料晶片數據',
  ...'。，、；：？！（）《》“”‘’—…·％＋－／　０１２３４５６７８９年月日元',
])

/** Encodings that read the sample, the most plausible first. `sample` begins at a byte outside ASCII. */
export function scoreEncodings(sample: Uint8Array): EncodingScore[] {
  const scores: EncodingScore[] = [
    { encoding: 'gb18030', score: doubleByteScore(sample, 'gb18030', gbLevelOne) },
    { encoding: 'big5', score: doubleByteScore(sample, 'big5', bigFiveLevelOne) },
    { encoding: 'windows-1252', score: latinScore(sample) },
    { encoding: 'shift_jis', score: doubleByteScore(sample, 'shift_jis', shiftJisLevelOne) },
  ]
  return scores.filter((each) => each.score >= SCORE_MIN).toSorted((a, b) => b.score - a.score)
}

/**
 * Half for lying in the encoding's block of everyday characters, half for being one of the commonest; nothing for a
 * sample that does not decode.
 */
function doubleByteScore(
  sample: Uint8Array,
  encoding: Encoding,
  everyday: (lead: number, trail: number) => boolean,
): number {
  let pairs = 0
  let usual = 0
  for (let at = 0; at < sample.length - 1; at++) {
    const lead = sample[at] ?? 0
    if (lead < 0x80) continue
    pairs++
    if (everyday(lead, sample[at + 1] ?? 0)) usual++
    at++
  }
  const text = decodedOrNull(sample, encoding)
  if (text === null || pairs === 0) return 0
  let wide = 0
  let common = 0
  for (const character of text) {
    if (character < '\u0080') continue
    wide++
    if (COMMON.has(character) || isKana(character)) common++
  }
  return 0.5 * (usual / pairs) + 0.5 * Math.min(1, (common / Math.max(1, wide)) * 1.6)
}

/** The sample may end inside a character, so its end is not held against it. */
function decodedOrNull(sample: Uint8Array, encoding: Encoding): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(sample, { stream: true })
  } catch {
    return null
  }
}

function isKana(character: string): boolean {
  return character >= '\u3041' && character <= '\u30fc'
}

/** GB 2312's first level (3,755 characters by use) and its punctuation and full-width forms. */
function gbLevelOne(lead: number, trail: number): boolean {
  return trail >= 0xa1 && ((lead >= 0xb0 && lead <= 0xd7) || (lead >= 0xa1 && lead <= 0xa3))
}

/** Big5's first level (5,401 characters by use) and its punctuation. */
function bigFiveLevelOne(lead: number, trail: number): boolean {
  return lead >= 0xa1 && lead <= 0xc6 && ((trail >= 0x40 && trail <= 0x7e) || trail >= 0xa1)
}

/** JIS's first level, kana and punctuation. */
function shiftJisLevelOne(lead: number, trail: number): boolean {
  return lead >= 0x81 && lead <= 0x98 && trail >= 0x40 && trail !== 0x7f && trail <= 0xfc
}

const LATIN_SIGNS = new Set([
  0x80, 0x85, 0x8a, 0x8c, 0x8e, 0x91, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0x99, 0x9a, 0x9c, 0x9e, 0x9f, 0xa0, 0xa3,
  0xa7, 0xa9, 0xab, 0xae, 0xb0, 0xb1, 0xb2, 0xb3, 0xb4, 0xb5, 0xb7, 0xba, 0xbb, 0xbd,
])

/** Western text has its accents one by one amid ASCII letters; runs of high bytes are something else. */
function latinScore(sample: Uint8Array): number {
  let high = 0
  let plausible = 0
  for (let at = 0; at < sample.length; at++) {
    const byte = sample[at] ?? 0
    if (byte < 0x80) continue
    high++
    const alone = (sample[at - 1] ?? 0) < 0x80 && (sample[at + 1] ?? 0) < 0x80
    const letter = byte >= 0xc0 && byte !== 0xd7 && byte !== 0xf7
    if (alone && (letter || LATIN_SIGNS.has(byte))) plausible++
    else if (letter) plausible += 0.3
  }
  return high === 0 ? 0 : 0.95 * (plausible / high)
}
