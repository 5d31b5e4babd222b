import { existsSync, lstatSync, mkdirSync, mkdtempSync, renameSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'

/** The checkout's root folder. */
export const PROJECT_FOLDER = resolve(import.meta.dirname, '../..')

/**
 * A folder that is made once and then kept for every later run: `make` fills a folder of its own beside it, which is
 * then renamed into place. So a half-made one is never taken for whole, and two runs at once do no harm.
 * What stands there but belongs to somebody else is refused, since we run programs out of it.
 */
export async function keepFolder(folder: string, make: (unfinished: string) => void | Promise<void>): Promise<string> {
  if (!existsSync(folder)) {
    mkdirSync(dirname(folder), { recursive: true })
    const unfinished = mkdtempSync(`${folder}-`)
    try {
      await make(unfinished)
      renameSync(unfinished, folder)
    } catch (error) {
      rmSync(unfinished, { recursive: true, force: true })
      if (!existsSync(folder)) throw error
    }
  }
  const stat = lstatSync(folder)
  const mine = process.getuid?.() ?? stat.uid
  if (!stat.isDirectory() || stat.uid !== mine)
    throw new Error(`${folder} belongs to somebody else. Set TMPDIR to a folder of your own.`)
  return folder
}

/** The folder for temporary files, with its name for this user: `…/consortia-0-postgres-18.4.0`. */
export function nameTemporaryFolder(name: string, base: string = tmpdir()): string {
  return join(base, `consortia-${process.getuid?.() ?? 'user'}-${name}`)
}

/** The first folder for temporary files that other users may enter; root's own is closed on some machines. */
export function findOpenTemporaryFolder(): string {
  const open = [tmpdir(), '/tmp', '/var/tmp'].find(isOpenToOthers)
  if (open === undefined) throw new Error('No folder for temporary files is open to other users: set TMPDIR to one.')
  return open
}

/** Whether every folder from the root down to this one lets other users pass. */
export function isOpenToOthers(folder: string): boolean {
  if (!existsSync(folder)) return false
  for (let at = resolve(folder); ; at = dirname(at)) {
    if ((statSync(at).mode & 0o001) === 0) return false
    if (at === dirname(at)) return true
  }
}
