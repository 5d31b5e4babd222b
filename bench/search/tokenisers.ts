import { buildIndex } from '#engines/search/build.ts'
import { foldText } from '#engines/text/fold.ts'
import { segmentHan } from '#engines/text/tokens.ts'
import { cellOf, measureRanker } from './measure.ts'
import { readSet, type TestSet } from './sets.ts'

/** `node bench/search/tokenisers.ts`: ways to cut Chinese, each through the same engine, on csl. */

type Cut = (run: string) => string[]

const HAN_RUNS = /\p{Script=Han}+/gu
const bigrams: Cut = (run) =>
  run.length < 2 ? [run] : Array.from({ length: run.length - 1 }, (_, at) => run.slice(at, at + 2))
const words: Cut = (run) => segmentHan(run).map(({ word }) => word)
const both =
  (first: Cut): Cut =>
  (run) => [...bigrams(run), ...first(run).filter(({ length }) => length !== 2)]

/** Chinese words stand as Latin words of their own, so that the engine's tokeniser leaves them as they were cut. */
function spell(text: string, cut: Cut): string {
  return foldText(text).replace(HAN_RUNS, (run) => ` ${cut(run).map(codeOf).join(' ')} `)
}

function codeOf(word: string): string {
  const letters = [...word].map((one) =>
    one
      .codePointAt(0)!
      .toString(26)
      .replace(/\d/g, (digit) => 'qrstuvwxyz'[Number(digit)]!),
  )
  return `zz${letters.join('z')}`
}

async function measureCut(set: TestSet, cut: Cut): Promise<string> {
  const documents = set.documents.map(({ id, title, text }) => ({
    id,
    fields: { title: spell(title ?? '', cut), text: spell(text, cut) },
    lang: 'x-cut',
  }))
  const index = buildIndex(documents)
  const started = performance.now()
  for (const { text } of set.documents) spell(text, cut)
  const milliseconds = performance.now() - started
  const cells: string[] = []
  for (const plain of [true, false])
    cells.push(
      cellOf(
        await measureRanker(set, (text) =>
          index.search(spell(text, cut), { k: 100, plain, lang: 'x-cut' }).map(({ id }) => id),
        ),
      ),
    )
  return `${cells.join(' | ')} | ${milliseconds.toFixed(0)} ms`
}

const set = readSet('csl')
if (!set) throw new Error('The shared data does not stand here.')
const JIEBA = '../peers/jieba.mjs'
const jieba = (await import(JIEBA)) as { cut: Cut; cutForSearch: Cut }
const cuts: [string, Cut][] = [
  ['bigrams', bigrams],
  ['Intl.Segmenter', words],
  ['jieba.cut', jieba.cut],
  ['jieba.cutForSearch', jieba.cutForSearch],
  ['bigrams + longer words of Intl.Segmenter', both(words)],
  ['bigrams + longer words of jieba.cut', both(jieba.cut)],
]
console.log('| cut | BM25 alone | with feedback and neighbours | 1,000 abstracts |\n|---|---|---|---|')
for (const [name, cut] of cuts) console.log(`| ${name} | ${await measureCut(set, cut)} |`)
