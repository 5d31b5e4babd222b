// Installs what is missing and builds the web if its sources have changed: `node scripts/setup.mjs production|all`.
// Runs before `npm start` and `npm test` on whatever Node npm has, so it is plain JavaScript for Node 20.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  accessSync,
  constants,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { delimiter, dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const NODE_MAJOR_MIN = 20
const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const packages = join(root, 'node_modules')
const pinnedNode = join(packages, 'node/bin', process.platform === 'win32' ? 'node.exe' : 'node')
const installedRecord = join(packages, '.package-lock.json')
const buildStamp = join(root, 'dist/.sources')

const mode = process.argv[2]
if (mode !== 'production' && mode !== 'all') stop('Usage: node scripts/setup.mjs production|all', 2)
if (Number(process.versions.node.split('.')[0]) < NODE_MAJOR_MIN)
  stop(`Consortia needs Node ${NODE_MAJOR_MIN} or later; this is ${process.versions.node}.`)
installPackages()
buildWeb()

function installPackages() {
  if (!isInstalled()) {
    const kind = mode === 'all' ? 'all packages, those for the tests included' : 'the packages'
    say(`Installing ${kind} (once; about half a minute, longer on a slow line)…`)
    rmSync(installedRecord, { force: true })
    const omitted = mode === 'all' ? ['--include=dev'] : ['--omit=dev']
    runNpm(['ci', ...omitted, '--include=optional', '--include=peer'])
  }
  if (!answers(pinnedNode)) runNpm(['rebuild', 'node'])
  if (!answers(pinnedNode))
    stop(
      `There is no working Node at ${relative(root, pinnedNode)} after the installation: your system may have no build of it.`,
    )
}

/**
 * Whether node_modules holds what the lock asks for. npm's own record of the tree is compared, not a stamp of ours: npm
 * removes it when it begins and writes it last, so it is right as well after an `npm ci` by hand, a pruned tree or an
 * interrupted installation. A tree with the tests' packages serves production too.
 */
function isInstalled() {
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
function runNpm(words) {
  const settings = [
    'ignore-scripts=false',
    'dry-run=false',
    'global=false',
    'audit=false',
    'fund=false',
    'loglevel=error',
  ]
  const [command, ...first] = findNpm()
  const args = [...first, ...words, ...settings.map((setting) => `--${setting}`), ...chooseCache()]
  const run = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: describeEnvironment(),
  })
  if (run.status === 0) return
  const why = run.error?.message ?? (run.signal ? `it was ended by ${run.signal}` : `exit code ${run.status}`)
  stop(`\`npm ${words.join(' ')}\` failed (${why}). What to do:
  - is the machine online? Behind a proxy: npm config set proxy http://HOST:PORT
  - is there 1 GB free on the disk, and may you write to ${root}?
  - then run the same command again; it starts over cleanly.`)
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
    accessSync(nearest, constants.W_OK)
    return []
  } catch {
    return [`--cache=${join(tmpdir(), `consortia-npm-${process.getuid?.() ?? 'user'}`)}`]
  }
}

function answers(node) {
  return existsSync(node) && spawnSync(node, ['--version'], { stdio: 'ignore' }).status === 0
}

function buildWeb() {
  const sources = hashSources()
  if (sources === undefined || readText(buildStamp) === sources) return
  say('Building the web pages (a few seconds)…')
  rmSync(buildStamp, { force: true })
  const vite = join(packages, 'vite/bin/vite.js')
  const env = { ...process.env, NODE_ENV: 'production' }
  const run = spawnSync(pinnedNode, [vite, 'build', '--logLevel', 'warn'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env,
  })
  if (run.status !== 0)
    stop(
      `The web pages could not be built (see above). If you changed nothing: rm -rf dist node_modules, and run the same command again.`,
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
  return !file.startsWith('src/stages/') || /\/(model|rules|api)\.ts$/.test(file)
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
