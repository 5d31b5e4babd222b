import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { expect, test } from 'vitest'
import { PROJECT_FOLDER } from '../testing/folders.ts'
import { COMMANDS, COMMON_OPTIONS } from './commands.ts'

const guides = readdirSync(join(PROJECT_FOLDER, 'docs/guide')).map((name) => `docs/guide/${name}`)
const readText = (path: string) => readFileSync(join(PROJECT_FOLDER, path), 'utf8')
const blocksOf = (text: string) => [...text.matchAll(/^```\w*\n([\s\S]*?)^```/gm)].map(([, block]) => block!)

/** The words of each call of the shell, as a simple shell would split them. */
function callsIn(text: string): string[][] {
  const lines = blocksOf(text).flatMap((block) => block.split(/\n|&&/))
  const calls = lines.map((line) => /^\s*(?:npx )?consortia (.*?)(?:\s+#.*|\s*>.*)?$/.exec(line)?.[1])
  return calls
    .filter((call) => call !== undefined)
    .map((call) => [...call.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain!))
}

const documented = ['README.md', ...guides].filter((path) => existsSync(join(PROJECT_FOLDER, path)))

test.each(documented)('%s calls the shell as it is', (path) => {
  const calls = callsIn(readText(path)).filter(([name]) => name !== 'help')
  expect(calls.length).toBeGreaterThan(0)
  for (const words of calls) {
    const command = COMMANDS.find(({ name }) => name === words.slice(0, name.split(' ').length).join(' '))
    expect(command, words.join(' ')).toBeDefined()
    const args = words.slice(command!.name.split(' ').length)
    const { positionals } = parseArgs({
      args,
      options: { ...command!.options, ...COMMON_OPTIONS },
      allowPositionals: true,
    })
    const { min, max } = command!.arguments ?? { min: 0, max: 0 }
    expect(positionals.length, words.join(' ')).toBeGreaterThanOrEqual(min)
    expect(positionals.length, words.join(' ')).toBeLessThanOrEqual(max)
  }
})

test('both languages of a guide hold the same examples and name the same settings', () => {
  for (const path of guides.filter((name) => name.endsWith('.zh.md'))) {
    const [zh, en] = [readText(path), readText(path.replace('.zh.md', '.md'))]
    expect(blocksOf(zh).map(withoutFileNames)).toEqual(blocksOf(en).map(withoutFileNames))
    expect(zh.match(/^## /gm)?.length).toBe(en.match(/^## /gm)?.length)
    expect(settingsNamed(zh)).toEqual(settingsNamed(en))
  }
})

/** A reader's own files have names in the reader's language. */
const withoutFileNames = (block: string) => block.replaceAll(/[\p{L}\d-]+(?=\.(xlsx|csv|json)\b)/gu, 'FILE')

const settingsNamed = (text: string) =>
  [...text.matchAll(/^\| (`[^|]+`) \|/gm)].flatMap(([, cell]) =>
    [...cell!.matchAll(/`(\w+)`/g)].map(([, name]) => name),
  )

test('the guide names every setting that the server reads, and no other', () => {
  const read = [...readText('src/settings.ts').matchAll(/\benvironment\.([A-Z_]+)/g)].map(([, name]) => name)
  expect(settingsNamed(readText('docs/guide/operate.md')).sort()).toEqual([...new Set(read)].sort())
})
