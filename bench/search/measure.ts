import { buildIndex, type IndexOptions } from '#engines/search/build.ts'
import { normalisedGain, recall } from '#engines/search/measure.ts'
import { readSet, SETS, type TestSet } from './sets.ts'

export interface Measure {
  gain10: number
  recall100: number
}

/** nDCG@10 and R@100, means over the queries of a set. */
export function measureSet({ documents, queries, grades }: TestSet, options: IndexOptions = {}): Measure {
  const index = buildIndex(
    documents.map(({ id, title, text }) => ({ id, fields: { title, text } })),
    options,
  )
  let gain10 = 0
  let recall100 = 0
  for (const { id, text } of queries) {
    const ranked = index.search(text, { k: 100 }).map((hit) => hit.id)
    const relevant = grades.get(id) ?? new Map()
    gain10 += normalisedGain(ranked, relevant)
    recall100 += recall(ranked, relevant)
  }
  return { gain10: gain10 / queries.length, recall100: recall100 / queries.length }
}

/** Plain BM25 (no stop words, no stemming, title as text, Han bigrams), as the data's own READMEs give it. */
const BASELINE: Readonly<Record<string, Measure>> = {
  'horizon-texts': { gain10: 0.47, recall100: 0.6779 },
  'ir/cranfield': { gain10: 0.399, recall100: 0.7221 },
  'ir/med': { gain10: 0.6864, recall100: 0.7784 },
  'ir/cacm': { gain10: 0.362, recall100: 0.5849 },
  csl: { gain10: 0.9696, recall100: 0.993 },
}

const TITLE_WEIGHTS = [1, 2, 3, 5]

function tableRow(name: string, set: TestSet): string {
  const measures = TITLE_WEIGHTS.map((title) => measureSet(set, { fieldWeights: { title } }))
  const cells = [BASELINE[name]!, ...measures].map(
    ({ gain10, recall100 }) => `${gain10.toFixed(4)} / ${recall100.toFixed(4)}`,
  )
  return `| ${name} | ${cells.join(' | ')} |`
}

if (import.meta.main) {
  console.log(`| set | plain BM25 | ${TITLE_WEIGHTS.map((weight) => `title x${weight}`).join(' | ')} |`)
  console.log(`|---|---|${TITLE_WEIGHTS.map(() => '---|').join('')}`)
  for (const name of SETS) {
    const set = readSet(name)
    console.log(set ? tableRow(name, set) : `| ${name} | skipped: the shared data does not stand here |`)
  }
}
