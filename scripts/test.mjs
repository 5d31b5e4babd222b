// Runs all tests, part by part, and sums up: `node scripts/test.mjs [pglite|postgres|browser] [arguments for Vitest]`.
// The last line is `N passed, N failed`; the exit code is 0 where nothing failed.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const PARTS = {
  pglite: 'Rules, engines, stores and routes, on PGlite',
  postgres: 'Stores and routes again and the kill tests, on PostgreSQL',
  browser: 'Journeys in a real browser, on a real server',
}

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const node = join(root, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node')
const vitest = join(root, 'node_modules/vitest/vitest.mjs')

const words = process.argv.slice(2)
const wanted = Object.keys(PARTS).filter((part) => words.length === 0 || !(words[0] in PARTS) || words[0] === part)
const passedOn = words[0] in PARTS ? words.slice(1) : words

const reports = mkdtempSync(join(tmpdir(), 'consortia-reports-'))
const results = wanted.map(runPart)
rmSync(reports, { recursive: true, force: true })

process.stdout.write('\n')
for (const { part, passed, failed, skipped, seconds } of results) {
  const figures = `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
  process.stdout.write(`${part.padEnd(9)} ${figures} in ${seconds} s\n`)
}
const passed = results.reduce((sum, result) => sum + result.passed, 0)
const failed = results.reduce((sum, result) => sum + result.failed, 0)
process.stdout.write(`\n${passed} passed, ${failed} failed\n`)
process.exitCode = failed === 0 ? 0 : 1

function runPart(part) {
  process.stdout.write(`\n=== ${part}: ${PARTS[part]}\n`)
  const report = join(reports, `${part}.json`)
  const start = Date.now()
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const narrowed = passedOn.length > 0 ? ['--passWithNoTests', ...passedOn] : []
  const args = [vitest, 'run', '--project', part, ...reporters, ...narrowed]
  const run = spawnSync(node, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env: describeEnvironment() })
  if (run.error !== undefined) process.stderr.write(`${run.error.message}\n`)
  const seconds = Math.round((Date.now() - start) / 1000)
  return { part, seconds, ...count(report, run.status) }
}

/** A file that can't be read has no tests to count, and a run that broke off has no report: each is one failure. */
function count(report, status) {
  let found
  try {
    found = JSON.parse(readFileSync(report, 'utf8'))
  } catch {
    return { passed: 0, failed: status === 0 ? 0 : 1, skipped: 0 }
  }
  const unread = found.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed'),
  )
  const failed = found.numFailedTests + unread.length
  return {
    passed: found.numPassedTests,
    failed: failed === 0 && status !== 0 ? 1 : failed,
    skipped: found.numPendingTests + found.numTodoTests,
  }
}

/** What the caller has set for a server of their own must not reach the tests. */
function describeEnvironment() {
  const { DATABASE_URL, CONSORTIA_DATA, HOST, PORT, NODE_ENV, FORCE_COLOR, ...env } = process.env
  return env
}
