/**
 * Identifiers of organisations, persons and papers: what a person typed or a file holds is brought to one form
 * (full-width, spaced, hyphenated and lower-case writing is understood) and checked as far as its standard allows.
 */

/** Which check failed: too short or long, a sign outside its alphabet, wrong build, or the check digit. */
export type IdentifierRule = 'length' | 'alphabet' | 'format' | 'checksum'

/** The identifier in its one form, or the rule it breaks and, where there is one, what was expected instead. */
export type Checked = { value: string } | { rule: IdentifierRule; expected?: string }

const SIGNS_MAX = 512

/** NFKC folds full-width signs; what is invisible or only parts the groups is dropped. */
export function tidyIdentifier(text: string): string {
  return text
    .slice(0, SIGNS_MAX)
    .normalize('NFKC')
    .replace(/[\s\p{Cf}\p{Cc}]/gu, '')
    .replace(/[\u2010-\u2015\u2212\uFE63]/g, '-')
}

/** Without its hyphens, dots and the address or label before it, in capitals. */
function tidyCode(text: string, label: RegExp): string {
  return tidyIdentifier(text).replace(label, '').replace(/[-.·]/g, '').toUpperCase()
}

const USCC_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY'

/**
 * 统一社会信用代码 by GB 32100-2015: registering authority (1-9, A, N, Y), kind, six digits of place, nine signs of the
 * organisation's code, and a check sign: the weights are the powers of 3 modulo 31.
 */
export function checkUscc(text: string): Checked {
  const code = tidyCode(text, /^(uscc|统一社会信用代码)[:：]?/i)
  const fault = checkSigns(code, 18, /[^0-9A-HJ-NP-RTUWXY]/)
  if (fault !== undefined) return fault
  if (!/^[1-9ANY][1-9]\d{6}/.test(code)) return { rule: 'format' }
  let sum = 0
  for (let place = 0, weight = 1; place < 17; place += 1, weight = (weight * 3) % 31)
    sum += USCC_ALPHABET.indexOf(code.charAt(place)) * weight
  return checkLast(code, USCC_ALPHABET.charAt((31 - (sum % 31)) % 31))
}

/** LEI by ISO 17442: 18 signs and two check digits by ISO 7064 MOD 97-10, which lie between 02 and 98. */
export function checkLei(text: string): Checked {
  const code = tidyCode(text, /^lei:?/i)
  const fault = checkSigns(code, 20, /[^0-9A-Z]/)
  if (fault !== undefined) return fault
  if (!/\d\d$/.test(code)) return { rule: 'format' }
  return checkLast(code, mod97CheckDigits(spellLettersAsNumbers(code.slice(0, 18))))
}

const CROCKFORD_ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'

/** ROR: `0`, six signs of Crockford's base 32 and two check digits. Its one form is the short one, `03yrm5c26`. */
export function checkRor(text: string): Checked {
  const code = tidyCode(text, /^(https?:\/\/)?(www\.)?ror\.org\/|^ror:/i).toLowerCase()
  const fault = checkSigns(code, 9, /[^0-9a-hjkmnp-tv-z]/)
  if (fault !== undefined) return fault
  if (!/^0.{6}\d\d$/.test(code)) return { rule: 'format' }
  const number = [...code.slice(1, 7)].reduce((sum, sign) => sum * 32 + CROCKFORD_ALPHABET.indexOf(sign), 0)
  return checkLast(code, mod97CheckDigits(String(number)))
}

/** PIC, the European Commission's participant code: nine digits, without a check digit. */
export function checkPic(text: string): Checked {
  const code = tidyCode(text, /^pic:?/i)
  const fault = checkSigns(code, 9, /\D/)
  return fault ?? { value: code }
}

/** ORCID, with its check digit by ISO 7064 MOD 11-2. Its one form is `0000-0002-1825-0097`. */
export function checkOrcid(text: string): Checked {
  const checked = checkMod11(tidyCode(text, /^(https?:\/\/)?(www\.)?orcid\.org\/|^orcid:?/i))
  return 'value' in checked ? { value: checked.value.match(/.{4}/g)!.join('-') } : checked
}

/** ISNI, of which ORCID is a part. Its one form has no spaces: `000000012281955X`. */
export function checkIsni(text: string): Checked {
  return checkMod11(tidyCode(text, /^(https?:\/\/)?(www\.)?isni\.org\/(isni\/)?|^isni:?/i))
}

/** DOI, by its build: `10.`, the registrant's number, a slash and a name. Its one form is in small letters. */
export function checkDoi(text: string): Checked {
  if (text.length > SIGNS_MAX) return { rule: 'length', expected: String(SIGNS_MAX) }
  const name = tidyIdentifier(text).replace(/^(https?:\/\/)?((dx|www)\.)?doi\.org\/|^doi:/i, '')
  return /^10\.\d{4,9}(\.\d+)*\/\S+$/.test(name) ? { value: name.toLowerCase() } : { rule: 'format' }
}

function checkMod11(code: string): Checked {
  const fault = checkSigns(code, 16, /[^0-9X]/)
  if (fault !== undefined) return fault
  if (!/^\d{15}/.test(code)) return { rule: 'format' }
  const total = [...code.slice(0, 15)].reduce((sum, digit) => (sum + Number(digit)) * 2, 0)
  const check = (12 - (total % 11)) % 11
  return checkLast(code, check === 10 ? 'X' : String(check))
}

/** ISO 7064 MOD 97-10 over a decimal number as text: `5367` → `02`. Never 00, 01 or 99. */
export function mod97CheckDigits(digits: string): string {
  const rest = [...digits, '0', '0'].reduce((sum, digit) => (sum * 10 + Number(digit)) % 97, 0)
  return String(98 - rest).padStart(2, '0')
}

function spellLettersAsNumbers(code: string): string {
  return [...code].map((sign) => Number.parseInt(sign, 36)).join('')
}

function checkSigns(code: string, length: number, foreign: RegExp): Checked | undefined {
  if (foreign.test(code)) return { rule: 'alphabet' }
  return code.length === length ? undefined : { rule: 'length', expected: String(length) }
}

function checkLast(code: string, expected: string): Checked {
  return code.endsWith(expected) ? { value: code } : { rule: 'checksum', expected }
}
