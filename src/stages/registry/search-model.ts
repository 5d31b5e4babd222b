import { z } from 'zod'

const SEARCH_LENGTH_MAX = 200
export const HITS_OF_KIND_MAX = 20

export const HIT_KINDS = ['organisation', 'result', 'project', 'person', 'need'] as const

/** One thing that Ctrl-K found. */
export const Hit = z.object({
  kind: z.enum(HIT_KINDS),
  id: z.string(),
  title: z.string(),
  /** What tells it from its namesakes: its place, its owner, its acronym. */
  detail: z.string().nullable(),
})
export type Hit = z.infer<typeof Hit>

export const SearchQuery = z.object({
  q: z.string().trim().max(SEARCH_LENGTH_MAX).default(''),
  /** At most so many of each kind. */
  limit: z.coerce.number().int().min(1).max(HITS_OF_KIND_MAX).default(6),
})
export const Hits = z.object({ rows: z.array(Hit) })

const Count = z.object({ value: z.string(), count: z.number() })
export type Count = z.infer<typeof Count>
const counts = z.array(Count)

/** What there is to filter by, with how many records of each; commonest first, long lists cut. */
export const Facets = z.object({
  organisations: z.object({
    total: z.number(),
    kinds: counts,
    sizes: counts,
    countries: counts,
    regions: counts,
    segments: counts,
    fields: counts,
    titles: counts,
  }),
  results: z.object({
    total: z.number(),
    trls: counts,
    ipKinds: counts,
    ipStatuses: counts,
    deals: counts,
    segments: counts,
    fields: counts,
  }),
  projects: z.object({ total: z.number(), parts: counts, frameworks: counts }),
  people: z.object({ total: z.number(), levels: counts, segments: counts, fields: counts }),
})
export type Facets = z.infer<typeof Facets>
