import { type DestinationStream, type Logger, pino } from 'pino'

const SQLSTATE = /^[0-9A-Z]{5}$/

/** The server's log, a JSON line an event. No person's name, address or words go into it. */
export function openLog(level: string, to?: DestinationStream): Logger {
  const options = {
    level,
    redact: { paths: ['*.email', '*.password', '*.name'], remove: true },
    serializers: { err: describeError },
  }
  return to ? pino(options, to) : pino(options)
}

/**
 * An error without the values that it met: a database names the offending row in its message and details, so of those
 * only the code and the places are kept.
 */
function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error }
  const { code, constraint, table, column, routine } = error as Error & Record<string, unknown>
  const ofDatabase = typeof code === 'string' && SQLSTATE.test(code)
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  return {
    type: error.constructor.name,
    ...(code === undefined ? {} : { code }),
    ...(ofDatabase ? { constraint, table, column, routine } : { message: error.message }),
    stack: frames.join('\n'),
    ...(error.cause instanceof Error ? { cause: describeError(error.cause) } : {}),
  }
}
