import type { ShellCommand } from './commands.ts'

const COMMON = `Every command takes
  --json        answer on stdout as JSON, for programs
  --data DIR    the data folder, instead of CONSORTIA_DATA or DATABASE_URL
  --zone SLUG   the zone to work in; where there is only one, it is meant
  --as EMAIL    act as this account, with its role in the zone; without it, as the local operator
  --help        how the command is used

Exit code: 0 done, 1 refused (the reason on stderr), 2 wrongly called.`

export function helpOf(commands: readonly ShellCommand[]): string {
  const list = commands.map(({ usage, summary }) => `  ${usage}\n      ${summary}`)
  return `consortia COMMAND [OPTIONS]\n\n${list.join('\n')}\n\n${COMMON}\n`
}

export function usageOf({ usage, summary }: ShellCommand): string {
  return `${usage}\n  ${summary}\n\n${COMMON}\n`
}
