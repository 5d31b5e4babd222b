import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'

/** What the house is held to, of a tree of files: walls, lengths, leftovers and files that nobody needs. */

const LINES_MAX = 400
/** Written by a program, not for reading from top to bottom. */
const GENERATED = ['src/db/tables.ts']
const FOLDERS = ['src', 'scripts', 'bench', 'bin', 'examples', 'migrations', '.']
const CODE = /\.(ts|tsx|mjs|css|sql)$/
const SCRIPT = /\.(ts|tsx|mjs)$/
const TEST = /\.(test|fixture)\.tsx?$|^src\/testing(\.ts$|\/)|\/testing\.ts$/

/** Programs beside the product: they measure, write files and print. */
const PROGRAMS = /^(scripts|bench|bin)\/|^vitest\.config\.ts$/

export interface SourceFile {
  /** From the root, with slashes: `src/kit/fault.ts`. */
  path: string
  text: string
  /** Own files by path from the root, packages by name, `node:` modules as they are. */
  imports: readonly string[]
}

/** Every file of code below a root, with what it imports. */
export function readTree(root: string): SourceFile[] {
  const aliases = readAliases(root)
  return FOLDERS.flatMap((folder) => listFiles(root, folder)).map((path) => {
    const text = readFileSync(join(root, path), 'utf8')
    return { path, text, imports: SCRIPT.test(path) ? importsOf(text, path, aliases) : [] }
  })
}

function listFiles(root: string, folder: string): string[] {
  if (!existsSync(join(root, folder))) return []
  return readdirSync(join(root, folder), { recursive: folder !== '.', withFileTypes: true })
    .filter((entry) => entry.isFile() && CODE.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .filter((path) => !path.includes('node_modules/'))
    .sort()
}

function readAliases(root: string): [string, string][] {
  const { imports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    imports: Record<string, string>
  }
  return Object.entries(imports).map(([alias, path]) => [
    alias.replace('*', ''),
    path.replace(/^\.\//, '').replace('*', ''),
  ])
}

const IMPORTS = [
  /^\s*(?:import|export)\s+[^'"`;=()]*?\bfrom\s*'([^']+)'/gm,
  /^\s*import\s+'([^']+)'/gm,
  /\bimport\(\s*'([^']+)'\s*\)/g,
  /\bnew URL\(\s*'(\.[^']+)'\s*,\s*import\.meta\.url/g,
]

/** Configurations name files by their paths. */
const CONFIGURATION = /^\w+\.config\.ts$/
const NAMED_PATH = /'(src\/[\w./-]+\.tsx?)'/g

function importsOf(text: string, path: string, aliases: readonly [string, string][]): string[] {
  const patterns = CONFIGURATION.test(path) ? [...IMPORTS, NAMED_PATH] : IMPORTS
  const named = patterns.flatMap((pattern) => [...text.matchAll(pattern)].map(([, name]) => name!))
  return named.map((name) => {
    const plain = name.replace(/\?.*$/, '')
    if (plain.startsWith('.')) return join(dirname(path), plain).replaceAll('\\', '/')
    const alias = aliases.find(([short]) => (short.endsWith('/') ? plain.startsWith(short) : plain === short))
    return alias ? plain.replace(alias[0], alias[1]) : plain
  })
}

export const isTest = (path: string) => TEST.test(path)
const isOwn = (imported: string) => /^(src|scripts|bench|examples|migrations)\//.test(imported)
const isNode = (imported: string) => imported.startsWith('node:')
const isPackage = (imported: string) => !isOwn(imported) && !isNode(imported)

const STAGES = ['house', 'registry', 'imports', 'needs', 'match', 'compose', 'watch', 'zone']
const STAGE = /^src\/stages\/([^/]+)\/(.+)\.ts$/
const BASE = /^src\/stages\/(caller|texts|lists)\.ts$/
const PURE = /^src\/stages\/[^/]+\/([\w-]+-)?(model|rules|access|api|words)\.ts$/
const CONTRACT = 'src/http/contract.ts'

interface Wall {
  of: RegExp
  may: (imported: string, path: string) => boolean
}

const within =
  (...patterns: RegExp[]) =>
  (imported: string) =>
    patterns.some((pattern) => pattern.test(imported))
const either =
  (...allowed: Wall['may'][]): Wall['may'] =>
  (imported, path) =>
    allowed.some((may) => may(imported, path))

const kit = within(/^src\/kit\//)
const forWeb = either(kit, isPackage, within(PURE, BASE), (imported) => imported === CONTRACT)
/** Everything below the stages, and what all stages share. */
const below = either(
  isPackage,
  isNode,
  within(/^src\/(kit|engines|embedding|files|db|http)\//, BASE, /^src\/world\.ts$/),
)

/** The first that fits a file holds for it. A stage looks only back; pure code below, input and output above. */
const WALLS: readonly Wall[] = [
  { of: /^src\/kit\//, may: either(kit, within(/^node:crypto$/)) },
  { of: /^src\/engines\//, may: either(kit, isPackage, within(/^src\/engines\//, /^node:worker_threads$/)) },
  { of: /^src\/files\//, may: either(isPackage, isNode, within(/^src\/(kit|engines|files)\//)) },
  { of: /^src\/embedding\//, may: either(isPackage, isNode, within(/^src\/(kit|embedding)\//)) },
  { of: /^src\/db\//, may: either(isPackage, isNode, within(/^src\/(kit|db)\//)) },
  {
    of: /^src\/http\//,
    may: either(
      isPackage,
      isNode,
      within(/^src\/(kit|db|http)\//, /^src\/(world|stages\/(caller|stages|lists|texts))\.ts$/),
    ),
  },
  { of: BASE, may: within(/^src\/(kit|engines)\//, /^zod$/, BASE) },
  {
    of: /^src\/stages\/[^/]+\/([\w-]+-)?routes\.ts$/,
    may: (imported, path) => inStage(imported, path) && !isStore(imported, path),
  },
  { of: STAGE, may: inStage },
  { of: /^src\/stages\/(stages|work)\.ts$/, may: either(below, within(/^src\/stages\//)) },
  { of: /^src\/web\/lib\//, may: either(forWeb, within(/^src\/web\/lib\//)) },
  { of: /^src\/web\/ui\//, may: either(forWeb, within(/^src\/web\/(lib|ui)\//)) },
  { of: /^src\/web\/stages\//, may: either(forWeb, within(/^src\/web\/(lib|ui|stages)\//)) },
  { of: /^src\/web\//, may: either(forWeb, within(/^src\/web\//)) },
  { of: /^src\/demo\//, may: either(below, within(/^src\/(demo|stages)\//)) },
  { of: /^src\/cli\//, may: (imported) => !imported.startsWith('src/web/') },
  { of: /^src\/\w+\.ts$/, may: (imported) => !within(/^src\/(web|cli)\//)(imported) },
]

function inStage(imported: string, path: string): boolean {
  const [, theirs] = STAGE.exec(imported) ?? []
  if (!theirs) return below(imported, path)
  const own = STAGE.exec(path)![1]!
  return STAGES.indexOf(theirs) >= 0 && STAGES.indexOf(theirs) <= STAGES.indexOf(own)
}

const isStore = (imported: string, _path: string) => /(^|[/-])store\.ts$/.test(imported)

/** Imports that pass a wall, as `path imports what`. */
export function findBreaches(tree: readonly SourceFile[]): string[] {
  const found = tree
    .filter(({ path }) => !isTest(path))
    .flatMap(({ path, imports }) => {
      const wall = WALLS.find(({ of }) => of.test(path))
      return imports
        .filter((name) => (wall && !wall.may(name, path)) || (isTest(name) && !PROGRAMS.test(path)))
        .map((name) => tell(path, name))
    })
  return [...new Set([...found, ...findImpure(tree)])].sort()
}

const tell = (path: string, name: string) => `${path} imports ${name}`

/**
 * Nouns, decisions, rights and requests are pure, since the web runs them too: they import kit, engines, Zod, what all
 * stages share, the like of earlier stages, and of their own stage only what is as pure.
 */
function findImpure(tree: readonly SourceFile[]): string[] {
  const files = new Map(tree.map((file) => [file.path, file]))
  const pure = [...files.keys()].filter((path) => PURE.test(path))
  const found: string[] = []
  for (const path of pure)
    for (const name of files.get(path)!.imports) {
      const own = STAGE.exec(name)?.[1]
      const mayName =
        within(/^src\/(kit|engines)\//, /^zod$/, BASE, PURE)(name) || (name === CONTRACT && path.endsWith('api.ts'))
      if (!mayName && own && own === STAGE.exec(path)![1]) {
        if (!pure.includes(name)) pure.push(name)
      } else if (!mayName) found.push(tell(path, name))
    }
  return found
}

export function findLong(tree: readonly SourceFile[]): string[] {
  return tree
    .map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }))
    .filter(({ path, lines }) => lines > LINES_MAX && !GENERATED.includes(path))
    .map(({ path, lines }) => `${path} has ${lines} lines`)
}

const LEFTOVER =
  /(\/\/|\*|--).*\b(TODO|FIXME|XXX)\b|\.(only|skip)\(|@ts-(ignore|expect-error|nocheck)|\bas any\b|\bdebugger\b|\bconsole\.log\(/
/** What is written here speaks of leftovers and has none. */
const SPEAKS_OF_LEFTOVERS = ['src/testing/tidy.ts', 'src/tidy.test.ts']

export function findLeftovers(tree: readonly SourceFile[]): string[] {
  return tree.flatMap(({ path, text }) =>
    text.split('\n').flatMap((line, at) => {
      const left = LEFTOVER.exec(line)?.[0]
      const allowed = !left || SPEAKS_OF_LEFTOVERS.includes(path) || (left === 'console.log(' && PROGRAMS.test(path))
      return allowed ? [] : [`${path}:${at + 1} has ${left}`]
    }),
  )
}

const ENTRIES =
  /^(src\/cli\/main\.ts|src\/web\/app\/main\.tsx|bin\/.*|scripts\/.*|bench\/.*|\w+\.config\.ts|migrations\/.*)$/

/** Files that no program leads to, and helpers of tests that no test names. */
export function findDead(tree: readonly SourceFile[]): string[] {
  const files = new Map(tree.map((file) => [file.path, file]))
  const reached = reach(
    files,
    [...files.keys()].filter((path) => ENTRIES.test(path) && !isTest(path)),
  )
  const runs = [...files.keys()].filter((path) => /\.test\.tsx?$/.test(path))
  const tested = reach(files, [...runs, ...reached])
  return [...files.keys()]
    .filter((path) => (isTest(path) ? !tested.has(path) && !isNamed(tree, path) : !reached.has(path)))
    .map((path) => (tested.has(path) ? `${path} serves tests alone` : `${path} serves nothing`))
    .sort()
}

function reach(files: ReadonlyMap<string, SourceFile>, entries: readonly string[]): Set<string> {
  const reached = new Set(entries)
  for (const path of reached) for (const name of files.get(path)?.imports ?? []) if (files.has(name)) reached.add(name)
  return reached
}

/** Programs that a test starts by their name. */
function isNamed(tree: readonly SourceFile[], path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1)
  return tree.some((file) => file.path !== path && file.text.includes(`${name}'`))
}
