import type { Reason } from './model.ts'
import type { Book } from './question.ts'
import type { Scored, Support } from './rules.ts'

/** Where somebody stands for a capability among organisations, or among results, and who comes next. */
export type Following = (
  capabilityId: string,
  scored: Scored & { result: number | null },
) => Pick<Reason, 'next' | 'rank'>

/** Orders those who cover each capability by their evidence, so that each covers-reason can name who comes next. */
export function followingIn(book: Book, all: readonly (Scored & { result: number | null })[]): Following {
  const lines = new Map<string, { scored: (typeof all)[number]; support: Support }[]>()
  for (const scored of all)
    for (const support of scored.supports) {
      if (support.level === 0) continue
      const key = lineOf(support.capabilityId, scored)
      const line = lines.get(key) ?? []
      if (line.push({ scored, support }) === 1) lines.set(key, line)
    }
  const places = new Map<string, Map<(typeof all)[number], number>>()
  for (const [key, line] of lines) {
    line.sort(
      (a, b) =>
        b.support.level - a.support.level ||
        b.support.fit - a.support.fit ||
        (idOf(book, a.scored) < idOf(book, b.scored) ? -1 : 1),
    )
    places.set(key, new Map(line.map(({ scored }, at) => [scored, at])))
  }
  return (capabilityId, scored) => {
    const key = lineOf(capabilityId, scored)
    const at = places.get(key)?.get(scored)
    if (at === undefined) return {}
    const line = lines.get(key)!
    const own = line[at]!.support
    const isAlike = ({ support }: (typeof line)[number]) => support.level === own.level && support.fit === own.fit
    const before = line.findIndex(isAlike)
    const behind = line.findIndex((one, place) => place > at && !isAlike(one))
    const alike = (behind < 0 ? line.length : behind) - before
    const rank = { place: before + 1, of: line.length, tied: alike - 1 }
    const next = line[behind]
    if (!next) return { rank, next: null }
    const organisation = book.organisationOf.get(next.scored.organisationId)!
    const text = next.scored.result === null ? null : book.texts[next.scored.result]!
    const best = next.support.texts[0] && book.texts[next.support.texts[0].text]!
    const told = {
      id: text ? text.id : organisation.id,
      name: text ? text.title : organisation.name,
      names: text ? (text.titles ?? {}) : organisation.names,
      level: next.support.level,
      evidence: best ? best.kind : null,
      year: best?.year ?? null,
    }
    return { rank, next: told }
  }
}

const lineOf = (capabilityId: string, { result }: { result: number | null }) =>
  `${result === null ? 'organisation' : 'result'}:${capabilityId}`
const idOf = (book: Book, { organisationId, result }: { organisationId: string; result: number | null }) =>
  result === null ? organisationId : book.texts[result]!.id
