import { type IdentifierRule, tidyIdentifier } from './identifiers.ts'

/** What a patent number names. */
export interface PatentNumber {
  value: string
  /** The office's two letters; `WO` for international applications too. */
  office: string
  /** The state that the number speaks of, where its build tells: a `ZL` number and a B publication are granted. */
  stage?: 'application' | 'publication' | 'grant'
  right?: PatentRight
}

export type PatentRight = 'invention' | 'utility' | 'design'

export type CheckedPatent = PatentNumber | { rule: IdentifierRule; expected?: string }

/** The digit after the year tells the right; 8 and 9 came through the PCT. */
const CHINESE_RIGHTS: Readonly<Record<string, PatentRight>> = {
  1: 'invention',
  2: 'utility',
  3: 'design',
  8: 'invention',
  9: 'utility',
}

/**
 * A patent number of China, the European Patent Office, the United States or WIPO, in its one form. Chinese application
 * and ZL numbers are checked by their check digit, which is added where it was left out; all others by their build. Of
 * other offices any number with five digits passes; without letters in front it is taken for a Chinese application.
 */
export function checkPatent(text: string): CheckedPatent {
  const code = tidyIdentifier(text)
    .replace(/^(专利号|申请号|公开号|公告号|授权公告号)[:：]?/, '')
    .replace(/[,·-]/g, '')
    .toUpperCase()
  if (code === '') return { rule: 'length' }
  if (/[^0-9A-Z./]/.test(code)) return { rule: 'alphabet' }
  if (code.startsWith('EP')) return checkEuropean(code.slice(2))
  if (code.startsWith('US')) return checkAmerican(code.slice(2))
  if (code.startsWith('WO') || code.startsWith('PCT')) return checkInternational(code)
  if (/^(ZL|CN|\d)/.test(code)) return checkChinese(code)
  const office = /^[A-Z]{2}(?=(.*\d){5})/.exec(code)?.[0]
  return office === undefined ? { rule: 'format' } : { value: code, office }
}

/**
 * `ZL201710601862.3`, `CN201710601862.3`, `ZL95115608.X` (before October 2003), or a publication, `CN107451789B`.
 * The check digit: the digits times 2, 3 … 9, 2, 3 …, summed modulo 11; 10 is written X (ZC 0006-2003).
 */
function checkChinese(code: string): CheckedPatent {
  const published = /^CN(\d{7,9})([ABCUYSD]\d?)$/.exec(code)
  if (published !== null) {
    const granted = /^[BCUYSD]/.test(published[2]!)
    return { value: code, office: 'CN', stage: granted ? 'grant' : 'publication' }
  }
  const parts = /^(ZL|CN)*(\d{12}|\d{8})(?:\.?([0-9X]))?([AUS]?)$/.exec(code)
  if (parts === null) return { rule: 'format' }
  const [, , digits = '', check, kind] = parts
  if (kind !== '' && (digits.length !== 12 || check !== undefined)) return { rule: 'format' }
  const isOld = digits.length === 8
  const right = CHINESE_RIGHTS[digits.charAt(isOld ? 2 : 4)]
  const isYear = isOld ? /^(8[5-9]|9\d|0[0-3])/.test(digits) : /^20(0[3-9]|[1-9]\d)/.test(digits)
  if (!isYear || right === undefined) return { rule: 'format' }
  const expected = computeChineseCheckDigit(digits)
  if (check !== undefined && check !== expected) return { rule: 'checksum', expected }
  const granted = code.includes('ZL')
  const value = `${granted ? 'ZL' : 'CN'}${digits}.${expected}`
  return { value, office: 'CN', stage: granted ? 'grant' : 'application', right }
}

function computeChineseCheckDigit(digits: string): string {
  const sum = [...digits].reduce((total, digit, place) => total + Number(digit) * ((place % 8) + 2), 0)
  return sum % 11 === 10 ? 'X' : String(sum % 11)
}

/** `EP1234567B1`, published, or the application `EP12345678.9`. */
function checkEuropean(code: string): CheckedPatent {
  const published = /^(\d{7})([AB]\d?)?$/.exec(code)
  if (published !== null) return { value: `EP${code}`, office: 'EP', stage: isGrant(published[2]) }
  const applied = /^(\d{8})\.?(\d)$/.exec(code)
  if (applied !== null) return { value: `EP${applied[1]}.${applied[2]}`, office: 'EP', stage: 'application' }
  return { rule: 'format' }
}

/** `US10123456B2`, `USD123456S1`, `USRE12345E1`, `US20190123456A1` or the application `US16/123456`. */
function checkAmerican(code: string): CheckedPatent {
  const early = /^(20\d\d)\/?(\d{6,7})(A\d)$/.exec(code) ?? /^(20\d\d)\/(\d{6,7})()$/.exec(code)
  if (early !== null) {
    const value = `US${early[1]}${early[2]!.padStart(7, '0')}${early[3]}`
    return { value, office: 'US', stage: 'publication', right: 'invention' }
  }
  const applied = /^(\d\d)\/(\d{6})$/.exec(code)
  if (applied !== null) return { value: `US${code}`, office: 'US', stage: 'application' }
  if (/^D\d{5,7}(S\d?)?$/.test(code)) return { value: `US${code}`, office: 'US', stage: 'grant', right: 'design' }
  if (/^(\d{6,8}(A|B\d)?|RE\d{5,6}(E\d?)?|PP\d{5,6}(P\d?)?)$/.test(code))
    return { value: `US${code}`, office: 'US', stage: 'grant' }
  return { rule: 'format' }
}

/** `WO2019123456A1`, `WO9912345A1` (before 2004), or the application `PCT/CN2019/123456`. */
function checkInternational(code: string): CheckedPatent {
  const applied = /^PCT\/?([A-Z]{2})(\d{4}|\d\d)\/?(\d{5,6})$/.exec(code)
  if (applied !== null) {
    const value = `PCT/${applied[1]}${applied[2]}/${applied[3]}`
    return { value, office: 'WO', stage: 'application', right: 'invention' }
  }
  const published = /^WO(?:(20\d\d)\/?(\d{6})|(\d\d)\/?(\d{5,6}))(A\d)?$/.exec(code)
  if (published === null) return { rule: 'format' }
  return { value: code.replace('/', ''), office: 'WO', stage: 'publication', right: 'invention' }
}

function isGrant(kind: string | undefined): 'grant' | 'publication' {
  return kind?.startsWith('B') ? 'grant' : 'publication'
}
