import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Fault } from '#kit/fault.ts'
import type { EmbedderSettings } from './embedding/open.ts'

export interface Settings {
  host: string
  port: number
  dataFolder: string
  databaseUrl: string | undefined
  origin: string
  /** Further names under which people reach the server, besides the origin's, plain addresses and names of the local network. */
  hosts: readonly string[]
  smtpUrl: string | undefined
  mailFrom: string
  /** Whether a first start plants the demo zone. */
  demo: boolean
  /** Whether every request comes through a proxy of ours. */
  behindProxy: boolean
  logLevel: string
  /** What makes vectors of texts, for ranking by meaning; null where none is named. */
  embedder: EmbedderSettings | null
}

export function readSettings(environment: NodeJS.ProcessEnv, options: { data?: string | undefined } = {}): Settings {
  const host = environment.HOST ?? '127.0.0.1'
  const port = portOf(environment.PORT ?? '3000')
  return {
    host,
    port,
    dataFolder: resolve(options.data ?? environment.CONSORTIA_DATA ?? 'data'),
    databaseUrl: options.data ? undefined : environment.DATABASE_URL || undefined,
    origin: (
      environment.CONSORTIA_ORIGIN ?? `http://${host === '0.0.0.0' || host === '::' ? 'localhost' : host}:${port}`
    ).replace(/\/$/, ''),
    hosts: (environment.CONSORTIA_HOSTS ?? '').split(/[\s,]+/).filter(Boolean),
    smtpUrl: environment.SMTP_URL || undefined,
    mailFrom: environment.MAIL_FROM ?? 'consortia@localhost',
    demo: environment.CONSORTIA_DEMO !== 'no',
    behindProxy: environment.CONSORTIA_BEHIND_PROXY === 'yes',
    logLevel: environment.LOG_LEVEL ?? 'info',
    embedder: embedderOf(environment),
  }
}

function embedderOf(environment: NodeJS.ProcessEnv): EmbedderSettings | null {
  if (!environment.CONSORTIA_EMBEDDER) return null
  return {
    address: environment.CONSORTIA_EMBEDDER,
    model: environment.CONSORTIA_EMBEDDER_MODEL || undefined,
    key: environment.CONSORTIA_EMBEDDER_KEY || undefined,
    queryPrefix: environment.CONSORTIA_EMBEDDER_QUERY,
    passagePrefix: environment.CONSORTIA_EMBEDDER_PASSAGE,
    mayReadPrivate: environment.CONSORTIA_EMBEDDER_PRIVATE === 'yes',
  }
}

const PORT_MAX = 65_535

function portOf(said: string): number {
  const port = Number(said)
  if (/^\d+$/.test(said.trim()) && port <= PORT_MAX) return port
  throw new Fault('invalid', `PORT is no number of a port: ${said}`, { rule: 'settings.port', limit: PORT_MAX })
}

const SECRET_BYTES = 32

/** The key that signs sessions. Made once and kept beside the data, readable by the server's user alone. */
export function readSecret(folder: string, environment: NodeJS.ProcessEnv): string {
  if (environment.CONSORTIA_SECRET) return environment.CONSORTIA_SECRET
  mkdirSync(folder, { recursive: true })
  const file = join(folder, 'secret')
  if (!existsSync(file)) {
    writeFileSync(file, randomBytes(SECRET_BYTES).toString('hex'), { mode: 0o600, flag: 'wx' })
    chmodSync(file, 0o600)
  }
  return readFileSync(file, 'utf8').trim()
}
