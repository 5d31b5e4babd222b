/** What a UTF-16 unit of a folded text is to the tokeniser. */
export const OTHER = 0
export const LETTER = 1
export const DIGIT = 2
/** Written without spaces and read character by character: Han and kana. */
export const HAN = 3
/** Written without spaces, read by words: Thai, Lao, Khmer, Burmese. */
export const UNSPACED = 4
/** Half of a Han character beyond the basic plane. */
export const HAN_HIGH = 5
/** Holds a compound together where it stands inside one. */
export const CONNECTOR = 6
const CONNECTORS = "-.'_,"

let table: Uint8Array | undefined

/** The class of every UTF-16 unit; made once, on first use. */
export function classTable(): Uint8Array {
  table ??= buildTable()
  return table
}

function buildTable(): Uint8Array {
  const classes = new Uint8Array(0x10000)
  for (let unit = 0; unit < 0x10000; unit += 1) classes[unit] = classOf(unit)
  return classes
}

function classOf(unit: number): number {
  if (unit >= 0xd840 && unit <= 0xd88f) return HAN_HIGH
  if (unit >= 0xd800 && unit <= 0xdfff) return OTHER
  const character = String.fromCharCode(unit)
  if (CONNECTORS.includes(character)) return CONNECTOR
  if (/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]/u.test(character))
    return /\p{L}/u.test(character) ? HAN : OTHER
  if (/[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u.test(character)) return UNSPACED
  if (/\p{Nd}/u.test(character)) return DIGIT
  return /[\p{L}\p{M}\p{N}]/u.test(character) ? LETTER : OTHER
}
