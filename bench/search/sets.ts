import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { TrecDocument, TrecQuery } from '#engines/search/trec.ts'

const SHARED = resolve(process.env.CONSORTIA_SHARED ?? '../shared/data')
export const SETS = ['horizon-texts', 'ir/cranfield', 'ir/med', 'ir/cacm', 'csl'] as const

export interface TestSet {
  documents: TrecDocument[]
  queries: TrecQuery[]
  grades: Map<string, Map<string, number>>
}

/** A test collection of the shared data, or null where it does not stand. */
export function readSet(name: string): TestSet | null {
  const folder = join(SHARED, name)
  if (!existsSync(join(folder, 'docs.jsonl'))) return null
  const asked = ['needs.jsonl', 'queries.jsonl'].map((file) => join(folder, file)).find((file) => existsSync(file))
  const grades = new Map<string, Map<string, number>>()
  for (const line of readFileSync(join(folder, 'qrels.txt'), 'utf8').trim().split('\n')) {
    const [query = '', , document = '', grade = '0'] = line.split(' ')
    if (!grades.has(query)) grades.set(query, new Map())
    grades.get(query)!.set(document, Number(grade))
  }
  return { documents: readLines(join(folder, 'docs.jsonl')), queries: readLines(asked ?? ''), grades }
}

export function readLines<T>(file: string): T[] {
  return readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as T)
}

export function sharedPath(...parts: string[]): string {
  return join(SHARED, ...parts)
}
