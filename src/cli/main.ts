import { parseArgs } from 'node:util'
import { Fault } from '#kit/fault.ts'
import { COMMANDS } from './commands.ts'
import { printHelp } from './help.ts'

const REFUSED = 1
const MISUSED = 2

/** `consortia COMMAND …`: exit code 0 done, 1 refused (the Fault's code on stderr), 2 usage. */
const [name, ...rest] = process.argv.slice(2)
const command = COMMANDS.find((known) => known.name === name)
if (!command) {
  printHelp(COMMANDS)
  process.exitCode = name === undefined || name === 'help' || name === '--help' ? 0 : MISUSED
} else {
  try {
    const { values, positionals } = parseArgs({ args: rest, options: command.options, allowPositionals: true, strict: true })
    await command.run({ values: values as Record<string, string | boolean | undefined>, positionals })
  } catch (error) {
    process.exitCode = tell(error)
  }
}

function tell(error: unknown): number {
  if (error instanceof Fault) {
    process.stderr.write(`${error.code}: ${error.message}\n`)
    for (const issue of error.details.issues ?? []) process.stderr.write(`  ${issue.path}: ${issue.rule}\n`)
    if (error.details.tip) process.stderr.write(`${error.details.tip}\n`)
    return REFUSED
  }
  if ((error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS')) {
    process.stderr.write(`${(error as Error).message}\n${command?.usage ?? ''}\n`)
    return MISUSED
  }
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  return REFUSED
}
