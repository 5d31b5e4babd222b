// Installs what is missing and builds the web if its sources have changed: `node scripts/setup.mjs production|all`.
// Runs before `npm start` and `npm test` on whatever Node npm has, so it is plain JavaScript for Node 20.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  accessSync,
  existsSync,
  constants as fileConstants,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { constants, homedir, tmpdir } from 'node:os'
import { delimiter, dirname, join, relative, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const NODE_MAJOR_MIN = 20
const POLL_MS = 300
const ALWAYS_INCLUDED = ['--include=optional', '--include=peer']
const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const packages = join(root, 'node_modules')
const pinnedNode = join(packages, 'node/bin', process.platform === 'win32' ? 'node.exe' : 'node')
const installedRecord = join(packages, '.package-lock.json')
const buildStamp = join(root, 'dist/.sources')
const lock = join(root, '.cache/setup.lock')

const mode = process.argv[2]
if (mode !== 'production' && mode !== 'all') stop('Usage: node scripts/setup.mjs production|all', 2)
if (Number(process.versions.node.split('.')[0]) < NODE_MAJOR_MIN)
  stop(`Consortia needs Node ${NODE_MAJOR_MIN} or later; this is ${process.versions.node}.`)
if (!isInstalled(mode) || !answers(pinnedNode)) await alone(installPackages)
if (!isBuilt()) await alone(buildWeb)

async function installPackages() {
  if (!isInstalled(mode)) {
    if (mode === 'all' && isInstalled('production')) await addTestPackages()
    else await installAfresh()
  }
  if (!answers(pinnedNode)) await runNpm(['rebuild', 'node'])
  if (!answers(pinnedNode))
    stop(
      `There is no working Node at ${relative(root, pinnedNode)} after the installation: your system may have no build of it.`,
    )
}

async function installAfresh() {
  const kind = mode === 'all' ? 'all packages, those for the tests included' : 'the packages'
  say(`Installing ${kind} (once; about a minute, longer on a slow line)…`)
  rmSync(installedRecord, { force: true })
  await runNpm(['ci', mode === 'all' ? '--include=dev' : '--omit=dev', ...ALWAYS_INCLUDED])
}

/** Leaves what stands there in place, since a server may be running on it. */
async function addTestPackages() {
  say('Adding the packages for the tests (once; about a minute, longer on a slow line)…')
  await runNpm(['install', '--no-save', '--include=dev', ...ALWAYS_INCLUDED])
}

/** Does a piece of work while no other set-up of this checkout does; one that was killed holds nobody up. */
async function alone(work) {
  for (let waiting = false; !takeLock(); waiting = true) {
    if (!isRunning(Number(readText(lock)))) rmSync(lock, { force: true })
    else if (!waiting) say('Another set-up of this checkout is running: waiting for it…')
    await pause(POLL_MS)
  }
  process.once('exit', () => rmSync(lock, { force: true }))
  await work()
  rmSync(lock, { force: true })
}

function takeLock() {
  try {
    mkdirSync(dirname(lock), { recursive: true })
    writeFileSync(lock, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    return stop(`Something is to be installed or built, but ${root} can't be written: ${error.message}`)
  }
}

function isRunning(pid) {
  try {
    process.kill(pid, 0)
    return pid > 0
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/**
 * Whether node_modules holds what the lock asks for. npm's own record of the tree is compared, not a stamp of ours: npm
 * removes it when it begins and writes it last, so it is right as well after an `npm ci` by hand, a pruned tree or an
 * interrupted installation. A tree with the tests' packages serves production too.
 */
function isInstalled(mode) {
  const wanted = readPackages(join(root, 'package-lock.json'))
  if (wanted === undefined) stop('package-lock.json is missing or broken: take a fresh copy of the project.')
  const found = readPackages(installedRecord)
  if (found === undefined) return false
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '' || entry.link || (mode === 'production' && (entry.dev || entry.devOptional))) return true
    const there = found[path]
    if (there === undefined) return Boolean(entry.optional || entry.peer) || isForOthers(entry)
    return there.version === entry.version && there.integrity === entry.integrity
  })
}

function isForOthers({ os, cpu }) {
  return (os !== undefined && !os.includes(process.platform)) || (cpu !== undefined && !cpu.includes(process.arch))
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages
  } catch {
    return undefined
  }
}

/** Runs npm with this project's settings, whatever the caller's own leave out (`npm_config_omit`, NODE_ENV, …). */
async function runNpm(words) {
  const settings = [
    'ignore-scripts=false',
    'dry-run=false',
    'global=false',
    'audit=false',
    'fund=false',
    'loglevel=error',
  ]
  const [command, ...first] = findNpm()
  const notice = '--update-notifier=false'
  const args = [...first, ...words, ...settings.map((setting) => `--${setting}`), notice, ...chooseCache()]
  const why = await run(command, args, describeEnvironment())
  if (why === undefined) return
  stop(`\`npm ${words.join(' ')}\` failed (${why}). What to do:
  - is the machine online? Behind a proxy: npm config set proxy http://HOST:PORT
  - is there 1 GB free on the disk, and may you write to ${root}?
  - then run the same command again; it starts over cleanly.`)
}

/**
 * Runs a program to its end and answers why it failed, or nothing. A signal to us goes on to it and is waited for: an
 * npm that still tidies up would spoil the next installation.
 */
function run(command, args, env) {
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env })
  let ended
  const passOn = (signal) => {
    ended = signal
    child.kill(signal)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, passOn)
  return new Promise((resolve) => {
    child.on('error', (error) => resolve(error.message))
    child.on('exit', (code, signal) => {
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.off(signal, passOn)
      if (ended !== undefined) process.exit(128 + constants.signals[ended])
      resolve(signal === null ? (code === 0 ? undefined : `exit code ${code}`) : `it was ended by ${signal}`)
    })
  })
}

/** The npm that called us, on the Node that runs it: ours in node_modules is about to be replaced. */
function findNpm() {
  const { npm_execpath: script, npm_node_execpath: node } = process.env
  const isOurs = (file) => file.startsWith(packages)
  if (script?.endsWith('npm-cli.js') && node && !isOurs(node) && existsSync(node)) return [node, script]
  return [process.platform === 'win32' ? 'npm.cmd' : 'npm']
}

function describeEnvironment() {
  const path = (process.env.PATH ?? '').split(delimiter).filter((folder) => !folder.startsWith(packages))
  const env = { ...process.env, PATH: path.join(delimiter) }
  const stray =
    /^npm_config_(omit|include|only|also|production|dev|optional|dry_run|global|location|ignore_scripts|package_lock|package_lock_only|install_strategy|workspace|workspaces|engine_strict|strict_allow_scripts)$/i
  for (const key of Object.keys(env)) if (stray.test(key)) delete env[key]
  return env
}

/** npm keeps what it downloads in the home folder; where that can't be written, in the folder for temporary files. */
function chooseCache() {
  const usual = process.env.npm_config_cache ?? join(homedir(), '.npm')
  let nearest = usual
  while (!existsSync(nearest) && nearest !== dirname(nearest)) nearest = dirname(nearest)
  try {
    accessSync(nearest, fileConstants.W_OK)
    return []
  } catch {
    return [`--cache=${join(tmpdir(), `consortia-npm-${process.getuid?.() ?? 'user'}`)}`]
  }
}

function answers(node) {
  return existsSync(node) && spawnSync(node, ['--version'], { stdio: 'ignore' }).status === 0
}

function isBuilt() {
  const sources = hashSources()
  return sources === undefined || readText(buildStamp) === sources
}

async function buildWeb() {
  const sources = hashSources()
  if (readText(buildStamp) === sources) return
  say('Building the web pages (a few seconds)…')
  rmSync(buildStamp, { force: true })
  const vite = join(packages, 'vite/bin/vite.js')
  const env = { ...process.env, NODE_ENV: 'production' }
  const why = await run(pinnedNode, [vite, 'build', '--logLevel', 'warn'], env)
  if (why !== undefined)
    stop(
      `The web pages could not be built (${why}). If you changed nothing: rm -rf dist node_modules, and run the same command again.`,
    )
  writeFileSync(`${buildStamp}.new`, sources)
  renameSync(`${buildStamp}.new`, buildStamp)
}

/** One hash over all that the web is built from, or nothing where there is no web to build. */
function hashSources() {
  const files = [
    'index.html',
    'vite.config.ts',
    'postcss.config.mjs',
    'postcss.config.cjs',
    'package-lock.json',
    'package.json',
    'src/http/contract.ts',
  ]
  if (!existsSync(join(root, 'vite.config.ts'))) return undefined
  for (const folder of ['src/web', 'src/stages', 'src/engines', 'src/kit', 'public']) files.push(...listFiles(folder))
  const hash = createHash('sha256')
  for (const file of files.filter(isForWeb).sort()) {
    const content = readText(join(root, file))
    if (content !== undefined) hash.update(`${file}\0${content.length}\0${content}\0`)
  }
  return hash.digest('hex')
}

function isForWeb(file) {
  if (/\.test\.tsx?$/.test(file)) return false
  if (!file.startsWith('src/stages/')) return true
  return /\/([\w-]+-)?(model|rules|api|access|words)\.ts$|^src\/stages\/\w+\.ts$/.test(file)
}

function listFiles(folder) {
  const at = join(root, folder)
  if (!existsSync(at)) return []
  return readdirSync(at, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath ?? entry.path, entry.name)).replaceAll('\\', '/'))
}

function readText(file) {
  try {
    return readFileSync(file, 'latin1')
  } catch {
    return undefined
  }
}

function say(text) {
  process.stdout.write(`${text}\n`)
}

function stop(text, code = 1) {
  process.stderr.write(`${text}\n`)
  process.exit(code)
}
