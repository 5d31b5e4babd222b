import type { Logger } from 'pino'
import type { Database } from '#db/db.ts'
import type { FileStore } from '#db/files.ts'
import type { Jobs } from '#db/jobs.ts'
import type { Accounts } from '#http/accounts.ts'
import type { FirstCode } from '#http/first-code.ts'
import type { Clock } from '#kit/clock.ts'
import type { PartnersRanker } from '#stages/compose/partners-ranker.ts'
import type { MeaningParts } from '#stages/match/dense-meaning.ts'
import type { Matcher } from '#stages/match/matcher.ts'

/** All that the server's parts share. Passed down by hand; nothing is global. */
export interface World {
  database: Database
  clock: Clock
  files: FileStore
  jobs: Jobs
  matcher: Matcher
  /** Ranking by meaning, where the operator named an embedder. */
  meaning: MeaningParts
  partners: PartnersRanker
  accounts: Accounts
  log: Logger
  /** The address under which people reach this server, without a trailing slash. */
  origin: string
  /** Further host names that are this server's. */
  hosts: readonly string[]
  /** Whether letters leave by mail; without it the outbox page shows them with their links. */
  mailServer: boolean
  firstCode: FirstCode
  /** Whether every request comes through a proxy, which says in `X-Forwarded-For` who asks. */
  behindProxy: boolean
}
