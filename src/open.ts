import { join } from 'node:path'
import type { DestinationStream } from 'pino'
import { readAs } from '#db/caller.ts'
import { command } from '#db/command.ts'
import { type Database, openDatabase } from '#db/db.ts'
import { type FileStore, openFileStore } from '#db/files.ts'
import { openJobs } from '#db/jobs.ts'
import { migrate } from '#db/migrate.ts'
import { openAccounts } from '#http/accounts.ts'
import { makeFirstCode } from '#http/first-code.ts'
import { type Clock, systemClock } from '#kit/clock.ts'
import { NIL_ID } from '#kit/ids.ts'
import { systemCaller } from '#stages/caller.ts'
import { openPartnersRanker } from '#stages/compose/partners-ranker.ts'
import { postMail } from '#stages/house/outbox.ts'
import { openMeaning } from '#stages/match/dense-meaning.ts'
import { openMatcher } from '#stages/match/matcher.ts'
import { tellSnapshot } from '#stages/match/snapshot-notes.ts'
import { registerWork } from '#stages/work.ts'
import { NO_EMBEDDER, type OpenedEmbedder, openEmbedder } from './embedding/open.ts'
import { openLog } from './log.ts'
import { readSecret, type Settings } from './settings.ts'
import type { World } from './world.ts'

export interface Parts {
  database: Database
  files: FileStore
  secret: string
  origin: string
  hosts?: readonly string[]
  clock?: Clock
  jobsSchema?: string
  logLevel?: string
  /** Where the log's lines go; standard output by default. */
  logTo?: DestinationStream
  mailServer?: boolean
  behindProxy?: boolean
  /** What makes vectors, for ranking by meaning; nothing by default. */
  embedder?: OpenedEmbedder
  /** Where matching keeps its snapshots; without it every start reads the registry anew. */
  snapshotFolder?: string
}

/** Puts a world together from its parts; the tests use this too, with parts of their own. */
export function assembleWorld({
  database,
  files,
  secret,
  origin,
  hosts = [],
  clock = systemClock,
  jobsSchema,
  logLevel = 'silent',
  logTo,
  mailServer = false,
  behindProxy = false,
  embedder = NO_EMBEDDER,
  snapshotFolder,
}: Parts): World {
  const log = openLog(logLevel, logTo)
  const onError = (err: unknown, about: object) => log.error({ err, ...about }, 'A part met an error.')
  const jobs = openJobs(database, { clock, onError, ...(jobsSchema ? { schema: jobsSchema } : {}) })
  const accounts = openAccounts({ database, secret, origin, sendPasswordLink: (letter) => keepLetter(world, letter) })
  const matcher = openMatcher({
    ...(snapshotFolder ? { folder: snapshotFolder } : {}),
    tell: (note) => tellSnapshot(log, note),
  })
  const world: World = {
    database,
    clock,
    files,
    jobs,
    matcher,
    meaning: openMeaning(embedder),
    partners: openPartnersRanker(),
    accounts,
    log,
    origin,
    hosts,
    mailServer,
    firstCode: makeFirstCode(),
    behindProxy,
  }
  registerWork(world)
  return world
}

/** Opens what the settings name and brings the schema up to date. */
export async function openServerWorld(
  settings: Settings,
  environment: NodeJS.ProcessEnv,
  logTo?: DestinationStream,
): Promise<World> {
  const database = await openDatabase({ url: settings.databaseUrl, folder: settings.dataFolder })
  try {
    await migrate(database)
    return assembleServerWorld(database, settings, environment, logTo)
  } catch (error) {
    await database.close()
    throw error
  }
}

function assembleServerWorld(
  database: Database,
  settings: Settings,
  environment: NodeJS.ProcessEnv,
  logTo: DestinationStream | undefined,
): World {
  return assembleWorld({
    database,
    files: openFileStore(join(settings.dataFolder, 'files')),
    snapshotFolder: join(settings.dataFolder, 'match'),
    secret: readSecret(settings.dataFolder, environment),
    origin: settings.origin,
    hosts: settings.hosts,
    logLevel: settings.logLevel,
    ...(logTo ? { logTo } : {}),
    mailServer: settings.smtpUrl !== undefined,
    behindProxy: settings.behindProxy,
    embedder: openEmbedder(settings.embedder),
  })
}

export async function closeWorld(world: World): Promise<void> {
  await world.jobs.stop()
  await world.matcher.stop()
  await world.meaning.stop()
  await world.partners.stop()
  await world.database.close()
}

/** A letter with a password link goes into the outbox of a zone of which its reader is a member. */
async function keepLetter(world: World, { to, name, url }: { to: string; name: string; url: string }): Promise<void> {
  const account = await world.accounts.find(to)
  if (!account) return
  const stranger = { zoneId: NIL_ID, accountId: account.id, role: 'stranger', organisationId: null }
  const member = await readAs(world.database, stranger, (tx) =>
    tx
      .selectFrom('membership')
      .select('zone_id')
      .where('account_id', '=', account.id)
      .orderBy('created_at', 'desc')
      .executeTakeFirst(),
  )
  if (!member) return
  const order = { name: 'house.post_letter', input: { account: account.id }, at: world.clock.now() }
  await command(world.database, systemCaller(member.zone_id), order, (done) =>
    postMail(done, member.zone_id, {
      toAddress: to,
      toAccount: account.id,
      subject: 'Consortia 联合体: choose a password 设置密码',
      body: `${name}: choose a password under this link; it holds for one hour. 请在一小时内通过下方链接设置密码。`,
      link: url,
    }),
  )
}
