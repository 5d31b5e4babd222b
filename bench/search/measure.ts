import { buildIndex, type IndexOptions } from '#engines/search/build.ts'
import type { SearchOptions } from '#engines/search/index.ts'
import { normalisedGain, recall } from '#engines/search/measure.ts'
import { readSet, SETS, type TestSet } from './sets.ts'

export interface Measure {
  gain10: number
  recall10: number
  recall100: number
}

/** Document ids by rank for a query's text, at most 100. */
export type Ranker = (text: string) => readonly string[] | Promise<readonly string[]>

/** nDCG@10, R@10 and R@100, means over the queries of a set, or over those of them that `isAsked`. */
export async function measureRanker(
  { queries, grades }: TestSet,
  ranker: Ranker,
  isAsked: (query: string) => boolean = () => true,
): Promise<Measure> {
  const sums = { gain10: 0, recall10: 0, recall100: 0 }
  const asked = queries.filter(({ id }) => isAsked(id))
  for (const { id, text } of asked) {
    const ranked = await ranker(text)
    const relevant = grades.get(id) ?? new Map()
    sums.gain10 += normalisedGain(ranked, relevant)
    sums.recall10 += recall(ranked, relevant, 10)
    sums.recall100 += recall(ranked, relevant)
  }
  const mean = (sum: number) => sum / asked.length
  return { gain10: mean(sums.gain10), recall10: mean(sums.recall10), recall100: mean(sums.recall100) }
}

export function measureSet(set: TestSet, options: IndexOptions & SearchOptions = {}): Promise<Measure> {
  const fields = set.documents.map(({ id, title, text }) => ({ id, fields: { title, text } }))
  const index = buildIndex(fields, options)
  return measureRanker(set, (text) => index.search(text, { k: 100, ...options }).map((hit) => hit.id))
}

const KINDS: readonly [string, IndexOptions & SearchOptions][] = [
  ['BM25 of the same tokens', { plain: true }],
  ['the engine', {}],
]

if (import.meta.main) {
  console.log(`| set | ${KINDS.map(([name]) => name).join(' | ')} |`)
  console.log(`|---|${KINDS.map(() => '---|').join('')}`)
  for (const name of SETS) {
    const set = readSet(name)
    if (!set) {
      console.log(`| ${name} | skipped: the shared data does not stand here |`)
      continue
    }
    const cells: string[] = []
    for (const [, options] of KINDS) cells.push(cellOf(await measureSet(set, options)))
    console.log(`| ${name} | ${cells.join(' | ')} |`)
  }
}

export function cellOf({ gain10, recall10, recall100 }: Measure): string {
  return [gain10, recall10, recall100].map((value) => value.toFixed(4)).join(' / ')
}
