import type { ChainCell, MeasuredOne, One, RecordKind } from './model.ts'

/** How each of the Ten Ones is measured: from which records, and which of them count. Nothing is typed in. */
export type Measure =
  | { from: 'records'; kind: RecordKind }
  | { from: 'people' }
  /** Companies of the industry's segments that carry at least one recognised title. */
  | { from: 'titled_companies' }

export const MEASURES: Record<One, Measure> = {
  plan: { from: 'records', kind: 'plan' },
  policy: { from: 'records', kind: 'policy' },
  team: { from: 'records', kind: 'team_member' },
  roadmap: { from: 'records', kind: 'roadmap_item' },
  talents: { from: 'people' },
  platforms: { from: 'records', kind: 'platform' },
  enterprises: { from: 'titled_companies' },
  scenarios: { from: 'records', kind: 'scenario' },
  fund: { from: 'records', kind: 'fund' },
  pilot_areas: { from: 'records', kind: 'pilot_area' },
}

/** A record counts once it is in force, and goes on counting when it is done. A plan for it does not count yet. */
export const COUNTED_STATES = ['in_force', 'done'] as const

/** The list that holds a figure's records, so that a figure always opens to what it counts. */
export function drillOf(
  measure: Measure,
  industry: { slug: string; segments: readonly { key: string }[] },
): MeasuredOne['drill'] {
  const segments = industry.segments.map((segment) => segment.key).join(',')
  switch (measure.from) {
    case 'records':
      return {
        page: 'records',
        search: `kind=${measure.kind}&status=${COUNTED_STATES.join(',')}&industry=${industry.slug}`,
      }
    case 'people':
      return { page: 'people', search: `segment=${segments}` }
    case 'titled_companies':
      return { page: 'organisations', search: `kind=company&titled=true&segment=${segments}` }
  }
}

export interface SegmentCounts {
  segment: string
  /** Results at TRL 1 to 9. */
  results: readonly number[]
  organisations: number
  capital: number
  capitalMinor: bigint | null
  talent: number
}

const TRL_LEVELS = 9
/** A neighbour with this many makes an empty cell a broken link; a single record beside it is no chain yet. */
export const FULL_COUNT_MIN = 2

/**
 * The four chains as one table: TRL by segment, and under each segment its firms, capital and talent. An empty cell beside
 * a full one is a broken link: a TRL with nothing next to one with at least `FULL_COUNT_MIN` results, or a chain with
 * nothing under a segment whose other chains are full.
 */
export function chainCells(segments: readonly SegmentCounts[]): ChainCell[] {
  return segments.flatMap((counts) => [
    ...Array.from({ length: TRL_LEVELS }, (_, at) => trlCell(counts, at + 1)),
    chainCell(counts, 'organisations', counts.organisations, null),
    chainCell(counts, 'capital', counts.capital, counts.capitalMinor),
    chainCell(counts, 'talent', counts.talent, null),
  ])
}

function trlCell({ segment, results }: SegmentCounts, trl: number): ChainCell {
  const count = results[trl - 1] ?? 0
  const below = results[trl - 2] ?? 0
  const above = results[trl] ?? 0
  const fullBelow = below >= FULL_COUNT_MIN
  const fullAbove = above >= FULL_COUNT_MIN
  const broken =
    count === 0 && (fullBelow || fullAbove)
      ? {
          beside: Math.max(below, above),
          where: fullBelow && fullAbove ? ('both' as const) : fullBelow ? ('below' as const) : ('above' as const),
        }
      : null
  return {
    segment,
    row: 'trl',
    trl,
    count,
    amountMinor: null,
    broken,
    drill: { page: 'results', search: `segment=${segment}&trl_from=${trl}&trl_to=${trl}` },
  }
}

function chainCell(
  counts: SegmentCounts,
  row: 'organisations' | 'capital' | 'talent',
  count: number,
  amount: bigint | null,
): ChainCell {
  const results = counts.results.reduce((sum, each) => sum + each, 0)
  const others = [results, counts.organisations, counts.capital, counts.talent].filter(
    (other) => other >= FULL_COUNT_MIN,
  )
  const pages = { organisations: 'organisations', capital: 'capital', talent: 'people' } as const
  return {
    segment: counts.segment,
    row,
    trl: null,
    count,
    amountMinor: amount === null ? null : String(amount),
    broken: count === 0 && others.length ? { beside: Math.max(...others), where: 'chain' } : null,
    drill: { page: pages[row], search: `segment=${counts.segment}` },
  }
}
