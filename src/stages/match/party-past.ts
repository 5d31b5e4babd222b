import { sql } from 'kysely'
import type { Tx } from '#db/db.ts'
import { readPast } from './history-store.ts'
import type { PastPath, PastTie, Question } from './question.ts'
import type { Party } from './wanted-ranking.ts'

const SHARED_PROJECTS_READ_MAX = 20_000

/** What a party has done with those behind many needs, read once for all of them. */
export interface PartyPast {
  /** For each of the party's organisations and each organisation behind a need, their projects with the years these began in. */
  shared: ReadonlyMap<string, ReadonlyMap<string, ReadonlyMap<string, number | null>>>
  paths: readonly PastPath[]
  year: number
}

export async function readPartyPast(
  tx: Tx,
  zoneId: string,
  { organisationIds }: Party,
  behind: readonly string[],
): Promise<PartyPast> {
  const pasts = []
  for (const id of organisationIds) pasts.push(await readPast(tx, zoneId, [id], behind))
  return {
    shared: await sharedProjects(tx, zoneId, organisationIds, behind),
    // Read from the party's side, so each path ends where the need's own would begin.
    paths: pasts.flatMap(({ paths }) =>
      paths.map((path) => ({ ...path, organisationId: path.sponsorId, sponsorId: path.organisationId })),
    ),
    year: Math.max(0, ...pasts.map(({ year }) => year)),
  }
}

/** Of that, what counts for the need of those sponsors. */
export function pastWith(
  { shared, paths, year }: PartyPast,
  sponsors: readonly string[],
): Pick<Question, 'partners' | 'paths' | 'year'> {
  return {
    partners: [...shared].flatMap(([organisationId, met]): PastTie[] => {
      const projects = new Map(sponsors.flatMap((sponsor) => [...(met.get(sponsor) ?? [])]))
      if (!projects.size) return []
      const years = [...projects.values()].filter((one) => one !== null)
      const [closest] = [...sponsors].sort(
        (a, b) => (met.get(b)?.size ?? 0) - (met.get(a)?.size ?? 0) || (a < b ? -1 : 1),
      )
      return [
        {
          organisationId,
          projects: projects.size,
          last: years.length ? Math.max(...years) : null,
          sponsorId: closest ?? null,
        },
      ]
    }),
    paths: paths.filter(({ sponsorId, through }) => sponsors.includes(sponsorId) && !sponsors.includes(through)),
    year,
  }
}

async function sharedProjects(
  tx: Tx,
  zoneId: string,
  organisationIds: readonly string[],
  behind: readonly string[],
): Promise<PartyPast['shared']> {
  const { rows } = await sql<{ mine: string; theirs: string; project: string; year: number | null }>`
    select mine.organisation_id as mine, theirs.organisation_id as theirs, mine.project_id as project,
      left(j.start_date, 4)::int as year
    from participation mine
    join participation theirs on theirs.zone_id = mine.zone_id and theirs.project_id = mine.project_id
      and theirs.organisation_id <> mine.organisation_id and theirs.organisation_id = any(${[...behind]}::uuid[])
    join project j on j.zone_id = mine.zone_id and j.project_id = mine.project_id
    where mine.zone_id = ${zoneId} and mine.organisation_id = any(${[...organisationIds]}::uuid[])
    order by 1, 2, 3
    limit ${SHARED_PROJECTS_READ_MAX}`.execute(tx)
  const met = new Map<string, Map<string, Map<string, number | null>>>()
  for (const { mine, theirs, project, year } of rows) {
    const own = met.get(mine) ?? new Map<string, Map<string, number | null>>()
    met.set(mine, own)
    own.set(theirs, (own.get(theirs) ?? new Map<string, number | null>()).set(project, year))
  }
  return met
}
