import { parseArgs } from 'node:util'
import { COMMANDS, COMMON_OPTIONS, type ShellCommand } from './commands.ts'
import { helpOf, usageOf } from './help.ts'
import { MISUSED, Misuse, tellError } from './tell.ts'

/** `consortia COMMAND …`: exit code 0 done, 1 refused (the Fault's code on stderr), 2 wrongly called. */
const words = process.argv.slice(2)
const command = COMMANDS.find(({ name }) => name === words.slice(0, name.split(' ').length).join(' '))
if (command) process.exitCode = await runCommand(command, words.slice(command.name.split(' ').length))
else if (words.length === 0 || ['help', '--help', '-h'].includes(words[0]!)) process.stdout.write(helpOf(COMMANDS))
else {
  process.stderr.write(`There is no command of this name.\n\n${helpOf(COMMANDS)}`)
  process.exitCode = MISUSED
}

async function runCommand(known: ShellCommand, args: string[]): Promise<number> {
  try {
    const options = { ...known.options, ...COMMON_OPTIONS }
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true, strict: true })
    if (values.help) {
      process.stdout.write(usageOf(known))
      return 0
    }
    const { min, max } = known.arguments ?? { min: 0, max: 0 }
    if (positionals.length < min) throw new Misuse('An argument is missing.')
    if (positionals.length > max) throw new Misuse(`There is one argument too many: ${positionals[max]}`)
    await known.run({ values: values as Record<string, string | boolean | undefined>, positionals })
    return 0
  } catch (error) {
    return tellError(error, known.usage)
  }
}
