import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

interface Entry {
  version: string
  integrity: string
  dev?: boolean
  optional?: boolean
  os?: string[]
}

const served: Entry = { version: '1.2.3', integrity: 'sha512-served' }
const tested: Entry = { version: '4.5.6', integrity: 'sha512-tested', dev: true }
const foreign: Entry = { version: '7.8.9', integrity: 'sha512-foreign', optional: true, os: ['plan9'] }
const wanted = { 'node_modules/served': served, 'node_modules/tested': tested, 'node_modules/foreign': foreign }

let checkout: string

beforeEach(() => {
  checkout = mkdtempSync(join(tmpdir(), 'consortia-setup-'))
  for (const folder of ['scripts', 'tools', 'node_modules/node/bin'])
    mkdirSync(join(checkout, folder), { recursive: true })
  cpSync(resolve(import.meta.dirname, 'setup.mjs'), join(checkout, 'scripts/setup.mjs'))
  writeFileSync(join(checkout, 'package-lock.json'), JSON.stringify({ packages: { '': {}, ...wanted } }))
  symlinkSync(process.execPath, join(checkout, 'node_modules/node/bin/node'))
})

afterEach(() => rmSync(checkout, { recursive: true, force: true }))

function recordTree(packages: Record<string, Entry>) {
  writeFileSync(join(checkout, 'node_modules/.package-lock.json'), JSON.stringify({ packages }))
}

/** Runs the set-up with an npm that only writes down how it was called, and fails where it is told to. */
function setUp(mode: string, npmExitCode = 0) {
  const npm = join(checkout, 'tools/npm')
  writeFileSync(npm, `#!/bin/sh\necho "$@" >> "${checkout}/calls"\nenv > "${checkout}/seen"\nexit ${npmExitCode}\n`)
  chmodSync(npm, 0o755)
  const { npm_execpath: _, ...rest } = process.env
  const env = { ...rest, PATH: `${join(checkout, 'tools')}:${process.env.PATH}`, npm_config_omit: 'optional' }
  const run = spawnSync(process.execPath, ['scripts/setup.mjs', mode], { cwd: checkout, env, encoding: 'utf8' })
  const calls = existsSync(join(checkout, 'calls')) ? readFileSync(join(checkout, 'calls'), 'utf8') : ''
  return { ...run, call: calls.split(' ').slice(0, 2).join(' ') }
}

const { 'node_modules/served': _served, ...withoutServed } = wanted
const { 'node_modules/tested': _tested, ...withoutTested } = wanted
const { 'node_modules/foreign': _foreign, ...withoutForeign } = wanted

describe('what the set-up has npm do', () => {
  it.each([
    ['nothing for a whole tree', 'all', wanted, ''],
    ['nothing for a whole tree, to serve', 'production', wanted, ''],
    ['nothing to serve without the tests’ packages', 'production', withoutTested, ''],
    ['nothing for a package of another system', 'all', withoutForeign, ''],
    ['an addition of the tests’ packages', 'all', withoutTested, 'install --no-save'],
    ['an installation where a package is missing', 'production', withoutServed, 'ci --omit=dev'],
    ['an installation where all is asked for', 'all', withoutServed, 'ci --include=dev'],
    [
      'an installation of another version',
      'all',
      { ...wanted, 'node_modules/served': { ...served, version: '1.2.2' } },
      'ci --include=dev',
    ],
    ['an installation after one that broke off', 'production', undefined, 'ci --omit=dev'],
  ])('%s (%s)', (_case, mode, tree, call) => {
    if (tree !== undefined) recordTree(tree)
    const run = setUp(mode)
    expect(run.call).toBe(call)
    expect(run.status).toBe(0)
  })
})

it('a caller’s leftover settings do not reach npm', () => {
  setUp('all')
  expect(readFileSync(join(checkout, 'seen'), 'utf8')).not.toMatch(/^npm_config_omit=/m)
})

it('a failed installation says what to do, leaves no lock, and is begun again next time', () => {
  recordTree(withoutServed)
  const failed = setUp('all', 1)
  expect(failed.status).toBe(1)
  expect(failed.stderr).toContain('What to do')
  expect(existsSync(join(checkout, '.cache/setup.lock'))).toBe(false)
  expect(existsSync(join(checkout, 'node_modules/.package-lock.json'))).toBe(false)
})

it('the lock of a set-up that was killed holds nobody up', () => {
  mkdirSync(join(checkout, '.cache'))
  const gone = spawnSync(process.execPath, ['--version']).pid
  writeFileSync(join(checkout, '.cache/setup.lock'), String(gone))
  expect(setUp('production').call).toBe('ci --omit=dev')
})

it('another word than production or all is a wrong use', () => {
  expect(setUp('everything')).toMatchObject({ status: 2, call: '' })
})
