import type { Desk } from '#engines/partners/features.ts'
import type { History } from '#engines/partners/history.ts'
import { rowOf } from '#engines/partners/rows.ts'
import { PAIRED_MEMBERS_MAX } from '#engines/partners/types.ts'

/** What can be counted between an organisation and those given. */
export interface PartnerFacts {
  /** Projects with any of those given, and the year in which the last of them began. */
  shared: number
  sharedLast: string
  /** How many of those given it was in a project with, and how many of them at most in one and the same. */
  known: number
  together: number
  /** Organisations that were in projects with it and with one of those given. */
  common: number
  projects: number
  projectsLast: string
  /** The narrowest programme part in which both it and one of those given were, and its own projects there. */
  part: string
  partProjects: number
  /** How many of those given are from its country. */
  sameCountry: number
  /** The share of all organisations that are from its country. */
  countryShare: number
}

/** Counts for a few organisations, all against the same given ones. */
export function factsAgainst(
  { history, everyone }: Desk,
  given: readonly string[],
): (organisation: string) => PartnerFacts {
  const numbers = given.flatMap((id) => history.organisations.find(id) ?? [])
  const isGiven = new Set(numbers)
  const theirPartners = new Set(numbers.flatMap((one) => [...partnersOf(history, one)]))
  const theirParts = new Set(numbers.flatMap((one) => [...partsOf(history, one).keys()]))
  const home = Map.groupBy(everyone, (one) => history.countryOf[one]!)
  return (organisation) => {
    const one = history.organisations.find(organisation)!
    const met = new Set<number>()
    let [shared, together, sharedLast] = [0, 0, '']
    for (const project of rowOf(history.joined, one)) {
      const there = rowOf(history.members, project).filter((member) => isGiven.has(member))
      if (there.length === 0) continue
      shared += 1
      together = Math.max(together, there.length)
      sharedLast = yearOf(history, project)
      for (const member of there) met.add(member)
    }
    const joined = rowOf(history.joined, one)
    const country = history.countryOf[one]!
    return {
      shared,
      sharedLast,
      known: met.size,
      together,
      common: [...partnersOf(history, one)].filter((partner) => theirPartners.has(partner) && !isGiven.has(partner))
        .length,
      projects: joined.length,
      projectsLast: joined.length ? yearOf(history, joined.at(-1)!) : '',
      ...narrowest(history, partsOf(history, one), theirParts),
      sameCountry: country < 0 ? 0 : numbers.filter((other) => history.countryOf[other] === country).length,
      countryShare: country < 0 ? 0 : (home.get(country)?.length ?? 0) / everyone.length,
    }
  }
}

const yearOf = ({ projects }: History, project: number): string => projects[project]!.start!.slice(0, 4)

function partnersOf(history: History, one: number): Set<number> {
  const found = new Set<number>()
  for (const project of rowOf(history.joined, one)) {
    const members = rowOf(history.members, project)
    if (members.length <= PAIRED_MEMBERS_MAX) for (const member of members) found.add(member)
  }
  found.delete(one)
  return found
}

function partsOf(history: History, one: number): Map<number, number> {
  const counts = new Map<number, number>()
  for (const project of rowOf(history.joined, one))
    for (const part of rowOf(history.projectParts, project)) counts.set(part, (counts.get(part) ?? 0) + 1)
  return counts
}

function narrowest(history: History, own: ReadonlyMap<number, number>, theirs: ReadonlySet<number>) {
  const steps = (part: number) => history.parts.ids[part]!.split('.').length
  const [best] = [...own]
    .filter(([part]) => theirs.has(part))
    .sort(([a, few], [b, many]) => steps(b) - steps(a) || many - few || a - b)
  return { part: best ? history.parts.ids[best[0]]! : '', partProjects: best?.[1] ?? 0 }
}
