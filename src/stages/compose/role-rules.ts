import type { Kind } from '../registry/model.ts'
import { byFigures } from './by-figures.ts'
import type { MemberReason, Role } from './team-model.ts'

export interface Seated {
  id: string
  kind: Kind
  sponsor: boolean
  /** Whether the rules that were asked for let it lead; absent where they say nothing. */
  mayLead?: boolean
  /** How many of those rules nobody knows to be kept if it leads. */
  openRows?: number
  /** By capability. */
  levels: Readonly<Record<string, number>>
}
interface Wanted {
  id: string
  weight: number
  critical: boolean
}

/** A seat in the team: one role, and besides it the work packages that the member leads. */
export interface Seat {
  role: Role
  packages: { capability: string; why: 'best' | 'shared' }[]
}

/** A neighbouring field is enough neither for the chief scientist's seat nor for leading a work package. */
const ABLE_LEVEL_MIN = 2
const SCIENCE: readonly Kind[] = ['university', 'institute']
/** Held by one member each. */
export const SOLE_ROLES: readonly Role[] = ['lead', 'chief_scientist', 'operator']

/**
 * Who sits where. A company that may lead does: a sponsor before any other, then who is known to keep the most of what
 * is asked of a lead, then the strongest. The chief scientist's seat (首席科学家)
 * goes to the university or institute that is best at the weightiest critical capability which one of them covers, else
 * at the weightiest other. Where there is a chief scientist, the strongest company that neither leads nor sponsors is the
 * operator (产业运营人), who runs the daily business so that the professor need not; without one the lead's own people do.
 * A fund is the investor, an association the intermediary, a sponsor that does not lead the first user. Of the others, who
 * leads a work package is called after that, and the rest are members.
 */
export function assignSeats(team: readonly Seated[], wanted: readonly Wanted[]): Map<string, Seat> {
  const packages = assignPackages(team, wanted)
  const packagesOf = (id: string) =>
    wanted.flatMap(({ id: capability }) => {
      const given = packages.get(capability)
      return given?.leader === id ? [{ capability, why: given.why }] : []
    })
  const seats = new Map<string, Seat>(
    team.map((member) => {
      const led = packagesOf(member.id)
      const seat: Seat = { role: usualRole(member, led.length > 0), packages: led }
      return [member.id, seat]
    }),
  )
  const give = (member: Seated | undefined, role: Role) => {
    const seat = member && seats.get(member.id)
    if (seat) seat.role = role
  }
  const strengthOf = strengthIn(wanted)
  const able = team.filter(({ mayLead = true }) => mayLead)
  const lead = best(able.length ? able : team, [isCompany, isSponsorOf, ({ openRows = 0 }) => -openRows, strengthOf])
  give(lead, 'lead')
  const others = team.filter(({ id }) => id !== lead?.id)
  const chief = chiefAmong(others, wanted)
  give(chief, 'chief_scientist')
  if (chief)
    give(
      best(
        others.filter((member) => member.kind === 'company' && !member.sponsor),
        [strengthOf],
      ),
      'operator',
    )
  return seats
}

function chiefAmong(team: readonly Seated[], wanted: readonly Wanted[]): Seated | undefined {
  const scientists = team.filter(({ kind }) => SCIENCE.includes(kind))
  const byWeight = [...wanted].sort((a, b) => Number(b.critical) - Number(a.critical) || b.weight - a.weight)
  for (const { id } of byWeight) {
    const able = scientists.filter(({ levels }) => (levels[id] ?? 0) >= ABLE_LEVEL_MIN)
    const chief = best(able, [({ levels }) => levels[id] ?? 0, strengthIn(wanted)])
    if (chief) return chief
  }
  return undefined
}

/**
 * Each capability's work package goes to one of those who are best at it. Those that only one member is best at are given
 * first; the others then to whoever leads least by weight so far.
 */
function assignPackages(
  team: readonly Seated[],
  wanted: readonly Wanted[],
): Map<string, { leader: string; why: 'best' | 'shared' }> {
  const load = new Map<string, number>()
  const strengthOf = strengthIn(wanted)
  const open = wanted
    .map(({ id, weight }) => ({ id, weight, able: bestAt(team, id) }))
    .filter(({ able }) => able.length > 0)
    .sort((a, b) => a.able.length - b.able.length || b.weight - a.weight || (a.id < b.id ? -1 : 1))
  return new Map(
    open.map(({ id, weight, able }) => {
      const leader = best(able, [(member) => -(load.get(member.id) ?? 0), strengthOf])!.id
      load.set(leader, (load.get(leader) ?? 0) + weight)
      return [id, { leader, why: able.length === 1 ? 'best' : 'shared' }]
    }),
  )
}

function bestAt(team: readonly Seated[], capability: string): Seated[] {
  const level = Math.max(0, ...team.map(({ levels }) => levels[capability] ?? 0))
  return level < ABLE_LEVEL_MIN ? [] : team.filter(({ levels }) => levels[capability] === level)
}

const strengthIn =
  (wanted: readonly Wanted[]) =>
  ({ levels }: Seated) =>
    wanted.reduce((sum, { id, weight }) => sum + weight * (levels[id] ?? 0), 0)
const isCompany = ({ kind }: Seated) => Number(kind === 'company')
const isSponsorOf = ({ sponsor }: Seated) => Number(sponsor)

function usualRole({ kind, sponsor }: Seated, leadsPackage: boolean): Role {
  if (kind === 'fund') return 'investor'
  if (kind === 'association') return 'intermediary'
  if (sponsor) return 'first_user'
  return leadsPackage ? 'package_lead' : 'member'
}

/** The one with the highest figures, the first figure first; ties by id. */
function best(team: readonly Seated[], figures: readonly ((member: Seated) => number)[]): Seated | undefined {
  return [...team].sort(byFigures(figures))[0]
}

/** The role and the work packages of a seat, as reasons among the others. */
export function seatReasons({ role, packages }: Seat): MemberReason[] {
  const of = (why: 'best' | 'shared') => packages.filter((one) => one.why === why).map(({ capability }) => capability)
  const [best, shared] = [of('best'), of('shared')]
  return [
    ...(role === 'operator' ? [{ kind: 'operates' as const }] : []),
    ...(best.length ? [{ kind: 'leads_best' as const, capabilities: best }] : []),
    ...(shared.length ? [{ kind: 'leads_shared' as const, capabilities: shared }] : []),
  ]
}

/** The capabilities whose work packages a member leads. */
export const packagesIn = (reasons: readonly MemberReason[]): string[] =>
  reasons.flatMap((reason) =>
    reason.kind === 'leads_best' || reason.kind === 'leads_shared' ? reason.capabilities : [],
  )
