import type { ShellCommand } from './commands.ts'

export function printHelp(commands: readonly ShellCommand[]): void {
  process.stdout.write('consortia COMMAND [OPTIONS]\n\n')
  for (const { usage, summary } of commands) process.stdout.write(`  ${usage}\n      ${summary}\n`)
  process.stdout.write('\nEvery command takes --json, --data DIR (or DATABASE_URL) and --as EMAIL.\n')
}
