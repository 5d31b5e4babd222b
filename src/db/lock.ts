import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Fault } from '#kit/fault.ts'

export interface FolderLock {
  release(): void
}

/**
 * Holds a data folder for this process alone. The embedded engine itself takes no lock; this one dies with its holder,
 * a killed one included. Throws `data_folder_held` at once when another process has it.
 */
export function lockFolder(folder: string): FolderLock {
  const lock = new DatabaseSync(join(folder, 'lock'))
  try {
    lock.exec('pragma busy_timeout = 0; pragma locking_mode = exclusive; begin exclusive')
  } catch (cause) {
    lock.close()
    throw new Fault(
      'data_folder_held',
      `Another process works on the data folder ${folder}.`,
      {
        rule: 'data_folder.held',
        tip: 'Stop the running server first, or give the command another folder with --data.',
      },
      { cause },
    )
  }
  return { release: () => lock.close() }
}
