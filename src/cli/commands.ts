import type { ParseArgsConfig } from 'node:util'
import { serveCommand } from './serve.ts'

export interface CommandLine {
  values: Record<string, string | boolean | undefined>
  positionals: string[]
}

export interface ShellCommand {
  name: string
  usage: string
  summary: string
  options: NonNullable<ParseArgsConfig['options']>
  run: (line: CommandLine) => Promise<void>
}

export const COMMANDS: readonly ShellCommand[] = [serveCommand]
