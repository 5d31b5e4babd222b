import { type ConditionKey, DEFAULT_WEIGHTS, type NamedKey, type Weights } from '#engines/cover/model.ts'
import { isNamed } from '#engines/cover/score.ts'
import { ruleKey } from '#engines/cover/team-rules.ts'
import { LIKELIHOOD_SPAN } from '#engines/partners/likelihood.ts'
import { foldText } from '#engines/text/fold.ts'
import { Fault } from '#kit/fault.ts'
import type { Conditions } from '../needs/model.ts'
import type { Kind, Money } from '../registry/model.ts'
import {
  type ComposeOptions,
  type Condition,
  type LINK_STATES,
  type PRESETS,
  TEAM_MEMBERS_MAX,
  TEAM_MEMBERS_MAX_DEFAULT,
} from './model.ts'

const BALANCED: Weights = {
  ...DEFAULT_WEIGHTS,
  /** A neighbour of one capability is named for its gap and given no seat: what it reaches is worth less than a member. */
  below: 100,
}
/** The objective behind each preset, in points; the engine's own weights say what they mean. */
export const PRESET_WEIGHTS: Record<(typeof PRESETS)[number], Weights> = {
  balanced: BALANCED,
  /** A member has to meet a requirement to be worth its seat, and spare covers count for nothing. */
  lean: { ...BALANCED, member: 900, second: 0 },
  /** A second member behind a requirement of weight 3 or more is worth a seat of its own. */
  deep: { ...BALANCED, second: 150 },
  /**
   * A thousand points are a factor of e in somebody's odds. What covering and past work among the members weigh beside that
   * was chosen on real consortia (`bench/cover/README.md`); who is at least a quarter as likely as the likeliest pays
   * for its seat.
   */
  likely: {
    ...BALANCED,
    ...{ met: 100, below: 10, above: 3, second: 10, member: 6_600 },
    ...{ likelihood: 1_000 * LIKELIHOOD_SPAN, trust: 200 },
  },
}

/** The weights that options stand for: without a past to learn from, those of `likely` are the balanced ones. */
export function weightsFor(
  { weights }: Pick<ComposeOptions, 'weights'>,
  { isPastKnown = true }: { isPastKnown?: boolean } = {},
): Weights {
  if (typeof weights !== 'string') return weights
  return PRESET_WEIGHTS[weights === 'likely' && !isPastKnown ? 'balanced' : weights]
}

/** Where a need stands when no consortium is sought for it. */
const SETTLED_STATES = ['closed', 'merged']

/** @throws Fault `wrong_state` for a need that is settled, or that names no capability */
export function refuseToCompose(need: { state: string; capabilities: readonly unknown[] }): void {
  if (SETTLED_STATES.includes(need.state))
    throw new Fault('wrong_state', 'No consortium is sought for this need any more.', {
      rule: 'compose.need_settled',
      tip: 'Reopen the need, or compose for the joint need that it went into.',
    })
  if (need.capabilities.length === 0)
    throw new Fault('wrong_state', 'The need names no capability that a consortium could cover.', {
      rule: 'compose.no_capabilities',
      tip: 'Add the capabilities that are wanted.',
    })
}

export interface Held {
  minMembers: number | null
  maxMembers: number
  budget: Money | null
  regions: string[]
  kinds: Partial<Record<Kind, number>>
}

/** The need's conditions with the person's above them: what is absent is the need's, null lifts it. */
export function holdConditions(
  need: { conditions: Conditions; budget: Money | null; sponsors: readonly string[] },
  options: ComposeOptions,
): Held {
  const { conditions } = need
  const pick = <T, U>(said: T | null | undefined, own: T | undefined, none: U): T | U =>
    said === null ? none : (said ?? own ?? none)
  const minMembers = pick(options.sizeMin, conditions.minMembers, null)
  const kinds = pick(options.kinds, conditions.kinds, {})
  const wanted = Object.values(kinds).reduce((sum, least) => sum + least, 0)
  const named = options.pins.length + (options.sponsorsIn ? need.sponsors.length : 0)
  const usual = Math.min(TEAM_MEMBERS_MAX, Math.max(TEAM_MEMBERS_MAX_DEFAULT, minMembers ?? 0, wanted, named))
  const said = options.sizeMax === undefined ? conditions.maxMembers : options.sizeMax
  const maxMembers = said === null ? TEAM_MEMBERS_MAX : Math.min(said ?? usual, TEAM_MEMBERS_MAX)
  if (minMembers !== null && minMembers > TEAM_MEMBERS_MAX)
    throw new Fault('invalid', 'A consortium of so many members can’t be composed.', {
      rule: 'compose.too_many_members',
      limit: TEAM_MEMBERS_MAX,
    })
  return {
    minMembers,
    maxMembers,
    budget: pick(options.budget, need.budget ?? undefined, null),
    regions: pick(options.regions, conditions.regions, []),
    kinds: Object.fromEntries(Object.entries(kinds).filter(([, least]) => least > 0)),
  }
}

const ADMINISTRATIVE_SUFFIX = /(?<=..)(特别行政区|(壮族|回族|维吾尔)?自治区|省|市|区|县)$/u

/** Whether two names mean one place: `江苏` is `江苏省`, but `吉林省` is not `吉林市`. */
export function isSamePlace(one: string, other: string): boolean {
  const [a, b] = [foldText(one).trim(), foldText(other).trim()]
  return a === b || a === b.replace(ADMINISTRATIVE_SUFFIX, '') || a.replace(ADMINISTRATIVE_SUFFIX, '') === b
}

/** Whether an organisation is in one of the places: by its region, its city or its country's code. */
export function isIn(
  places: readonly string[],
  { region, city, country }: { region: string | null; city: string | null; country: string | null },
): boolean {
  const own = [region, city, country].filter((place) => place !== null)
  return places.some((place) => own.some((name) => isSamePlace(place, name)))
}

/** A small or medium-sized company, as far as its size is known. */
export const isSme = ({ kind, size }: { kind: string; size: string | null }): boolean =>
  kind === 'company' && (size === 'micro' || size === 'small' || size === 'medium')

/** The engine's rules behind two conditions of our own; every other rule is a pack's. */
export const NEWCOMERS_RULE = 'newcomers'
export const SMES_RULE = 'smes'

const CONDITION_OF: Record<NamedKey, Condition> = {
  membersMin: 'minMembers',
  membersMax: 'maxMembers',
  budget: 'budget',
  kinds: 'kinds',
  regions: 'regions',
  lead: 'lead',
  critical: 'critical',
  sponsors: 'sponsors',
  pinned: 'pinned',
  banned: 'banned',
  conflicts: 'apart',
}

/** The engine's condition by our name. */
export function conditionOf(key: ConditionKey): Condition {
  if (key === ruleKey(NEWCOMERS_RULE)) return 'newcomers'
  if (key === ruleKey(SMES_RULE)) return 'smes'
  return isNamed(key) ? CONDITION_OF[key] : 'rules'
}

/** How a link stands at an instant. */
export function linkState(link: { expiresAt: Date; revokedAt: Date | null }, at: Date): (typeof LINK_STATES)[number] {
  if (link.revokedAt !== null) return 'revoked'
  return link.expiresAt <= at ? 'expired' : 'open'
}
