import { enableCompileCache } from 'node:module'
import { join } from 'node:path'

// What was compiled once is kept for the next start, which then takes half as long.
enableCompileCache(join(import.meta.dirname, '../../.cache/compiled'))
const { runWords } = await import('./run.ts')
process.exitCode = await runWords(process.argv.slice(2))
