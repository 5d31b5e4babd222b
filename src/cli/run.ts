import { parseArgs } from 'node:util'
import { COMMANDS, COMMON_OPTIONS, type CommandLine, type ShellCommand } from './commands.ts'
import { helpOf, usageOf } from './help.ts'
import { MISUSED, Misuse, note, tellError } from './tell.ts'

/** Runs `consortia WORDS…` and answers the exit code: 0 done, 1 refused, 2 wrongly called. */
export async function runWords(words: readonly string[]): Promise<number> {
  const command = COMMANDS.find(({ name }) => name === words.slice(0, name.split(' ').length).join(' '))
  if (command) return runCommand(command, words.slice(command.name.split(' ').length))
  if (words.length > 0 && !['help', '--help', '-h'].includes(words[0]!)) {
    note(`There is no command of this name.\n\n${helpOf(COMMANDS)}`)
    return MISUSED
  }
  process.stdout.write(helpOf(COMMANDS))
  return 0
}

async function runCommand(command: ShellCommand, args: string[]): Promise<number> {
  try {
    const options = { ...command.options, ...COMMON_OPTIONS }
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true, strict: true })
    if (values.help) {
      process.stdout.write(usageOf(command))
      return 0
    }
    const { min, max } = command.arguments ?? { min: 0, max: 0 }
    if (positionals.length < min) throw new Misuse('An argument is missing.')
    if (positionals.length > max) throw new Misuse(`There is one argument too many: ${positionals[max]}`)
    await command.run({ values: values as CommandLine['values'], positionals })
    return 0
  } catch (error) {
    return tellError(error, command.usage)
  }
}
