import type { PartnerQuestion, PartnerRecords } from '#engines/partners/types.ts'
import { buildIndex } from '#engines/search/build.ts'

/** The plain rankers of the shared data's READMEs, over the same records. */
export type Ranker = (question: PartnerQuestion) => string[]

const PAIRED_MAX = 60
const POPULAR_SHARE = 0.2
const NEIGHBOURS = 50

export function baselinesOf({ projects, participations }: PartnerRecords): Record<string, Ranker> {
  const members = new Map<string, Set<string>>(projects.map(({ id }) => [id, new Set()]))
  for (const { project, organisation, role } of participations)
    if (role !== 'associate') members.get(project)?.add(organisation)
  const popularity = new Map<string, number>()
  const inPart = new Map<string, Map<string, number>>()
  const together = new Map<string, Map<string, number>>()
  for (const { id, parts } of projects) {
    const joined = [...members.get(id)!]
    const part = inPart.get(parts[0] ?? '?') ?? new Map<string, number>()
    inPart.set(parts[0] ?? '?', part)
    for (const one of joined) {
      popularity.set(one, (popularity.get(one) ?? 0) + 1)
      part.set(one, (part.get(one) ?? 0) + 1)
    }
    if (joined.length < 2 || joined.length > PAIRED_MAX) continue
    for (const one of joined) {
      const row = together.get(one) ?? new Map<string, number>()
      together.set(one, row)
      for (const other of joined) if (other !== one) row.set(other, (row.get(other) ?? 0) + 1 / (joined.length - 1))
    }
  }
  const all = [...popularity.keys()]
  const partOf = ({ part }: PartnerQuestion) => inPart.get(part ?? '?') ?? new Map<string, number>()
  const sums = ({ given }: PartnerQuestion) => {
    const sum = new Map<string, number>()
    for (const one of given)
      for (const [other, weight] of together.get(one) ?? []) sum.set(other, (sum.get(other) ?? 0) + weight)
    return sum
  }
  const rank = (question: PartnerQuestion, score: (one: string) => number): string[] => {
    const given = new Set(question.given)
    const part = partOf(question)
    return all
      .filter((one) => !given.has(one))
      .map((one) => ({ one, score: score(one), inPart: part.get(one) ?? 0, all: popularity.get(one)! }))
      .sort((a, b) => b.score - a.score || b.inPart - a.inPart || b.all - a.all || Number(a.one) - Number(b.one))
      .map(({ one }) => one)
  }
  const withTexts = projects.filter(({ text }) => text)
  const index = buildIndex(withTexts.map(({ id, text }) => ({ id, fields: { text } })))
  return {
    popularity: (question) => rank(question, () => 0),
    'co-occurrence': (question) => {
      const sum = sums(question)
      return rank(question, (one) => sum.get(one) ?? 0)
    },
    'co-occurrence + popularity': (question) => {
      const [sum, part, given] = [sums(question), partOf(question), new Set(question.given)]
      const most = Math.max(1, ...part.values())
      const top = Math.max(0, ...[...sum].filter(([one]) => !given.has(one)).map(([, weight]) => weight)) || 1
      return rank(question, (one) => (sum.get(one) ?? 0) + (POPULAR_SHARE * (part.get(one) ?? 0) * top) / most)
    },
    ...(withTexts.length === 0
      ? {}
      : {
          'text nearest neighbours': (question: PartnerQuestion) => {
            const sum = new Map<string, number>()
            for (const { id, score } of index.search(question.text ?? '', { k: NEIGHBOURS, plain: true }))
              for (const one of members.get(id)!) sum.set(one, (sum.get(one) ?? 0) + score)
            return rank(question, (one) => sum.get(one) ?? 0)
          },
        }),
  }
}
