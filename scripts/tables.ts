/** Writes src/db/tables.ts from the migrations. `--check` only says whether it is up to date. */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openDatabase } from '#db/db.ts'
import { migrate } from '#db/migrate.ts'
import { tablesText } from '#db/tables-text.ts'

const file = join(import.meta.dirname, '../src/db/tables.ts')
const database = await openDatabase()
await migrate(database)
const text = await tablesText(database)
await database.close()
if (process.argv.includes('--check')) process.exitCode = (await readFile(file, 'utf8')) === text ? 0 : 1
else await writeFile(file, text)
