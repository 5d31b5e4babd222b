import type { Logger } from 'pino'
import type { Database } from '#db/db.ts'
import type { Clock } from '#kit/clock.ts'
import type { Accounts } from '#http/accounts.ts'
import type { FileStore } from '#db/files.ts'
import type { Jobs } from '#db/jobs.ts'

/** All that the server's parts share. Passed down by hand; nothing is global. */
export interface World {
  database: Database
  clock: Clock
  files: FileStore
  jobs: Jobs
  accounts: Accounts
  log: Logger
  /** The address under which people reach this server, without a trailing slash. */
  origin: string
}
