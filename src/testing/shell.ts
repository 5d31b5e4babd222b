import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { PROJECT_FOLDER } from './folders.ts'

export interface ShellRun {
  code: number | null
  out: string
  err: string
}

/** Runs `consortia WORDS…` as a person would, on whatever Node this is, and waits for its end. */
export function runShell(words: readonly string[], environment: Record<string, string> = {}): Promise<ShellRun> {
  const { DATABASE_URL: _url, CONSORTIA_DATA: _data, TEST_DATABASE_URL: _test, ...rest } = process.env
  const child = spawn(process.execPath, [join(PROJECT_FOLDER, 'bin/consortia.mjs'), ...words], {
    env: { ...rest, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let out = ''
  let err = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text
  })
  const end = () => child.kill('SIGKILL')
  process.once('exit', end)
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => {
      process.off('exit', end)
      resolve({ code, out, err })
    })
  })
}
