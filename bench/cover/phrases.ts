import type { SearchIndex } from '#engines/search/index.ts'
import { foldText } from '#engines/text/fold.ts'
import { tokensOf } from '#engines/text/tokens.ts'

/** A phrase is one to three words in a row of one sentence, none of them a stop word. */
const PHRASE_WORDS = [3, 2, 1] as const
const TITLE_COUNTS = 3
/** A word that fewer earlier texts hold can hardly be covered; one that more hold tells nothing. */
const FREQUENCY_MIN = 2
const FREQUENCY_SHARE_MAX = 0.3
const SENTENCE_ENDS = /[.;:!?()\n,"]/

/**
 * The phrases that tell a text most from the index's texts: by how often they stand in it (in its first sentence, the
 * title, three times as much), by the mean rarity of their words, and longer ones more. No two of them share a word, and each is known to the
 * index, as the caller tells. The same text
 * and index give the same phrases; ties go by the alphabet.
 */
export function salientPhrases(
  text: string,
  index: SearchIndex,
  count: number,
  isKnown: (phrase: string) => boolean,
): string[] {
  const found = new Map<string, { phrase: string; stems: string[]; times: number }>()
  foldText(text)
    .split(SENTENCE_ENDS)
    .forEach((sentence, at) => {
      for (const { phrase, stems } of phrasesIn(sentence)) {
        const key = stems.join(' ')
        const known = found.get(key) ?? { phrase, stems, times: 0 }
        known.times += at === 0 ? TITLE_COUNTS : 1
        found.set(key, known)
      }
    })
  const rarityOf = (stem: string) => Math.log(index.documentsCount / Math.max(1, index.documentFrequency(stem)))
  const tells = (stem: string) => {
    const frequency = index.documentFrequency(stem)
    return frequency >= FREQUENCY_MIN && frequency <= FREQUENCY_SHARE_MAX * index.documentsCount
  }
  const scored = [...found.values()]
    .filter(({ stems }) => stems.every(tells))
    .map((one) => ({
      ...one,
      score:
        (1 + Math.log(one.times)) *
        (one.stems.reduce((sum, stem) => sum + rarityOf(stem), 0) / Math.sqrt(one.stems.length)),
    }))
    .sort((a, b) => b.score - a.score || (a.phrase < b.phrase ? -1 : 1))
  const used = new Set<string>()
  const phrases: string[] = []
  for (const { phrase, stems } of scored) {
    if (phrases.length >= count) break
    if (stems.some((stem) => used.has(stem)) || !isKnown(phrase)) continue
    for (const stem of stems) used.add(stem)
    phrases.push(phrase)
  }
  return phrases
}

function phrasesIn(sentence: string): { phrase: string; stems: string[] }[] {
  const words = tokensOf(sentence).filter(({ moves }) => moves)
  return words.flatMap((_, from) =>
    PHRASE_WORDS.flatMap((length) => {
      const those = words.slice(from, from + length)
      if (those.length < length || those.some(({ stop, term }) => stop || /^\d+$/.test(term))) return []
      const phrase = sentence.slice(those[0]!.start, those.at(-1)!.end)
      return [{ phrase, stems: those.map(({ term }) => term) }]
    }),
  )
}
