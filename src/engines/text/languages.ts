import { classTable, LETTER } from './classes.ts'
import { type FoldedText, foldText } from './fold.ts'
import type { StemmedLanguage } from './stemmers.ts'
import { STOP_WORDS } from './stopwords.ts'

/**
 * Words by which a language is known and which say nothing about the topic, folded as the tokeniser folds. Those after
 * the bar are weak evidence: names, Latin phrases and English use them too, as do languages akin.
 */
const FUNCTION_WORDS: Readonly<Record<StemmedLanguage, string>> = {
  de: `und zur zum für fur auf nicht eine einer eines einem einen sind werden wird wurde wurden durch sowie oder bei
    nach uber über auch dass zwischen sich kann können konnen als aus wie dem vom beim diese dieser dieses|
    der die das des den ein in zu an es um so man war ist mit von im`,
  fr: `et les pour une avec aux sont qui ces cette leur leurs où plus été ete ainsi nous mais chez afin dont sans
    être etre|
    de la le du un en au que se son a l d des par sur est entre dans ou`,
  es: `del para por una como más mas su sus esta estos estas entre sobre desde hasta también tambien pero cuando ser
    mediante|
    de la el en que un es se al lo no o a son y los las con este fue`,
  it: `di della delle degli del nel nella nelle gli che una alla alle sono anche più piu dal dalla sulla questo
    questa nei allo mediante|
    la il lo le un in da al a i si non ed su e per con come dei tra`,
  pt: `da dos para com uma em pelo pela pelos pelas não nao ao mais como entre também tambem ser sobre suas este esta
    através atraves mediante|
    de o a os as que um se por seus do das foi são sao`,
  nl: `het een voor zijn niet wordt worden door ook uit bij naar deze dit tussen aan heeft hebben maar kunnen onder
    om|
    de en in is die of als van op te met`,
  sv: `och att av till inte eller hur mellan blev vara blir efter också ocksa från fran dessa denna genom deras som
    för på är vid|
    den det en ett i med om for pa de kan har sig var`,
  da: `og ikke eller hvordan mellem blev vaere bliver efter ogsaa ogsa disse denne gennem deres hvor|
    den det en et er i med om pa som at for de kan har sig ved fra til af`,
  no: `og av ikke eller hvordan mellom ble være vaere blir etter også ogsa disse denne gjennom deres hvor|
    den det en et er i med om på pa som at for de kan har seg ved fra til`,
  fi: `että etta joka jotka sekä seka myös myos voidaan kanssa mutta niiden tämä tama tässä tassa ovat ovat kuin
    jossa välillä valilla kautta|
    on ei se oli ja`,
  hu: `és egy hogy nem vagy valamint között kozott által altal után utan ezek amely volt mint meg csak illetve|
    a az is van es is`,
  ro: `pentru din este sunt sau într intr dintre după dupa acest această aceasta fost către catre precum|
    de la în in o un a nu se care al ale prin și si cu pe mai`,
  tr: `ve bir bu için icin olarak olan gibi daha çok cok ne veya ise kadar sonra arasında arasinda tarafından
    tarafindan üzerinde uzerinde olduğu oldugu|
    de da ile`,
  ru: `и на с не что по из для как от при или это также между его их все был в к о за|`,
  el: `και το της του την των απο για με στο στη που ειναι σε στην τα τους δεν η ο οι να|`,
}

/** Words of these that English uses too, beside the English stop words. */
const ENGLISH_TOO = ['die', 'we', 'my', 'he', 'she', 'man', 'per', 'me', 'son', 'among', 'ten', 'out']

/** Endings that hardly any English word has, after three letters or more. */
const ENDINGS: Partial<Record<StemmedLanguage, string>> = {
  de: 'ung ungen heit heiten keit keiten schaft schaften lich liche lichen isch ische ischen ischer stoff stoffe stoffen',
  es: 'acion aciones uccion eccion icion iciones miento mientos idad idades',
  fi: 'inen isen iset uksen uksia',
  fr: 'eux euse euses ielle ielles aux iere ieres',
  hu: 'asok esek nak nek hoz anyagok',
  it: 'zione zioni mento menti logie',
  nl: 'ingen heden heid lijk lijke isatie',
  pt: 'acao acoes ucao ucoes icao icoes idade idades',
  ro: 'iilor ului ilor',
  sv: 'ningar ningen ningarna arna',
  tr: 'lari leri larin lerin masi mesi',
}
const ENDING_OF: readonly [StemmedLanguage, RegExp][] = Object.entries(ENDINGS).map(([language, endings]) => [
  language as StemmedLanguage,
  new RegExp(`^[a-z]{3,}(?:${endings.replaceAll(' ', '|')})$`),
])

/** What a word says about the language it stands in: each language it is a sign of, with how much it says. */
export interface Sign {
  isEnglish: boolean
  /** Says nothing about the topic where it stands in one of the languages. */
  isFunctionWord: boolean
  languages: ReadonlyMap<StemmedLanguage, number>
}

/** A word of the language itself says more than one that English or names have too. */
const [STRONG, WEAK] = [2, 1] as const
/** The first words of a stretch tell its language. */
const SAMPLE_WORDS_MAX = 40
/** So many English words more than of other languages: the rest need not be looked at. */
const ENGLISH_WORDS_CLEAR = 2
/** A word that more languages have is weak evidence of each. */
const SHARED_BY_MAX = 2
/** Below these it is no running text of a language, or too short to tell. Weak evidence alone must be more. */
const EVIDENCE_MIN = 2
const WEAK_EVIDENCE_MIN = 3
const FUNCTION_SHARE_MIN = 0.12
/** How much more evidence than of English there must be. */
const EVIDENCE_OVER_ENGLISH = 2
/** Letters that stand alone are symbols more often than words. */
const WORD_CHARS_MIN = 2
const SCRIPT_WORD_CHARS_MIN = 3

/** By how likely they are in a registry. */
const LANGUAGES = Object.keys(FUNCTION_WORDS) as StemmedLanguage[]
const SIGNS: ReadonlyMap<string, Sign> = makeSigns()

/** What a folded word says about its language, by itself or by its ending; undefined for most words. */
export function signOf(word: string): Sign | undefined {
  const sign = SIGNS.get(word)
  if (sign) return sign
  const endings = ENDING_OF.filter(([, ending]) => ending.test(word))
  if (endings.length === 0) return undefined
  return {
    isEnglish: false,
    isFunctionWord: false,
    languages: new Map(endings.map(([language]) => [language, STRONG])),
  }
}

/**
 * The language of a stretch of folded text from `from` to `to`, by its first words: null where it is English, or may be.
 * Russian and Greek are known by their script. `signAt` is asked for each word's sign by its place.
 */
export function languageOf(
  folded: FoldedText,
  from: number,
  to: number,
  signAt: (start: number, end: number) => Sign | undefined,
): StemmedLanguage | null {
  const { units } = folded
  const classes = classTable()
  const evidence = new Evidence()
  let [words, english] = [0, 0]
  for (let at = from; at < to && words < SAMPLE_WORDS_MAX; at += 1) {
    if (classes[units[at]!] !== LETTER) continue
    const start = at
    while (at < to && classes[units[at]!] === LETTER) at += 1
    if (at - start < WORD_CHARS_MIN) continue
    words += 1
    const script = at - start < SCRIPT_WORD_CHARS_MIN ? undefined : SCRIPTS.get(units[start]! >> SCRIPT_BITS)
    const sign = script ?? signAt(start, at)
    if (sign?.isEnglish) english += 1
    if (sign && sign.languages.size > 0) evidence.add(sign)
    if (english - evidence.signs >= ENGLISH_WORDS_CLEAR) return null
  }
  if (evidence.signs === 0 || evidence.signs < FUNCTION_SHARE_MIN * words) return null
  const best = evidence.best(EVIDENCE_OVER_ENGLISH * english)
  return best === 'ru' && NOT_RUSSIAN.test(folded.slice(from, to)) ? null : best
}

/** What the words of a stretch say about its language, together. */
class Evidence {
  /** How many words say anything. */
  signs = 0
  private met: Sign[] = []

  add(sign: Sign): void {
    this.signs += 1
    // A word said again, such as an acronym, is no further sign; one of a script's words is.
    if (!sign.isFunctionWord || !this.met.includes(sign)) this.met.push(sign)
  }

  /** The language that most is said for, if that is enough and more than `over`. */
  best(over: number): StemmedLanguage | null {
    const isStrong = this.met.some(({ languages }) => [...languages.values()].includes(STRONG))
    let [best, most]: [StemmedLanguage | null, number] = [null, 0]
    for (const language of LANGUAGES) {
      const says = this.met.reduce((sum, { languages }) => sum + (languages.get(language) ?? 0), 0)
      if (says > most) [best, most] = [language, says]
    }
    return most > over && most >= (isStrong ? EVIDENCE_MIN : WEAK_EVIDENCE_MIN) ? best : null
  }
}

/** Letters that other languages in Cyrillic have and Russian has not. */
const NOT_RUSSIAN = /[іїєґўђјљњћџѓќѕ]/

/** Letters of a script that one language stands for, by blocks of 128 code units. */
const SCRIPT_BITS = 7
const SCRIPTS: ReadonlyMap<number, Sign> = new Map(
  (
    [
      ['el', 0x380],
      ['ru', 0x400],
      ['ru', 0x480],
    ] as const
  ).map(([language, unit]) => [
    unit >> SCRIPT_BITS,
    { isEnglish: false, isFunctionWord: false, languages: new Map([[language, STRONG]]) },
  ]),
)

function makeSigns(): Map<string, Sign> {
  const english = new Set([...STOP_WORDS, ...ENGLISH_TOO].filter((word) => /^[a-z]+$/.test(word)))
  const found = new Map<string, Map<StemmedLanguage, number>>()
  for (const [language, words] of Object.entries(FUNCTION_WORDS)) {
    const [strong = '', weak = ''] = words.split('|')
    for (const [list, says] of [
      [strong, STRONG],
      [weak, WEAK],
    ] as const)
      for (const word of list.split(/\s+/).filter(Boolean).map(foldText)) {
        const languages = found.get(word) ?? new Map<StemmedLanguage, number>()
        found.set(word, languages.set(language as StemmedLanguage, says))
      }
  }
  const signs = new Map<string, Sign>()
  for (const word of english) signs.set(word, { isEnglish: true, isFunctionWord: true, languages: new Map() })
  for (const [word, languages] of found) {
    const isEnglish = english.has(word)
    const isShared = languages.size > SHARED_BY_MAX || isEnglish
    const shared = new Map([...languages.keys()].map((one) => [one, WEAK]))
    signs.set(word, { isEnglish, isFunctionWord: true, languages: isShared ? shared : languages })
  }
  return signs
}
