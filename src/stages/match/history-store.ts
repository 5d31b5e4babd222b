import { sql } from 'kysely'
import type { Tx } from '#db/db.ts'
import { joinSteps, type Meeting, strongestBridges } from '#engines/partners/paths.ts'
import { PAIRED_MEMBERS_MAX } from '#engines/partners/types.ts'
import type { Past } from './question.ts'

/** Partners through whom others are looked for: the strongest, drawn from so many of those met most. */
const BRIDGES_MAX = 40
const BRIDGES_DRAWN_MAX = 300
/** Of each, the latest projects, and only those of few: who was one of many has hardly met the others. */
const BRIDGE_PROJECTS_MAX = 30
const BRIDGE_MEMBERS_MAX = 40
const PATHS_KEPT_MAX = 2_000

/**
 * With whom organisations have worked, in how many projects and when last, and whom their partners have worked with. In a
 * great registry the paths are those through the strongest partners and their latest projects. With `only`, just those.
 */
export async function readPast(
  tx: Tx,
  zoneId: string,
  from: readonly string[],
  only?: readonly string[],
): Promise<Past> {
  const nothing = { partners: [], paths: [], year: 0 }
  if (!from.length || only?.length === 0) return nothing
  const rows = await readMeetings(tx, zoneId, from)
  if (!rows.length) return nothing
  const year = await lastYear(tx, zoneId)
  const first = rows.flatMap(({ from: one, ...row }) => (one === null ? [] : [{ from: one, ...row }]))
  const whole = rows.filter((row) => row.from === null)
  const closest = closestOf(first)
  const isWanted = only ? new Set(only) : null
  return {
    year,
    partners: whole
      .filter(({ to }) => !isWanted || isWanted.has(to))
      .map(({ to, projects, last }) => ({
        organisationId: to,
        projects,
        last,
        sponsorId: closest.get(to)?.from ?? null,
      })),
    paths: await readPaths(tx, zoneId, { first, year, ...(only ? { only } : {}) }),
  }
}

/** With whom of those given each was in most projects. */
function closestOf(first: readonly Meeting[]): Map<string, Meeting> {
  const best = new Map<string, Meeting>()
  for (const one of first) if (one.projects > (best.get(one.to)?.projects ?? 0)) best.set(one.to, one)
  return best
}

/** For each other organisation a row with each of those given, and one with `from` null for all of them together. */
async function readMeetings(tx: Tx, zoneId: string, from: readonly string[]) {
  const { rows } = await sql<Omit<Meeting, 'from'> & { from: string | null }>`
    select mine.organisation_id as "from", theirs.organisation_id as "to",
      count(distinct theirs.project_id)::int as projects, max(left(j.start_date, 4))::int as last
    from participation mine
    join participation theirs on theirs.zone_id = mine.zone_id and theirs.project_id = mine.project_id
      and theirs.organisation_id <> all(${from}::uuid[])
    join project j on j.zone_id = mine.zone_id and j.project_id = mine.project_id
    where mine.zone_id = ${zoneId} and mine.organisation_id = any(${from}::uuid[])
    group by grouping sets ((mine.organisation_id, theirs.organisation_id), (theirs.organisation_id))
    order by 2, 1`.execute(tx)
  return rows
}

/** The year in which the registry's last project began: from there ages are counted, so that one that ends early is not all old. */
async function lastYear(tx: Tx, zoneId: string): Promise<number> {
  const { rows } = await sql<{ year: number | null }>`
    select max(left(start_date, 4))::int as year from project where zone_id = ${zoneId}`.execute(tx)
  return rows[0]?.year ?? 0
}

async function readPaths(
  tx: Tx,
  zoneId: string,
  { first, year, only }: { first: readonly Meeting[]; year: number; only?: readonly string[] },
): Promise<Past['paths']> {
  const drawn = strongestBridges(first, { degrees: new Map(), now: year, countMax: BRIDGES_DRAWN_MAX })
  const degrees = await readDegrees(tx, zoneId, drawn)
  const among = new Set(drawn)
  const bridges = strongestBridges(
    first.filter(({ to }) => among.has(to)),
    { degrees, now: year, countMax: BRIDGES_MAX },
  )
  const onward = only ? sql`and theirs.organisation_id = any(${only}::uuid[])` : sql``
  const { rows: second } = await sql<Meeting>`
    select mine.organisation_id as "from", theirs.organisation_id as "to",
      count(*)::int as projects, max(mine.year)::int as last
    from (
      select p.organisation_id, p.project_id, left(j.start_date, 4) as year,
        row_number() over (partition by p.organisation_id order by j.start_date desc nulls last, p.project_id) as place
      from participation p
      join project j on j.zone_id = p.zone_id and j.project_id = p.project_id
      where p.zone_id = ${zoneId} and p.organisation_id = any(${bridges}::uuid[])) mine
    join participation theirs on theirs.zone_id = ${zoneId} and theirs.project_id = mine.project_id
      and theirs.organisation_id <> mine.organisation_id ${onward}
    where mine.place <= ${BRIDGE_PROJECTS_MAX}
      and (select count(*) from participation m where m.zone_id = ${zoneId} and m.project_id = mine.project_id)
        <= ${Math.min(BRIDGE_MEMBERS_MAX, PAIRED_MEMBERS_MAX)}
    group by 1, 2
    order by 1, 2`.execute(tx)
  const isBridge = new Set(bridges)
  // A path goes by a bridge; the other meetings only say who needs no path.
  const steps = joinSteps(
    first,
    second.filter(({ from }) => isBridge.has(from)),
    year,
  )
  return steps
    .slice(0, PATHS_KEPT_MAX)
    .map(({ from, to, ...path }) => ({ organisationId: to, sponsorId: from, ...path }))
}

async function readDegrees(tx: Tx, zoneId: string, ids: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await sql<{ id: string; projects: number }>`
    select organisation_id as id, count(*)::int as projects from participation
    where zone_id = ${zoneId} and organisation_id = any(${ids}::uuid[]) group by 1`.execute(tx)
  return new Map(rows.map(({ id, projects }) => [id, projects]))
}
