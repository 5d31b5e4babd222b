import type { z } from 'zod'
import { termsOf } from '#engines/text/tokens.ts'
import type { Texts } from '../texts.ts'
import { isContentTerm } from './content-words.ts'
import type { RefusalCode, Response } from './model.ts'
import type { Refusals } from './question.ts'
import { ALIKE_MIN } from './rules.ts'

/** A refusal by the side of some need, with whose need that is and the names of what it asks for. */
export interface RefusedElsewhere {
  needId: string
  sponsors: readonly string[]
  organisationId: string
  resultId: string | null
  code: RefusalCode
  capabilities: readonly Texts[]
}

/** Two capabilities that share this much of their telling terms are alike, and so are needs that ask for them. */
const ALIKE_SHARE_MIN = 0.5

/** So many parties that have nothing to do with each other must have refused before their refusals are heard at all. */
const OTHERS_MIN = ALIKE_MIN

/**
 * What the need's side has refused on this need, and what was refused on alike ones, for each refused and each code. Whoever
 * reads the board must not learn what one other sponsor has said. So there are two sums: of refusals on needs whose sponsors
 * include all of this one's, which all its readers know anyhow; and of refusals on needs that share no sponsor with it, which
 * are heard only where `OTHERS_MIN` parties without a sponsor in common said the same, and then count as so many, however
 * many they are. What was said on needs with some of its sponsors is known to some of the readers, and heard in neither. A need without
 * sponsors, such as one in a file, has no refusals of its own elsewhere.
 */
export function gatherRefusals(
  need: { id: string; sponsors: readonly string[]; content: { capabilities: readonly { name: Texts }[] } },
  responses: readonly z.infer<typeof Response>[],
  elsewhere: readonly RefusedElsewhere[],
): Refusals[] {
  const found = new Map<string, Refusals & { parties: (readonly string[])[] }>()
  const entryOf = ({ organisationId, resultId, code }: Pick<Refusals, 'organisationId' | 'resultId' | 'code'>) => {
    const key = [organisationId, resultId, code].join(':')
    const entry = found.get(key) ?? { organisationId, resultId, code, here: 0, own: 0, others: 0, parties: [] }
    found.set(key, entry)
    return entry
  }
  for (const { side, answer, code, organisationId, resultId } of responses)
    if (side === 'need' && answer === 'refusal' && code) entryOf({ organisationId, resultId, code }).here += 1
  const wanted = need.content.capabilities.map(({ name }) => telling(name))
  for (const refused of elsewhere) {
    if (refused.needId === need.id || !areAlike(wanted, refused.capabilities.map(telling))) continue
    if (need.sponsors.length && need.sponsors.every((sponsor) => refused.sponsors.includes(sponsor)))
      entryOf(refused).own += 1
    else if (!need.sponsors.some((sponsor) => refused.sponsors.includes(sponsor)))
      entryOf(refused).parties.push(refused.sponsors)
  }
  return [...found]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { parties, ...one }]) => ({ ...one, others: countApart(parties) >= OTHERS_MIN ? OTHERS_MIN : 0 }))
}

/** How many of these groups have no member in common, counted one after the other, the small ones first. */
function countApart(groups: readonly (readonly string[])[]): number {
  const seen = new Set<string>()
  const sorted = groups
    .map((group) => [...group].sort())
    .sort((a, b) => a.length - b.length || (`${a}` < `${b}` ? -1 : 1))
  let count = 0
  for (const group of sorted) {
    // A need without sponsors is the zone's own.
    const members = group.length ? group : ['zone']
    if (members.some((one) => seen.has(one))) continue
    count += 1
    for (const one of members) seen.add(one)
  }
  return count
}

const telling = (name: Texts): ReadonlySet<string>[] =>
  Object.values(name)
    .map(({ text }) => new Set(termsOf(text).filter(isContentTerm)))
    .filter((terms) => terms.size)

function areAlike(some: readonly ReadonlySet<string>[][], others: readonly ReadonlySet<string>[][]): boolean {
  return some.flat().some((one) => others.flat().some((other) => shareOf(one, other) >= ALIKE_SHARE_MIN))
}

/** The common terms of two sets as a share of all of theirs. */
function shareOf(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  return one.intersection(other).size / one.union(other).size
}
