import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { PROJECT_FOLDER } from './folders.ts'
import { findFreePort, isAlive, killGroup, letGo, runWhenGone } from './processes.ts'

const READY_MS_MAX = 300_000
const STARTS_MAX = 5
const OUTPUT_CHARACTERS_MAX = 200_000

export interface ServerOptions {
  /** The data folder. By default a new one, removed at the end; a given one is kept and can be served again. */
  data?: string
  /** A PostgreSQL instead of PGlite. */
  databaseUrl?: string
  port?: number
  /** A program and its first words, which is to start the server (`unshare …`) and become it. */
  startedBy?: readonly string[]
  /** More of the environment, such as `CONSORTIA_DEMO`. */
  environment?: Record<string, string>
}

export interface TestServer {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  url: string
  pid: number
  port: number
  data: string
  /** What it has printed until now: the demo sign-ins, the one-time code, the log. */
  output(): string
  /** Asks it to stop (SIGTERM), waits, and answers its exit code. */
  stop(): Promise<number | null>
  /** Ends it and all that stems from it at once with SIGKILL. The data stays: start again with the same `data`. */
  kill9(): Promise<void>
}

/** Starts the real server as `npm start` does, on a free port, and answers when `/readyz` is green. It ends with this process. */
export async function startServer(options: ServerOptions = {}, start = 1): Promise<TestServer> {
  const ownData = options.data === undefined ? mkdtempSync(join(tmpdir(), 'consortia-data-')) : ''
  const data = options.data ?? ownData
  const port = options.port ?? (await findFreePort())
  const url = `http://127.0.0.1:${port}`
  const { child, pid, output } = launch(describeEnvironment(data, port, options), options.startedBy ?? [])
  const callOff = runWhenGone('kill -KILL -"$1"; sleep 1; [ -z "$2" ] || rm -rf "$2"', [String(pid), ownData])
  const end = async (signal: () => unknown) => {
    if (isAlive(pid)) {
      child.ref()
      const gone = once(child, 'exit')
      await signal()
      await gone
    }
    callOff()
  }
  const removeData = () => {
    if (ownData !== '') rmSync(ownData, { recursive: true, force: true })
  }
  if (!(await becomesReady(url, pid, output))) {
    await end(() => killGroup(pid))
    removeData()
    // Somebody may have taken the port between our finding it and the server's listening on it.
    if (start < STARTS_MAX && /^already_running: /m.test(output())) return startServer(options, start + 1)
    throw new Error(`The server did not become ready (exit code ${child.exitCode}):\n${output()}`)
  }
  const stop = async () => {
    await end(() => child.kill('SIGTERM'))
    removeData()
    return child.exitCode
  }
  const kill9 = async () => {
    await end(() => killGroup(pid))
    if (ownData !== '') runWhenGone('sleep 1; rm -rf "$1"', [ownData])
  }
  return { url, pid, port, data, output, stop, kill9 }
}

function launch(env: NodeJS.ProcessEnv, startedBy: readonly string[]) {
  const [program, ...words] = [...startedBy, process.execPath, 'src/cli/main.ts', 'serve']
  const child: ChildProcess = spawn(program!, words, {
    cwd: PROJECT_FOLDER,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  if (child.pid === undefined) throw new Error('The server did not start.')
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-OUTPUT_CHARACTERS_MAX)
    })
  }
  letGo(child)
  return { child, pid: child.pid, output: () => output }
}

/** Only once it has printed its address: before, somebody else may answer there. */
async function becomesReady(url: string, pid: number, output: () => string): Promise<boolean> {
  const until = Date.now() + READY_MS_MAX
  while (isAlive(pid) && Date.now() < until) {
    if (output().includes(url) && (await isReady(url))) return true
    await pause(50)
  }
  return false
}

/** Nothing of the caller's own settings reaches the server, but for what was asked for. */
function describeEnvironment(data: string, port: number, options: ServerOptions): NodeJS.ProcessEnv {
  const { DATABASE_URL: _, ...rest } = process.env
  return {
    ...rest,
    HOST: '127.0.0.1',
    PORT: String(port),
    CONSORTIA_DATA: data,
    ...(options.databaseUrl === undefined ? {} : { DATABASE_URL: options.databaseUrl }),
    ...options.environment,
  }
}

async function isReady(url: string): Promise<boolean> {
  try {
    const answer = await fetch(`${url}/readyz`)
    await answer.body?.cancel()
    return answer.ok
  } catch {
    return false
  }
}
