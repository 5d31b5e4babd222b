import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

const GONE_POLL_MS = 5

/** A TCP port on 127.0.0.1 that nobody holds now. Another process may still take it first: try again then. */
export function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => {
        if (address !== null && typeof address === 'object') resolve(address.port)
        else reject(new Error('The machine gave no port.'))
      })
    })
  })
}

/** All processes that stem from one, nearest first, without itself. */
export function listDescendants(pid: number): number[] {
  const parents = process.platform === 'linux' ? readParentsFromProc() : readParentsFromPs()
  const found: number[] = []
  for (let level = [pid]; level.length > 0; ) {
    level = [...parents].filter(([, parent]) => level.includes(parent)).map(([child]) => child)
    found.push(...level)
  }
  return found
}

/**
 * Ends a process, its group and all that stems from it with SIGKILL, as a power cut would, and waits until they are
 * gone. PostgreSQL needs the list: each of its backends leads a group of its own. The first process is stopped before,
 * so that it can start no more.
 */
export async function killGroup(pid: number): Promise<void> {
  send(pid, 'SIGSTOP')
  const family = [pid, ...listDescendants(pid)]
  send(-pid, 'SIGKILL')
  for (const member of family) send(member, 'SIGKILL')
  while (family.some(isAlive)) await pause(GONE_POLL_MS)
}

/** Whether a process is there. One that has ended but was not yet collected by its parent counts as gone. */
export function isAlive(pid: number): boolean {
  if (process.platform === 'linux') {
    const stat = readStat(pid)
    return stat !== undefined && stat.state !== 'Z' && stat.state !== 'X'
  }
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/**
 * Runs a shell line as soon as this process has ended, however it ended: `exit`, an uncaught error, kill -9.
 * Answers a function that calls it off. The line sees `words` as $1, $2, …
 */
export function runWhenGone(line: string, words: readonly string[]): () => void {
  const guard = spawn('sh', ['-c', `cat > /dev/null; ${line}`, 'guard', ...words], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  })
  guard.on('error', () => {})
  guard.stdin.on('error', () => {})
  letGo(guard)
  return () => {
    if (guard.pid !== undefined) send(-guard.pid, 'SIGKILL')
  }
}

/** Lets this process end although the child runs on. */
export function letGo(child: ChildProcess): void {
  child.unref()
  for (const stream of [child.stdin, child.stdout, child.stderr])
    if (stream !== null && 'unref' in stream && typeof stream.unref === 'function') stream.unref()
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // It is gone already, which is what we want.
  }
}

function readParentsFromProc(): Map<number, number> {
  const parents = new Map<number, number>()
  for (const entry of readdirSync('/proc')) {
    const stat = /^\d+$/.test(entry) ? readStat(Number(entry)) : undefined
    if (stat !== undefined) parents.set(Number(entry), stat.parent)
  }
  return parents
}

/** The command stands in brackets and may hold spaces and brackets, so the fields are counted from the last one. */
function readStat(pid: number): { state: string; parent: number } | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const [state = '', parent = ''] = text.slice(text.lastIndexOf(')') + 2).split(' ')
    return { state, parent: Number(parent) }
  } catch {
    return undefined
  }
}

function readParentsFromPs(): Map<number, number> {
  const text = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
  const pairs = text
    .trim()
    .split('\n')
    .map((row) => row.trim().split(/\s+/).map(Number))
  return new Map(pairs.map(([pid = 0, parent = 0]) => [pid, parent]))
}
