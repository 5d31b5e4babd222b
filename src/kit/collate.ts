/**
 * Sort keys, since neither engine sorts Chinese as people do: both go by code point. A key puts each Han character at its
 * place by pinyin and folds the rest to plain lower-case, so that comparing keys byte by byte gives the order of a list.
 */
const HAN_FIRST = 0x4e00
const HAN_LAST = 0x9fff
const KEY_CHARACTERS_MAX = 60
const RADIX = 36
const RANK_DIGITS = 3

let ranks: Map<string, string> | undefined

function hanRanks(): Map<string, string> {
  if (ranks) return ranks
  const characters = Array.from({ length: HAN_LAST - HAN_FIRST + 1 }, (_, at) => String.fromCharCode(HAN_FIRST + at))
  characters.sort(new Intl.Collator('zh-Hans-u-co-pinyin').compare)
  ranks = new Map(characters.map((character, at) => [character, at.toString(RADIX).padStart(RANK_DIGITS, '0')]))
  return ranks
}

/** The key of a name. Latin names come before Chinese ones; the empty name comes last. */
export function sortKey(name: string): string {
  const folded = name.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase().trim()
  if (!folded) return '~'
  let key = ''
  let count = 0
  for (const character of folded) {
    if (count++ >= KEY_CHARACTERS_MAX) break
    const rank = character >= '\u4e00' && character <= '\u9fff' ? hanRanks().get(character) : undefined
    key += rank ? `{${rank}` : character
  }
  return key
}
