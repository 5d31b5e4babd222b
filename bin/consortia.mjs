#!/usr/bin/env node
// Runs the command line on the Node that this project pins, whatever Node was called. Plain JavaScript for Node 20.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const NODE_MAJOR_MIN = 24
const REFUSED = 1
/** The young half of the heap stays small: an import holds 180 MB less, and takes no longer (bench/import). */
const FLAGS = ['--max-semi-space-size=8']

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const main = join(root, 'src/cli/main.ts')
const pinned = join(root, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node')

const newEnough = Number(process.versions.node.split('.')[0]) >= NODE_MAJOR_MIN
const node = newEnough ? process.execPath : pinned

if (!existsSync(join(root, 'node_modules/hono'))) {
  process.stderr.write(`Consortia's packages are not installed. Run this once:\n  cd ${root} && npm ci\n`)
  process.exitCode = REFUSED
} else if (!existsSync(node)) {
  process.stderr.write(`Node ${NODE_MAJOR_MIN} is missing, since npm ran no install scripts. Run this once:\n`)
  process.stderr.write(`  cd ${root} && npm rebuild node --ignore-scripts=false\n`)
  process.exitCode = REFUSED
} else {
  const child = spawn(node, [...FLAGS, main, ...process.argv.slice(2)], { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('error', (error) => {
    process.stderr.write(`Node ${NODE_MAJOR_MIN} did not start: ${error.message}\n`)
    process.exitCode = REFUSED
  })
  child.on('exit', (code, signal) =>
    process.exit(signal === null ? (code ?? REFUSED) : 128 + constants.signals[signal]),
  )
}
