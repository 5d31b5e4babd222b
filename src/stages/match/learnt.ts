import { type LearntPair, type LearntPairs, learnTermPairsInSteps, type SaidTwice } from '#engines/search/pairs.ts'
import { segmentHan } from '#engines/text/tokens.ts'
import { sha256 } from '#kit/ids.ts'
import { isContentTerm } from './content-words.ts'
import { type CorpusText, keyOf } from './question.ts'

/** What a zone's bilingual records teach, and from how many it was learnt. */
export interface Learnt {
  pairs: LearntPairs
  records: number
  /** Of the texts that it was learnt from: whoever learns from the same says the same. */
  hash: string
}

/** More are not read, so that learning stays a matter of seconds; the first by their keys. */
const TEXTS_MAX = 4_000
/** A pair that met in fewer records, or says the same less surely, is not asked for. */
const RECORDS_MIN = 2
const SHARE_MIN = 0.15
const HAN = /\p{Script=Han}/u

/** Whether a text says in Chinese and in English what it is called. */
export function isBilingual({ titles }: CorpusText): boolean {
  return Boolean(chineseOf(titles) && titles?.en)
}

const chineseOf = (titles: CorpusText['titles']) => titles?.zh ?? titles?.['zh-Hant']

/** What records say twice: their titles, and the first lines of their texts where one is Chinese and the next is not. */
export function saidTwiceIn(texts: readonly CorpusText[]): SaidTwice[] {
  const bilingual = texts.filter(isBilingual).sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
  const said = bilingual.flatMap((text): SaidTwice[] => {
    const title: SaidTwice = [chineseOf(text.titles)!.text, text.titles!.en!.text, keyOf(text)]
    return [title, ...sentencesTwice(text)]
  })
  return said.slice(0, TEXTS_MAX)
}

/** Sentence by sentence where both languages have as many. */
function sentencesTwice(text: CorpusText): SaidTwice[] {
  const [one = '', other = ''] = text.text.split('\n')
  if (!one || !other || HAN.test(one) === HAN.test(other)) return []
  const [chinese, english] = HAN.test(one) ? [one, other] : [other, one]
  const [own, others] = [chinese.split(/[。！？；]/u).filter(Boolean), english.split(/[.!?;]\s+/u).filter(Boolean)]
  if (own.length !== others.length) return [[chinese, english, keyOf(text)]]
  return own.map((sentence, at) => [sentence, others[at]!, keyOf(text)])
}

/** Learns both ways, some hundredths of a second at a time; pairs that are not sure or no words are left out. */
export function* learnInSteps(said: readonly SaidTwice[]): Generator<void, Learnt> {
  const there = yield* learnTermPairsInSteps(said)
  const back = yield* learnTermPairsInSteps(said.map(([chinese, english, record]) => [english, chinese, record!]))
  const pairs = new Map<string, LearntPair[]>()
  for (const [from, found] of [...there, ...back]) {
    const sure = found.filter(isSure)
    if (sure.length > 0 && isContentTerm(from)) pairs.set(from, sure)
  }
  return { pairs, records: new Set(said.map(([, , record]) => record)).size, hash: sha256(JSON.stringify(said)) }
}

function isSure({ term, share, met, says }: LearntPair): boolean {
  return met >= RECORDS_MIN && share >= SHARE_MIN && isContentTerm(term) && isWord(says)
}

/** Chinese is indexed by pairs of characters too, which are no words to show. */
function isWord(says: string): boolean {
  return !HAN.test(says) || segmentHan(says).length === 1
}
