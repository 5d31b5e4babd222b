import { type Checked, checkUscc, tidyIdentifier } from './identifiers.ts'

/**
 * How the number stands behind the country's letters, for the member states and Northern Ireland (from the European
 * Commission's VIES table), and for neighbours that often take part. Greece writes EL.
 */
const BUILDS: Readonly<Record<string, RegExp>> = {
  AT: /^U\d{8}$/,
  BE: /^[01]\d{9}$/,
  BG: /^\d{9,10}$/,
  CH: /^E\d{9}(MWST|TVA|IVA)?$/,
  CY: /^\d{8}[A-Z]$/,
  CZ: /^\d{8,10}$/,
  DE: /^\d{9}$/,
  DK: /^\d{8}$/,
  EE: /^\d{9}$/,
  EL: /^\d{9}$/,
  ES: /^([A-Z]\d{7}[0-9A-Z]|\d{8}[A-Z])$/,
  FI: /^\d{8}$/,
  FR: /^[0-9A-HJ-NP-Z]{2}\d{9}$/,
  GB: /^(\d{9}|\d{12}|GD[0-4]\d\d|HA[5-9]\d\d)$/,
  HR: /^\d{11}$/,
  HU: /^\d{8}$/,
  IE: /^(\d{7}[A-W][A-IW]?|\d[A-Z+*]\d{5}[A-W])$/,
  IT: /^\d{11}$/,
  LT: /^(\d{9}|\d{12})$/,
  LU: /^\d{8}$/,
  LV: /^\d{11}$/,
  MT: /^\d{8}$/,
  NL: /^[0-9A-Z+*]{10}\d\d$/,
  NO: /^\d{9}(MVA)?$/,
  PL: /^\d{10}$/,
  PT: /^\d{9}$/,
  RO: /^\d{2,10}$/,
  SE: /^\d{10}\d\d$/,
  SI: /^\d{8}$/,
  SK: /^\d{10}$/,
  XI: /^(\d{9}|\d{12}|GD[0-4]\d\d|HA[5-9]\d\d)$/,
}

/** Countries that stand under other letters in VAT numbers, and in CORDIS, than in ISO 3166. */
const LETTERS: Readonly<Record<string, string>> = { GR: 'EL', UK: 'GB' }

const ELSEWHERE = /^(?=(.*\d){4})[0-9A-Z]{4,18}$/

/**
 * A VAT number, by its build in its country; in China it is the USCC. Its one form begins with the country's letters.
 * Of countries whose build is not known here, 4 to 18 letters and digits pass, if four are digits.
 * @param country ISO 3166 letters, for a number that is written without them
 */
export function checkVat(text: string, country?: string): Checked {
  const code = tidyIdentifier(text)
    .replace(/[-./:·]/g, '')
    .toUpperCase()
  const home = country === undefined ? undefined : (LETTERS[country.toUpperCase()] ?? country.toUpperCase())
  const plain = home === undefined ? undefined : checkNumber(home, code)
  if (plain !== undefined && 'value' in plain) return plain
  const written = /^[A-Z]{2}/.exec(code)?.[0]
  if (written === undefined) return plain ?? { rule: 'format' }
  return checkNumber(LETTERS[written] ?? written, code.slice(2))
}

function checkNumber(country: string, number: string): Checked {
  if (country === 'CN') {
    const checked = checkUscc(number)
    return 'value' in checked ? { value: `CN${checked.value}` } : checked
  }
  const build = BUILDS[country]
  if (build === undefined && number.startsWith(country)) return { rule: 'format' }
  return (build ?? ELSEWHERE).test(number) ? { value: country + number } : { rule: 'format' }
}
