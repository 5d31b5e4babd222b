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

if (import.meta.main) {
  const titleWeights = process.argv.slice(2).map(Number)
  for (const name of SETS) {
    const set = readSet(name)
    if (!set) console.log(`${name}: not here, skipped`)
    else
      for (const title of titleWeights.length > 0 ? titleWeights : [3]) {
        const { gain10, recall100 } = measureSet(set, { fieldWeights: { title } })
        console.log(`${name.padEnd(14)} title x${title}  nDCG@10 ${gain10.toFixed(4)}  R@100 ${recall100.toFixed(4)}`)
      }
  }
}
