import type { ParseArgsConfig } from 'node:util'
import { backupCommand, restoreCommand } from './backup.ts'
import { addMemberCommand, linkMemberCommand } from './members.ts'
import { migrateCommand } from './migrate.ts'
import { serveCommand } from './serve.ts'
import { verifyJournalCommand } from './verify-journal.ts'

/** What a command was called with. Options and arguments that it does not know have been refused before. */
export interface CommandLine {
  values: Record<string, string | boolean | undefined>
  positionals: string[]
}

export interface ShellCommand {
  /** One word or two: `needs post`. */
  name: string
  usage: string
  /** A sentence for the list of commands. */
  summary: string
  /** Its own options; those that every command has are added. */
  options: NonNullable<ParseArgsConfig['options']>
  /** How many arguments it takes, where that is not none. */
  arguments?: { min: number; max: number }
  run: (line: CommandLine) => Promise<void>
}

export const COMMANDS: readonly ShellCommand[] = [
  serveCommand,
  migrateCommand,
  backupCommand,
  restoreCommand,
  verifyJournalCommand,
  addMemberCommand,
  linkMemberCommand,
]

export const COMMON_OPTIONS = {
  json: { type: 'boolean' },
  data: { type: 'string' },
  as: { type: 'string' },
  zone: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const satisfies ShellCommand['options']
