import { openDatabase } from '#db/db.ts'
import { migrate } from '#db/migrate.ts'
import type { CommandLine } from './commands.ts'
import { settingsOf } from './session.ts'
import { print } from './tell.ts'

/** Brings the schema up to date without serving. The server does the same when it starts. */
export async function runMigrate(line: CommandLine): Promise<void> {
  const { databaseUrl, dataFolder } = settingsOf(line)
  const database = await openDatabase({ url: databaseUrl, folder: dataFolder })
  try {
    const ran = await migrate(database)
    print(line, { ran }, ran.length ? ran.join('\n') : 'The database is up to date.')
  } finally {
    await database.close()
  }
}
