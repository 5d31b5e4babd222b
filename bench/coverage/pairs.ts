import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { coverageOf } from '#engines/coverage/collection.ts'
import type { FitParts } from '#engines/coverage/features.ts'
import { buildIndex } from '#engines/search/build.ts'
import { readLines, readSet, sharedPath } from '../search/sets.ts'

/** A capability (a field's title) held against a project that has at least one word of it. */
export interface Pair {
  code: string
  project: string
  parts: FitParts
  named: boolean
  /** The project carries the field's tag. */
  carries: boolean
  /** It carries that tag, or one above, below or beside it in the tree of fields. */
  neighbours: boolean
}

export interface Half {
  pairs: Pair[]
  tags: number
  /** All (field, project) tags of this half, also where the text has no word of the title. */
  carried: number
  /** All (field, project) pairs where the project carries the tag or a neighbouring one. */
  neighbouring: number
}

interface TagRow {
  project: string
  code: string
  title: string
}

export const TAGS_FILE = join('horizon-texts', 'euroscivoc.jsonl')

/** Even: sets weights and thresholds. Odd: reports. */
export function halfOf(code: string): 0 | 1 {
  const first = createHash('sha256').update(`coverage-tag:${code}`).digest().readUInt32BE(0)
  return first % 2 === 0 ? 0 : 1
}

/** Every pair of a field and a tagged project that has a word of the field's title, by halves of the fields. */
export function readPairs(): [Half, Half] | null {
  const set = readSet('horizon-texts')
  if (!set) return null
  const rows = readLines<TagRow>(sharedPath(TAGS_FILE))
  const codesOf = Map.groupBy(rows, ({ project }) => project)
  const projectsOf = Map.groupBy(rows, ({ code }) => code)
  const index = buildIndex(set.documents.map(({ id, title, text }) => ({ id, fields: { title, text } })))
  const halves: [Half, Half] = [emptyHalf(), emptyHalf()]
  for (const [code, tagged] of [...projectsOf].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const half = halves[halfOf(code)]
    half.tags += 1
    half.carried += tagged.length
    for (const rows of codesOf.values()) if (rows.some((row) => areNeighbours(code, row.code))) half.neighbouring += 1
    for (const { id, parts, named } of coverageOf({ names: [tagged[0]!.title] }, index)) {
      const codes = codesOf.get(id)?.map((row) => row.code)
      if (!codes || !parts) continue
      const neighbours = codes.some((other) => areNeighbours(code, other))
      half.pairs.push({ code, project: id, parts, named, carries: codes.includes(code), neighbours })
    }
  }
  return halves
}

/** One is above the other, or both hang from one parent below the top level. */
function areNeighbours(one: string, other: string): boolean {
  if (one === other || one.startsWith(`${other}/`) || other.startsWith(`${one}/`)) return true
  const parent = (code: string) => code.slice(0, code.lastIndexOf('/'))
  return parent(one) === parent(other) && parent(one).split('/').length > 2
}

function emptyHalf(): Half {
  return { pairs: [], tags: 0, carried: 0, neighbouring: 0 }
}
