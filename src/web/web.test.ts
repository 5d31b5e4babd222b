import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { FAULT_STATUS } from '#kit/fault.ts'
import { FAULT_CODES_WORDED, ruleInWords } from './lib/refusal-words.ts'
import { READER_LANGUAGES, type ReaderLanguage, sayIn, type Word, type Words } from './lib/words.ts'

const WEB = import.meta.dirname
const SOURCE = resolve(WEB, '..')
/** A count that no sentence holds by itself. */
const MANY = 987_654

function filesIn(folder: string, wanted: RegExp): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && wanted.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}
const read = (file: string) => readFileSync(file, 'utf8')
const short = (file: string) => relative(SOURCE, file)
const sources = filesIn(WEB, /(?<!\.test)\.tsx?$/)
/** What a file imports, with the file that a relative import leads to. */
const importsOf = (file: string) =>
  [...read(file).matchAll(/^(?:import|export)\s(?:[^'";=]*?\sfrom\s)?['"]([^'"]+)['"]/gm)].map(([, from = '']) => ({
    from,
    target: from.startsWith('.') ? resolve(file, '..', from) : from,
  }))
const isWording = (file: string) => /(words|titles|refusals)\.ts$/.test(file)

interface Wording {
  file: string
  words: Words
}

async function readWordings(): Promise<Wording[]> {
  const found: Wording[] = []
  for (const file of sources.filter((source) => /(words|titles)\.ts$/.test(source))) {
    const module = (await import(file)) as Record<string, unknown>
    for (const member of Object.values(module))
      if (member && typeof member === 'object' && 'space' in member) found.push({ file, words: member as Words })
  }
  return found
}
const wordings = await readWordings()
for (const file of sources.filter((source) => source.endsWith('refusals.ts'))) await import(file)

describe('words', () => {
  /** The code that can say the words of a file: whoever imports it, directly or by what it hands on. */
  const codeBeside = (file: string) =>
    sources
      .filter(
        (source) => !/(words|titles)\.ts$/.test(source) && importsOf(source).some(({ target }) => target === file),
      )
      .map(read)
      .join('\n')
  const isSaid = (key: string, code: string) => {
    if (code.includes(`'${key}'`) || code.includes(`"${key}"`)) return true
    // `kind.${…}` says every key that begins so; `part${…}` as well.
    return [...key].some((_, at) => at > 0 && code.includes(`\`${key.slice(0, at)}\${`))
  }

  it('are all said somewhere', () => {
    const unsaid = wordings.flatMap(({ file, words }) => {
      const code = codeBeside(file)
      return words.keys.filter((key) => !isSaid(key, code)).map((key) => `${short(file)}: ${key}`)
    })
    expect(unsaid).toEqual([])
  })

  it('are there in both languages, with the same values', () => {
    const names = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name ?? '').sort()
    const odd = wordings.flatMap(({ file, words }) =>
      words.keys.flatMap((key) => {
        const [zh, en] = READER_LANGUAGES.map((language) => spoken(words, key, language))
        if (!zh || !en || zh === key) return [`${short(file)}: ${key} is not worded`]
        return new Set(names(zh)).symmetricDifference(new Set(names(en))).size
          ? [`${short(file)}: ${key} does not hold the same values in both languages`]
          : []
      }),
    )
    expect(odd).toEqual([])
  })

  it('do not shout, beg or blame', () => {
    const rude = wordings.flatMap(({ file, words }) =>
      words.keys.flatMap((key) =>
        READER_LANGUAGES.filter((language) =>
          /[!！]|\bplease\b|\binvalid\b|\boops\b|非法/i.test(spoken(words, key, language)),
        ).map((language) => `${short(file)}: ${key} (${language})`),
      ),
    )
    expect(rude).toEqual([])
  })

  it('stand in no component', () => {
    const han = sources.filter((file) => !isWording(file) && /\p{Script=Han}/u.test(withoutUnits(read(file))))
    expect(han.map(short)).toEqual([])
  })
})

/** The text of a key as it is kept, before values are put in. */
function spoken(words: Words, key: string, language: ReaderLanguage): string {
  const word: Word = words.table[key] ?? ''
  const names = [...JSON.stringify(word).matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name ?? '')
  const values = Object.fromEntries([...names, 'count'].map((name) => [name, name === 'count' ? MANY : `{{${name}}}`]))
  return (sayIn(words, language) as unknown as (key: string, values: object) => string)(key, values).replaceAll(
    String(MANY),
    '{{count}}',
  )
}

/** Units of numbers and of money are data of the formats, and stand there beside their powers of ten. */
const withoutUnits = (text: string) =>
  text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, '').replaceAll(/'(万|亿|元|欧元|美元|港元|澳门元|英镑|日元|，)'/g, '')

describe('refusals', () => {
  it('word every code of the fault table', () => {
    expect([...FAULT_CODES_WORDED].sort()).toEqual(Object.keys(FAULT_STATUS).sort())
  })

  it('word every rule that a route can tell', () => {
    const routes = filesIn(join(SOURCE, 'stages'), /(?<!\.test)\.ts$/).concat(
      filesIn(join(SOURCE, 'http'), /(?<!\.test)\.ts$/),
    )
    const rules = routes.flatMap((file) =>
      [...read(file).matchAll(/new Fault\([\s\S]{0,400}?rule: '([\w.]+)'/g)].map(([, rule]) => ({
        file,
        rule: rule ?? '',
      })),
    )
    expect(rules.length).toBeGreaterThan(20)
    const unworded = rules.flatMap(({ file, rule }) =>
      READER_LANGUAGES.filter((language) => !ruleInWords(rule, '', language)).map(
        (language) => `${rule} (${language}), of ${short(file)}`,
      ),
    )
    expect([...new Set(unworded)]).toEqual([])
  })
})

describe('imports', () => {
  const ORDER = ['lib', 'ui', 'stages', 'app']
  const partOf = (file: string) => relative(WEB, file).split('/')[0] ?? ''

  it('flow from lib to ui to the stages to the app', () => {
    const against = sources.flatMap((file) =>
      importsOf(file)
        .filter(({ from }) => from.startsWith('.'))
        .map(({ target }) => target)
        .filter((target) => !target.startsWith(WEB) || ORDER.indexOf(partOf(target)) > ORDER.indexOf(partOf(file)))
        .map((target) => `${short(file)} imports ${short(target)}`),
    )
    expect(against).toEqual([])
  })

  it('take only what is pure from the server’s side', () => {
    const PURE =
      /^#stages\/(caller|texts|lists)\.ts$|^#stages\/\w+\/([\w-]*-)?(model|rules|access|api|words)\.ts$|^#kit\/(money|fault|assert)\.ts$|^#http\/contract\.ts$/
    const impure = sources.flatMap((file) =>
      importsOf(file)
        .filter(({ from }) => from.startsWith('#') && !PURE.test(from))
        .map(({ from }) => `${short(file)} imports ${from}`),
    )
    expect(impure).toEqual([])
  })
})

describe('styles', () => {
  it('come with every part of Mantine that is used', () => {
    const styles = read(join(WEB, 'ui/mantine.css'))
    const packed = resolve(SOURCE, '../node_modules/@mantine/core/styles')
    const used = sources.flatMap((file) =>
      [...read(file).matchAll(/import \{([^}]+)\} from '@mantine\/core'/g)].flatMap(([, names = '']) =>
        names.split(',').map((name) => name.trim()),
      ),
    )
    const bare = [...new Set(used)].filter(
      (name) => existsSync(join(packed, `${name}.layer.css`)) && !styles.includes(`/${name}.layer.css`),
    )
    expect(bare).toEqual([])
  })
})
