import { cellText, foldTraditional, foldWidth, refused, understood, unreadable } from './text.ts'
import type { Cell, Reading } from './types.ts'

/** ISO 3166-1 alpha-2, and XK, which the European Union uses for Kosovo. */
const CODES =
  'AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW XK'.split(
    ' ',
  )
const KNOWN_CODES = new Set(CODES)

/** The codes of the European Union that are not ISO's, and codes that ISO has withdrawn. */
const OTHER_CODES: Readonly<Record<string, string>> = {
  EL: 'GR',
  UK: 'GB',
  YU: 'RS',
  CS: 'RS',
  ZR: 'CD',
  TP: 'TL',
  BU: 'MM',
}

const ALIASES: Readonly<Record<string, string>> = {
  usa: 'US',
  'u s a': 'US',
  'u s': 'US',
  'united states of america': 'US',
  america: 'US',
  england: 'GB',
  scotland: 'GB',
  wales: 'GB',
  'northern ireland': 'GB',
  'great britain': 'GB',
  britain: 'GB',
  'united kingdom of great britain and northern ireland': 'GB',
  'czech republic': 'CZ',
  holland: 'NL',
  'the netherlands': 'NL',
  turkey: 'TR',
  turkiye: 'TR',
  'russian federation': 'RU',
  'south korea': 'KR',
  korea: 'KR',
  'republic of korea': 'KR',
  'korea republic of': 'KR',
  'north korea': 'KP',
  'viet nam': 'VN',
  'ivory coast': 'CI',
  'cote d ivoire': 'CI',
  'cape verde': 'CV',
  swaziland: 'SZ',
  burma: 'MM',
  myanmar: 'MM',
  macedonia: 'MK',
  'former yugoslav republic of macedonia': 'MK',
  'the former yugoslav republic of macedonia': 'MK',
  palestine: 'PS',
  'occupied palestinian territories': 'PS',
  'occupied palestinian territory': 'PS',
  'state of palestine': 'PS',
  'west bank and gaza': 'PS',
  congo: 'CG',
  'republic of the congo': 'CG',
  'democratic republic of the congo': 'CD',
  'congo democratic republic of the': 'CD',
  'dr congo': 'CD',
  tanzania: 'TZ',
  'united republic of tanzania': 'TZ',
  'hong kong': 'HK',
  'hong kong sar': 'HK',
  macao: 'MO',
  macau: 'MO',
  'people s republic of china': 'CN',
  prc: 'CN',
  'pr china': 'CN',
  'p r china': 'CN',
  'mainland china': 'CN',
  'chinese taipei': 'TW',
  'taiwan province of china': 'TW',
  'iran islamic republic of': 'IR',
  'syrian arab republic': 'SY',
  'lao people s democratic republic': 'LA',
  'republic of moldova': 'MD',
  'bolivia plurinational state of': 'BO',
  'venezuela bolivarian republic of': 'VE',
  'brunei darussalam': 'BN',
  'the gambia': 'GM',
  'timor leste': 'TL',
  'east timor': 'TL',
  'holy see': 'VA',
  'micronesia federated states of': 'FM',
  deutschland: 'DE',
  osterreich: 'AT',
  schweiz: 'CH',
  suisse: 'CH',
  espana: 'ES',
  italia: 'IT',
  中国大陆: 'CN',
  中华人民共和国: 'CN',
  内地: 'CN',
  英格兰: 'GB',
  香港: 'HK',
  中国香港: 'HK',
  澳门: 'MO',
  中国澳门: 'MO',
  台湾: 'TW',
  中国台湾: 'TW',
  韩国: 'KR',
  朝鲜: 'KP',
}

let names: Map<string, string> | null = null

/** English and Chinese names out of the platform's own table, folded. */
function codesByName(): Map<string, string> {
  if (names) return names
  names = new Map(Object.entries(ALIASES))
  for (const language of ['en', 'zh-Hans', 'fr', 'de', 'es', 'it'])
    for (const code of CODES) {
      const name = new Intl.DisplayNames([language], { type: 'region' }).of(code)
      if (name && !names.has(foldName(name))) names.set(foldName(name), code)
    }
  return names
}

function foldName(name: string): string {
  const bare = foldTraditional(foldWidth(name))
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
  return bare
    .replace(/&/g, ' and ')
    .replace(/[^\p{L}]+/gu, ' ')
    .trim()
}

/** The ISO 3166-1 code of a code (ISO's or the European Union's: `EL`, `UK`) or of a name in English or Chinese. */
export function countryCode(text: string): string | null {
  const folded = foldWidth(text)
  const code = folded.toUpperCase()
  if (KNOWN_CODES.has(code)) return code
  return OTHER_CODES[code] ?? codesByName().get(foldName(folded)) ?? codeOfPieces(folded)
}

/** `DE - Germany`, `Germany (DE)`, `Hong Kong, China`: pieces that name one country, or a part of the next. */
function codeOfPieces(text: string): string | null {
  const pieces = text
    .split(/[-–—,/()，（）|]+/)
    .map((piece) => piece.trim())
    .filter(Boolean)
  if (pieces.length < 2 || pieces.length > 3) return null
  const codes = pieces.map((piece) => (piece === text ? null : countryCode(piece)))
  const [first] = codes
  if (!first || codes.some((code) => code !== first && code !== 'CN')) return null
  return first
}

/** A country. `NA` is Namibia here, never a missing value. */
export function readCountry(cell: Cell | undefined): Reading<string> {
  const nothing = unreadable(cell, { na: true })
  if (nothing) return nothing
  const original = cellText(cell)
  const code = countryCode(original)
  return code === null ? refused(original, 'value.unknown_country') : understood(original, code)
}
