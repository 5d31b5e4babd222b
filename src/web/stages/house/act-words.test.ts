import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'
import { actWords } from './act-words.ts'

const SOURCE = resolve(import.meta.dirname, '../../..')
const NAMED =
  /(?:\bname:|\bcommand:|composeOrder\()\s*'((?:demo|house|registry|imports|needs|match|compose|watch|zone)\.[a-z_]+)'/g

/** The names under which the source gives commands. */
function commandsNamed(): string[] {
  const files = ['stages', 'demo', 'db'].flatMap((folder) =>
    readdirSync(join(SOURCE, folder), { recursive: true, withFileTypes: true })
      .filter(({ name }) => /(?<!\.test|\.fixture)\.ts$/.test(name))
      .map(({ parentPath, name }) => join(parentPath, name)),
  )
  const names = files.flatMap((file) => [...readFileSync(file, 'utf8').matchAll(NAMED)].map(([, name]) => name ?? ''))
  return [...new Set(names)].sort()
}

it('tells every command in words, and none that is gone', () => {
  const worded = actWords.keys.map((key) => key.replace(/^act\./, ''))
  expect(worded.toSorted()).toEqual(commandsNamed())
})
