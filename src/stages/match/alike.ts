import type { z } from 'zod'
import { termsOf } from '#engines/text/tokens.ts'
import type { Texts } from '../texts.ts'
import { isContentTerm } from './content-words.ts'
import type { RefusalCode, Response } from './model.ts'
import type { Refusals } from './question.ts'

/** A refusal by the side of some need, with the names of what that need asks for. */
export interface RefusedElsewhere {
  needId: string
  organisationId: string
  resultId: string | null
  code: RefusalCode
  capabilities: readonly Texts[]
}

/** Two capabilities that share this much of their telling terms are alike, and so are needs that ask for them. */
const ALIKE_SHARE_MIN = 0.5

/** What the need's side has refused on this need, and on alike ones, for each refused and each code. */
export function gatherRefusals(
  need: { id: string; content: { capabilities: readonly { name: Texts }[] } },
  responses: readonly z.infer<typeof Response>[],
  elsewhere: readonly RefusedElsewhere[],
): Refusals[] {
  const found = new Map<string, Refusals>()
  const count = (one: Pick<Refusals, 'organisationId' | 'resultId' | 'code'>, where: 'here' | 'alike') => {
    const { organisationId, resultId, code } = one
    const key = [organisationId, resultId, code].join(':')
    const known = found.get(key) ?? { organisationId, resultId, code, here: 0, alike: 0 }
    found.set(key, { ...known, [where]: known[where] + 1 })
  }
  for (const { side, answer, code, organisationId, resultId } of responses)
    if (side === 'need' && answer === 'refusal' && code) count({ organisationId, resultId, code }, 'here')
  const wanted = need.content.capabilities.map(({ name }) => telling(name))
  for (const refused of elsewhere)
    if (refused.needId !== need.id && areAlike(wanted, refused.capabilities.map(telling))) count(refused, 'alike')
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one)
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
