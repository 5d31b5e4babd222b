import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildIndex } from '#engines/search/build.ts'
import { learnTermPairs, type SaidTwice } from '#engines/search/pairs.ts'

/**
 * `node bench/search/languages.ts`: only the English texts of the demo zone's bilingual records are indexed, and each is
 * asked for by its Chinese title. Pairs of terms are learnt from the other folds of records alone.
 */
const FOLDS = 10
const ZONE = join(import.meta.dirname, '../../examples/demo-zone')

interface Bilingual {
  zh?: string
  en?: string
}

export interface BilingualRecord {
  id: string
  title: Bilingual
  text: Bilingual
  /** Short names of fields and products. */
  fields: readonly Bilingual[]
}

export function readRecords(): BilingualRecord[] {
  const rows = (file: string) => JSON.parse(readFileSync(join(ZONE, file), 'utf8')) as Record<string, unknown>[]
  return ['results', 'projects', 'needs', 'organisations'].flatMap((kind) =>
    rows(`${kind}.json`).map((row) => ({
      id: `${kind}:${row.key}`,
      title: (row.title ?? row.products ?? {}) as Bilingual,
      text: (row.summary ?? row.objective ?? {}) as Bilingual,
      fields: (row.fields ?? []) as Bilingual[],
    })),
  )
}

/** Titles, entries of lists and, where both languages have as many, sentences. */
export function saidTwice(records: readonly BilingualRecord[]): SaidTwice[] {
  return records.flatMap(({ title, text, fields }) => [
    ...[title, ...fields].map(({ zh, en }): SaidTwice => [zh ?? '', en ?? '']),
    ...sentencePairs(text),
  ])
}

function sentencePairs({ zh = '', en = '' }: Bilingual): SaidTwice[] {
  const [own, other] = [zh.split(/[。！？；]/u).filter(Boolean), en.split(/[.!?;] +/).filter(Boolean)]
  return own.length === other.length ? own.map((sentence, at) => [sentence, other[at]!]) : [[zh, en]]
}

/** The share of records whose English text is among the first `depth` for their Chinese title. */
export function recallAcross(
  depth: number,
  { learn, folds = FOLDS }: { learn: boolean; folds?: number },
): { recall: number; asked: number } {
  const records = readRecords()
  const index = buildIndex(records.map(({ id, title, text }) => ({ id, fields: { title: title.en, text: text.en } })))
  const foldOf = new Map(records.map(({ id }, at) => [id, at % folds]))
  let [found, asked] = [0, 0]
  for (let fold = 0; fold < folds; fold += 1) {
    const pairs = learnTermPairs(learn ? saidTwice(records.filter(({ id }) => foldOf.get(id) !== fold)) : [])
    for (const { id, title } of records) {
      if (foldOf.get(id) !== fold || !title.zh || !title.en) continue
      asked += 1
      if (index.search(title.zh, { k: depth, pairs }).some((hit) => hit.id === id)) found += 1
    }
  }
  return { recall: found / asked, asked }
}

if (import.meta.main)
  for (const learn of [false, true]) {
    const cells = [1, 10].map((depth) => `R@${depth} ${recallAcross(depth, { learn }).recall.toFixed(3)}`)
    console.log(
      `${learn ? 'with' : 'without'} pairs: ${cells.join(', ')} (${recallAcross(1, { learn }).asked} records)`,
    )
  }
