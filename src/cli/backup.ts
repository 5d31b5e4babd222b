import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type BackupReport, backUp } from '#db/backup/backup.ts'
import { type RestoreReport, restore } from '#db/backup/restore.ts'
import { openDatabase } from '#db/db.ts'
import { openFileStore } from '#db/files.ts'
import { Fault } from '#kit/fault.ts'
import type { Settings } from '../settings.ts'
import type { CommandLine } from './commands.ts'
import { settingsOf } from './session.ts'
import { note, print } from './tell.ts'

const MEGABYTE = 1_000_000

export async function runBackup(line: CommandLine): Promise<void> {
  const settings = settingsOf(line)
  if (!settings.databaseUrl && !existsSync(join(settings.dataFolder, 'database')))
    throw new Fault('not_found', `There is no database in ${settings.dataFolder}.`, { rule: 'backup.nothing' })
  const report = await withParts(settings, (parts) => backUp(parts, pathOf(line), new Date()))
  warn(report)
  print(line, report, [...linesOf(report), `Kept in ${report.path}`].join('\n'))
}

export async function runRestore(line: CommandLine): Promise<void> {
  const report = await withParts(settingsOf(line), (parts) => restore(parts, pathOf(line), new Date()))
  warn(report)
  print(line, report, [...linesOf(report), `Restored as of ${report.madeAt}; the journals follow.`].join('\n'))
}

const pathOf = (line: CommandLine) => line.positionals[0]!

/** Opens database and files as they are: a backup comes before an update, so nothing is migrated here. */
async function withParts<T>(
  { databaseUrl, dataFolder }: Settings,
  run: (parts: {
    database: Awaited<ReturnType<typeof openDatabase>>
    files: ReturnType<typeof openFileStore>
  }) => Promise<T>,
): Promise<T> {
  const database = await openDatabase({ url: databaseUrl, folder: dataFolder })
  try {
    return await run({ database, files: openFileStore(join(dataFolder, 'files')) })
  } finally {
    await database.close()
  }
}

function warn({ lostFiles, journals }: BackupReport | RestoreReport): void {
  if (lostFiles > 0) note(`${lostFiles} files that records name were no longer in the store.`)
  for (const { zone, intact } of journals) if (!intact) note(`The journal of the zone ${zone} does not verify.`)
}

function linesOf({ zones, rows, files, bytes, seal, seconds }: BackupReport | RestoreReport): string[] {
  const size = `${(bytes / MEGABYTE).toFixed(1)} MB`
  return [`${zones} zones, ${rows} rows and ${files} files, ${size}, in ${seconds.toFixed(1)} s`, `Fingerprint ${seal}`]
}
