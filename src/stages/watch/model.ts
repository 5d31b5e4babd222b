import { z } from 'zod'
import { CapabilityBrief, Cell, Raise, Reason } from '../match/model.ts'
import { Texts } from '../texts.ts'

export const WATCHES_MAX = 60
/** A search that more records fit now says nothing by a new one. */
export const MATCHES_MAX = 20_000
export const HITS_SHOWN_MAX = 200
export const LAST_HITS_SHOWN = 3
export const FEED_ENTRIES_MAX = 60
export const NAME_LENGTH_MAX = 80
const SEARCH_LENGTH_MAX = 2_000
const QUERY_KEYS_MAX = 30
const VALUE_LENGTH_MAX = 2_000

/** The lists whose searches can be watched, as their pages are called. */
export const LISTS = ['organisations', 'results', 'needs', 'projects'] as const
export type List = (typeof LISTS)[number]
/** Needs that want an organisation, or a result. */
export const WANTED_KINDS = ['wanted_organisation', 'wanted_result'] as const
export type WantedKind = (typeof WANTED_KINDS)[number]
export const WATCH_KINDS = [...LISTS, ...WANTED_KINDS] as const
export type WatchKind = (typeof WATCH_KINDS)[number]
export const RECORD_KINDS = ['organisation', 'result', 'need', 'project'] as const
export type RecordKind = (typeof RECORD_KINDS)[number]

const Name = z.string().trim().min(1).max(NAME_LENGTH_MAX)

/** A list's search as its address and its API say it, under a name; or the needs that want an organisation or a result. */
export const WatchInput = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.enum(LISTS),
    name: Name,
    /** The list's query as its endpoint takes it. Sort, order and page say nothing here and are left out. */
    query: z
      .record(z.string().max(NAME_LENGTH_MAX), z.string().max(VALUE_LENGTH_MAX))
      .refine((query) => Object.keys(query).length <= QUERY_KEYS_MAX, 'watch.query_keys')
      .default({}),
    /** The list page's own search text, by which it is opened again. */
    search: z.string().max(SEARCH_LENGTH_MAX).default(''),
  }),
  z.strictObject({ kind: z.enum(WANTED_KINDS), name: Name, subjectId: z.guid() }),
])
export type WatchInput = z.output<typeof WatchInput>

export const WatchChange = z.strictObject({ name: Name.optional(), paused: z.boolean().optional() })

export const Hit = z.object({
  kind: z.enum(RECORD_KINDS),
  id: z.string(),
  name: z.string(),
  names: Texts,
  at: z.string(),
})
export type Hit = z.infer<typeof Hit>

export const Watch = z.object({
  id: z.string(),
  kind: z.enum(WATCH_KINDS),
  name: z.string(),
  search: z.string(),
  subjectId: z.string().nullable(),
  paused: z.boolean(),
  createdAt: z.string(),
  /** How many records it has found since it began, as far as they are still to be seen. */
  found: z.number(),
  last: z.array(Hit),
})
export type Watch = z.infer<typeof Watch>
export const Watches = z.object({ rows: z.array(Watch) })
export const WatchHits = z.object({ watch: Watch.omit({ last: true }), rows: z.array(Hit) })

export const Feed = z.object({ openSince: z.string().nullable() })
/** The token leaves in this answer alone; an answer that is given again holds none. */
export const FeedMade = z.object({ openSince: z.string(), url: z.string().nullable() })
export const FeedQuery = z.object({ watch: z.guid().optional(), language: z.enum(['zh', 'en']).default('zh') })
export const FEED_TYPE = 'application/rss+xml; charset=utf-8'

export const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const
export const DigestInput = z.strictObject({
  on: z.boolean(),
  /** Monday is 1. */
  weekday: z.number().int().min(1).max(7).default(1),
  language: z.enum(['zh', 'en']).default('zh'),
})
export const Digest = z.object({
  on: z.boolean(),
  weekday: z.number(),
  language: z.enum(['zh', 'en']),
  /** The next day on which a letter is due, by the zone's calendar; null while none is wanted. */
  nextDay: z.string().nullable(),
  address: z.string(),
})
/** What the link of a letter shows to whoever holds it: nothing of the member but whether letters come. */
export const DigestEnd = z.object({ on: z.boolean(), zone: z.object({ slug: z.string(), name: Texts }) })

/** An open need that wants an organisation or a result: what of it is covered, with the reasons that add up to the score. */
export const Want = z.object({
  need: z.object({
    id: z.string(),
    title: z.string(),
    titles: Texts,
    deadline: z.string().nullable(),
    sponsors: z.array(z.object({ id: z.string(), name: z.string() })),
  }),
  capabilities: z.array(CapabilityBrief),
  /** With history, and without: as on the need's match board. */
  score: z.number(),
  merit: z.number(),
  /** What would raise it most. */
  raises: z.array(Raise),
  reasons: z.array(Reason),
  cells: z.array(Cell),
})
export type Want = z.infer<typeof Want>
export const Wanted = z.object({
  rows: z.array(Want),
  /** How many want it in all, and among how many open needs that the reader may see they were looked for. */
  total: z.number(),
  looked: z.number(),
})
export type Wanted = z.infer<typeof Wanted>
