import { enableCompileCache } from 'node:module'
import { join } from 'node:path'

// What was compiled once is kept for the next start, which then takes half as long.
enableCompileCache(join(import.meta.dirname, '../../.cache/compiled'))
const { runWords } = await import('./run.ts')
const { tellError } = await import('./tell.ts')
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // Who reads only the beginning of an answer, as `| head` does, has what they wanted.
  if (error.code !== 'EPIPE') process.exitCode = tellError(error)
})
const code = await runWords(process.argv.slice(2))
process.exitCode ??= code
