import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { PROJECT_FOLDER } from './testing/folders.ts'
import { findBreaches, findDead, findLeftovers, findLong, readTree, type SourceFile } from './testing/tidy.ts'

let tree: SourceFile[]
beforeAll(() => {
  tree = readTree(PROJECT_FOLDER)
})

test('the tree is read whole', () => {
  expect(tree.length).toBeGreaterThan(300)
  expect(tree.find(({ path }) => path === 'src/cli/run.ts')?.imports).toContain('src/cli/commands.ts')
  expect(tree.find(({ path }) => path === 'src/cli/commands.ts')?.imports).toContain('src/cli/serve.ts')
})

test('every import stays within its wall', () => {
  expect(findBreaches(tree)).toEqual([])
})

test('no file is longer than a reader holds in mind', () => {
  expect(findLong(tree)).toEqual([])
})

test('nothing was left over', () => {
  expect(findLeftovers(tree)).toEqual([])
})

test('every file serves a program', () => {
  expect(findDead(tree)).toEqual([])
})

describe('the test itself finds', () => {
  const root = mkdtempSync(join(tmpdir(), 'consortia-tidy-'))
  afterAll(() => rmSync(root, { recursive: true, force: true }))

  /** A small tree that is tidy but for what a case plants. */
  function plant(path: string, text: string): SourceFile[] {
    rmSync(root, { recursive: true, force: true })
    cpSync(join(PROJECT_FOLDER, 'package.json'), join(root, 'package.json'))
    const sound = {
      'src/cli/main.ts': "import { a } from '#stages/needs/service.ts'\nawait import('#http/app.ts')\na()\n",
      'src/http/app.ts': "import { b } from '#db/db.ts'\nexport const app = b\n",
      'src/db/db.ts': "import { c } from '#kit/fault.ts'\nexport const b = c\n",
      'src/kit/fault.ts': 'export const c = 1\n',
      'src/stages/needs/service.ts': "import { m } from './model.ts'\nexport const a = () => m\n",
      'src/stages/needs/model.ts': "import { z } from 'zod'\nexport const m = z.string()\n",
    }
    for (const [at, content] of Object.entries({ ...sound, [path]: text })) {
      mkdirSync(dirname(join(root, at)), { recursive: true })
      writeFileSync(join(root, at), content)
    }
    return readTree(root)
  }

  test('nothing in a tidy tree', () => {
    const sound = plant('src/kit/fault.ts', 'export const c = 1\n')
    expect([...findBreaches(sound), ...findLong(sound), ...findLeftovers(sound), ...findDead(sound)]).toEqual([])
  })

  test.each([
    ['kit that knows of the product', 'src/kit/fault.ts', "import { m } from '#stages/needs/model.ts'\n"],
    ['an engine that reads files', 'src/engines/cover/solve.ts', "import { readFileSync } from 'node:fs'\n"],
    ['an engine that imports a stage', 'src/engines/cover/solve.ts', "export * from '#stages/needs/model.ts'\n"],
    ['a noun with input and output', 'src/stages/needs/model.ts', "import { b } from '#db/db.ts'\n"],
    [
      'a decision that calls a service',
      'src/stages/needs/rules.ts',
      "import { a } from './service.ts'\nimport x from 'kysely'\n",
    ],
    ['a noun impure through a helper', 'src/stages/needs/helper.ts', "import { b } from '#db/db.ts'\n"],
    ['a stage that looks ahead', 'src/stages/needs/service.ts', "import { x } from '#stages/match/service.ts'\n"],
    ['a route that touches a store', 'src/stages/needs/routes.ts', "import {\n  list,\n} from './need-store.ts'\n"],
    ['a page that imports a service', 'src/web/app/main.tsx', "import { a } from '#stages/needs/service.ts'\n"],
    ['a part that imports a page', 'src/web/ui/list.tsx', "import { page } from '#web/app/page.tsx'\n"],
    ['a database that knows of the web', 'src/db/db.ts', "import { app } from '#http/app.ts'\n"],
    ['a program that imports a test helper', 'src/http/app.ts', "const t = await import('#testing')\n"],
  ])('%s', (_says, path, text) => {
    const helped = path.endsWith('helper.ts')
    const planted = plant(path, text)
    if (helped) planted.find((file) => file.path.endsWith('needs/model.ts'))!.imports = [path]
    expect(findBreaches(planted)).toHaveLength(1)
    expect(findBreaches(planted)[0]).toMatch(new RegExp(`^${path} imports`))
  })

  test.each([
    ['a file that is too long', findLong, 'src/kit/fault.ts', 'x\n'.repeat(401), 'src/kit/fault.ts has 401 lines'],
    ['a marker', findLeftovers, 'src/kit/fault.ts', 'a\n// TODO: later\n', 'src/kit/fault.ts:2 has // TODO'],
    ['a lonely test', findLeftovers, 'src/kit/a.test.ts', 'test.only(', 'src/kit/a.test.ts:1 has .only('],
    ['a silenced type', findLeftovers, 'src/kit/fault.ts', 'const a = b as any', 'src/kit/fault.ts:1 has as any'],
    ['a dead file', findDead, 'src/kit/lost.ts', '', 'src/kit/lost.ts serves nothing'],
    ['a file for tests alone', findDead, 'src/kit/a.test.ts', "import './lost.ts'\n", undefined],
  ] as const)('%s', (_says, find, path, text, expected) => {
    expect(find(plant(path, text))).toEqual(expected === undefined ? [] : [expected])
  })
})
