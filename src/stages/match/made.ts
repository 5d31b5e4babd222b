import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'

/** The code that decides which terms a text has and how an index holds them, and what a corpus says of a record. */
const FOLDERS = ['../../engines/text/', '../../engines/search/']
const FILES = ['./corpus.ts', './prepared.ts', './question.ts', './snapshot-file.ts', '../texts.ts']

/**
 * Names the code that made an index, by its own text and by the Unicode tables that it cuts Chinese with: an index made by
 * other code is made anew, without anybody having to remember to count a version up.
 */
export function madeBy(): string {
  const hash = createHash('sha256')
  const { icu, unicode } = process.versions
  hash.update(`${icu} ${unicode}\n`)
  const inFolders = FOLDERS.flatMap((folder) =>
    readdirSync(new URL(folder, import.meta.url))
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
      .sort()
      .map((name) => folder + name),
  )
  for (const path of [...inFolders, ...FILES])
    hash.update(`${path}\n`).update(readFileSync(new URL(path, import.meta.url)))
  return hash.digest('hex')
}
