import { z } from 'zod'
import { ROLES } from '../caller.ts'
import { pageOf } from '../lists.ts'
import { SomeText, Texts } from '../texts.ts'

const NAME_LENGTH_MAX = 120
export const ZONE_MEMBERS_MAX = 5_000

/** First parts of addresses that are the house's own pages, and so can't be the short names of zones. */
export const HOUSE_ADDRESSES = [
  'api',
  'assets',
  'end-letters',
  'healthz',
  'metrics',
  'open-needs',
  'readyz',
  's',
  'sign-in',
  'start',
  'welcome',
] as const

export const Slug = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{1,40}$/, 'slug.format')
  .refine((slug) => !(HOUSE_ADDRESSES as readonly string[]).includes(slug), 'slug.reserved')

export const Zone = z.object({
  id: z.string(),
  slug: z.string(),
  name: Texts,
  statement: Texts,
  city: z.string().nullable(),
  country: z.string(),
  timeZone: z.string(),
  currency: z.string(),
  demo: z.boolean(),
  invented: z.boolean(),
})
export type Zone = z.infer<typeof Zone>

export const ZoneInput = z.strictObject({
  slug: Slug,
  name: SomeText,
  city: z.string().trim().max(NAME_LENGTH_MAX).nullish(),
  country: z.string().length(2).default('CN'),
  timeZone: z.string().max(60).default('Asia/Shanghai').refine(isTimeZone, 'time_zone.unknown'),
  currency: z.string().length(3).default('CNY'),
})

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

/** The first administrator of a fresh server, by the code that its console printed. */
export const FirstAdministrator = z.strictObject({
  code: z.string().trim().max(40),
  name: z.string().trim().min(1).max(NAME_LENGTH_MAX),
  email: z.email().max(200),
  password: z.string().min(10).max(128),
  zone: ZoneInput,
})

/** A zone of one's own, and with it, when asked, the end of the demo. */
export const OwnZone = z.strictObject({
  zone: ZoneInput,
  deleteDemo: z.boolean().default(false),
  /** Whose the zone will be. Needed from a demo account, whose password everybody knows; else it is the caller's. */
  administrator: FirstAdministrator.pick({ name: true, email: true, password: true }).optional(),
})

export const Membership = z.object({
  zone: Zone,
  role: z.enum(ROLES),
  organisationId: z.string().nullable(),
  organisationName: z.string().nullable(),
})

export const Me = z.object({
  account: z.object({ id: z.string(), name: z.string(), email: z.string() }).nullable(),
  memberships: z.array(Membership),
  /** A fresh server that waits for its first administrator. */
  awaitsFirstAdministrator: z.boolean(),
  /** The demo's sign-ins, only while a demo zone stands. */
  demoAccounts: z.array(
    z.object({ email: z.string(), role: z.enum(ROLES), names: z.object({ zh: z.string(), en: z.string() }) }),
  ),
  /** The password of those sign-ins; null where no demo stands. */
  demoPassword: z.string().nullable(),
})
export type Me = z.infer<typeof Me>

export const Member = z.object({
  accountId: z.string(),
  name: z.string(),
  email: z.string(),
  role: z.enum(ROLES),
  organisationId: z.string().nullable(),
  organisationName: z.string().nullable(),
  since: z.string(),
})
export const Members = z.object({ rows: z.array(Member) })

export const MemberInput = z.strictObject({
  name: z.string().trim().min(1).max(NAME_LENGTH_MAX),
  email: z.email().max(200),
  role: z.enum(ROLES),
  organisationId: z.string().nullish(),
})
export const MemberChange = z.strictObject({ role: z.enum(ROLES), organisationId: z.string().nullish() })

export const WORK_STATES = ['queued', 'running', 'done', 'failed', 'cancelled'] as const
export const Work = z.object({
  id: z.string(),
  kind: z.string(),
  subjectId: z.string().nullable(),
  state: z.enum(WORK_STATES),
  doing: z.string(),
  done: z.number(),
  total: z.number().nullable(),
  output: z.unknown(),
  fault: z.unknown(),
  createdAt: z.string(),
  startedAt: z.string().nullable(),
  endedAt: z.string().nullable(),
})
export type Work = z.infer<typeof Work>

export const Letter = z.object({
  id: z.string(),
  kind: z.enum(['mail', 'notice']),
  to: z.string().nullable(),
  subject: z.string(),
  body: z.string(),
  link: z.string().nullable(),
  state: z.string(),
  createdAt: z.string(),
  sentAt: z.string().nullable(),
})
export const Outbox = z.object({ rows: z.array(Letter), mailServer: z.boolean() })
export const Notices = z.object({ rows: z.array(Letter), unread: z.number() })

export const JournalEntry = z.object({
  seq: z.string(),
  at: z.string(),
  actor: z.string(),
  actorName: z.string().nullable(),
  command: z.string(),
  subjects: z.array(z.object({ kind: z.string(), id: z.string() })),
  hash: z.string(),
})
export const JournalPage = pageOf(JournalEntry)
export const JournalVerdict = z.object({
  intact: z.boolean(),
  entries: z.number(),
  head: z.string(),
  brokenAt: z.string().nullable(),
})

export const RecordChange = z.object({
  seq: z.string(),
  at: z.string(),
  who: z.string().nullable(),
  importId: z.string().nullable(),
  action: z.string(),
  changes: z.record(z.string(), z.object({ from: z.unknown(), to: z.unknown() })),
})
export const History = z.object({ rows: z.array(RecordChange) })

/** A word of the zone's own, such as a tag or a place, in the languages it is known in. */
export const Terms = z.object({
  rows: z.array(z.object({ text: z.string(), names: z.record(z.string(), z.string()) })),
})

const VIEWS_MAX = 100
export const SavedView = z.object({ id: z.string(), page: z.string(), name: z.string(), search: z.string() })
export const SavedViews = z.object({ rows: z.array(SavedView).max(VIEWS_MAX) })
export const SavedViewInput = z.strictObject({
  page: z.string().max(40),
  name: z.string().trim().min(1).max(80),
  search: z.string().max(2_000),
})
