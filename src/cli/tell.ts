import { Fault } from '#kit/fault.ts'
import type { CommandLine } from './commands.ts'

export const REFUSED = 1
export const MISUSED = 2

/** The command was called in a way it does not know: exit code 2, with its usage. */
export class Misuse extends Error {}

/** Prints a command's answer: as JSON for `--json`, else as text for people. */
export function print({ values }: CommandLine, answer: unknown, text: string): void {
  process.stdout.write(values.json ? `${JSON.stringify(answer, bigintAsText)}\n` : `${text}\n`)
}

/** Says something on the way that is no part of the answer. */
export function note(text: string): void {
  process.stderr.write(`${text}\n`)
}

/** Says on stderr why a command did not do what it was asked to, and answers the exit code. */
export function tellError(error: unknown, usage = ''): number {
  if (isMisuse(error)) {
    note(`${error.message}\n${usage}`)
    return MISUSED
  }
  const fault = faultOf(error)
  if (!fault) {
    note(`internal: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
    return REFUSED
  }
  note(`${fault.code}: ${fault.message}`)
  for (const { path, rule, limit } of fault.details.issues ?? [])
    note(`  ${[path, rule].filter(Boolean).join(': ')}${limit === undefined ? '' : ` (${limit})`}`)
  if (fault.details.tip) note(fault.details.tip)
  return REFUSED
}

function isMisuse(error: unknown): error is Error {
  return error instanceof Misuse || String((error as { code?: unknown } | null)?.code).startsWith('ERR_PARSE_ARGS')
}

const FILE_ERRORS = ['ENOENT', 'EACCES', 'EPERM', 'EISDIR', 'ENOTDIR', 'EROFS', 'EMFILE']

/** A file that is not there or may not be read, a full disk and a silent database are no bugs of ours. */
function faultOf(error: unknown): Fault | undefined {
  if (error instanceof Fault) return error
  const { code, message } = (error ?? {}) as NodeJS.ErrnoException
  if (code === 'ENOSPC' || code === 'EDQUOT') return new Fault('not_ready', 'The disk is full.', { rule: 'disk.full' })
  if (code === 'EPIPE') return new Fault('cancelled', 'Whoever read the output has gone.', { rule: 'file.epipe' })
  if (code === 'ECONNREFUSED' || code === 'ENOTFOUND')
    return new Fault('not_ready', 'The database does not answer.', {
      rule: 'database.silent',
      tip: 'Look at DATABASE_URL, and whether the server behind it runs.',
    })
  if (code && FILE_ERRORS.includes(code))
    return new Fault('unreadable', message, { rule: `file.${code.toLowerCase()}` })
  return undefined
}

const bigintAsText = (_key: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value)

/** An option that must be there. */
export function wordOf({ values }: CommandLine, option: string): string {
  const word = values[option]
  if (typeof word !== 'string' || word === '') throw new Misuse(`--${option} is missing.`)
  return word
}

/** A whole number within bounds, or undefined where the option is not there. */
export function numberOf({ values }: CommandLine, option: string, { min, max }: { min: number; max: number }) {
  if (values[option] === undefined) return undefined
  const number = Number(values[option])
  if (!Number.isInteger(number) || number < min || number > max)
    throw new Misuse(`--${option} takes a whole number from ${min} to ${max}.`)
  return number
}
