import type { History } from './history.ts'
import { type Rows, rowOf } from './rows.ts'

/** What a history says of organisations, programme parts, countries and kinds, counted once for all questions. */
export interface Statistics {
  /** Projects as a full member, each halved by every `HALF_LIFE_YEARS` of its age. */
  readonly activity: Float32Array
  readonly projectsCount: Uint32Array
  /** Of those, in the year before. */
  readonly lastYear: Uint32Array
  /** Years since the last start; `NEVER_YEARS` for none. */
  readonly idleYears: Float32Array
  readonly leads: Uint32Array
  /** Mean natural logarithm of the sizes of its projects; that of all where it has none. */
  readonly logSize: Float32Array
  /** Decayed projects of an organisation by part: beside `partsOf.items`. */
  readonly partsOf: Rows
  readonly partWeights: Float32Array
  readonly partTotals: Float32Array
  readonly partMembers: readonly ReadonlyMap<number, number>[]
  /** How alike two parts are by who takes part, 0 to 1: row by row. */
  readonly partLikeness: Float32Array
  /** Full members by country or kind, in all projects and by part. */
  readonly countryCounts: Float64Array
  readonly kindCounts: Float64Array
  readonly partCountry: Float64Array
  readonly partKind: Float64Array
  readonly partCounts: Float64Array
  /** In how many projects two countries meet: row by row. */
  readonly countryMeets: Float64Array
  readonly countryProjects: Float64Array
  /** Decay of a project by its age. */
  readonly freshness: Float32Array
}

export const HALF_LIFE_YEARS = 2
export const NEVER_YEARS = 12

export function countStatistics(history: History): Statistics {
  const { organisations, projects, projectAge, projectSize, members, memberRole, countries, kinds, parts } = history
  const size = organisations.size
  const freshness = projectAge.map((age) => 2 ** (-age / HALF_LIFE_YEARS))
  const activity = new Float32Array(size)
  const projectsCount = new Uint32Array(size)
  const lastYear = new Uint32Array(size)
  const leads = new Uint32Array(size)
  const idleYears = new Float32Array(size).fill(NEVER_YEARS)
  const logSums = new Float64Array(size)
  const partMaps = Array.from({ length: size }, () => new Map<number, number>())
  const countryCounts = new Float64Array(countries.size)
  const kindCounts = new Float64Array(kinds.size)
  const partCountry = new Float64Array(parts.size * countries.size)
  const partKind = new Float64Array(parts.size * kinds.size)
  const partCounts = new Float64Array(parts.size)
  const countryMeets = new Float64Array(countries.size ** 2)
  const countryProjects = new Float64Array(countries.size)
  let logAll = 0
  let full = 0
  for (let project = 0; project < projects.length; project += 1) {
    const ofParts = rowOf(history.projectParts, project)
    const met = new Map<number, number>()
    const logSize = Math.log(Math.max(1, projectSize[project]!))
    for (let at = members.starts[project]!; at < members.starts[project + 1]!; at += 1) {
      if (memberRole[at] === 0) continue
      const organisation = members.items[at]!
      activity[organisation]! += freshness[project]!
      projectsCount[organisation]! += 1
      if (projectAge[project]! <= 1) lastYear[organisation]! += 1
      if (memberRole[at] === 2) leads[organisation]! += 1
      idleYears[organisation] = Math.min(idleYears[organisation]!, projectAge[project]!)
      logSums[organisation]! += logSize
      logAll += logSize
      full += 1
      const country = history.countryOf[organisation]!
      const kind = history.kindOf[organisation]!
      if (country >= 0) {
        countryCounts[country]! += 1
        met.set(country, (met.get(country) ?? 0) + 1)
      }
      if (kind >= 0) kindCounts[kind]! += 1
      const held = partMaps[organisation]!
      for (const part of ofParts) {
        held.set(part, (held.get(part) ?? 0) + freshness[project]!)
        partCounts[part]! += 1
        if (country >= 0) partCountry[part * countries.size + country]! += 1
        if (kind >= 0) partKind[part * kinds.size + kind]! += 1
      }
    }
    if (projectSize[project]! < 2) continue
    for (const country of met.keys()) {
      countryProjects[country]! += 1
      for (const [other, times] of met)
        if (other !== country || times > 1) countryMeets[country * countries.size + other]! += 1
    }
  }
  const mean = full > 0 ? logAll / full : 0
  const logSize = Float32Array.from(projectsCount, (count, organisation) =>
    count > 0 ? logSums[organisation]! / count : mean,
  )
  const flat = flatten(partMaps, parts.size)
  return {
    activity,
    projectsCount,
    lastYear,
    idleYears,
    leads,
    logSize,
    ...flat,
    partLikeness: likenessOf(flat.partMembers),
    countryCounts,
    kindCounts,
    partCountry,
    partKind,
    partCounts,
    countryMeets,
    countryProjects,
    freshness,
  }
}

function flatten(partMaps: readonly ReadonlyMap<number, number>[], partsCount: number) {
  const starts = new Uint32Array(partMaps.length + 1)
  partMaps.forEach((held, at) => {
    starts[at + 1] = starts[at]! + held.size
  })
  const items = new Uint32Array(starts[partMaps.length]!)
  const partWeights = new Float32Array(items.length)
  const partTotals = new Float32Array(partMaps.length)
  const partMembers = Array.from({ length: partsCount }, () => new Map<number, number>())
  partMaps.forEach((held, organisation) => {
    let at = starts[organisation]!
    for (const [part, weight] of [...held].sort(([a], [b]) => a - b)) {
      items[at] = part
      partWeights[at] = weight
      partTotals[organisation]! += weight
      partMembers[part]!.set(organisation, weight)
      at += 1
    }
  })
  return { partsOf: { starts, items }, partWeights, partTotals, partMembers }
}

function likenessOf(partMembers: readonly ReadonlyMap<number, number>[]): Float32Array {
  const size = partMembers.length
  const likeness = new Float32Array(size * size)
  const lengths = partMembers.map((held) => Math.sqrt([...held.values()].reduce((sum, weight) => sum + weight ** 2, 0)))
  for (let part = 0; part < size; part += 1)
    for (let other = part; other < size; other += 1) {
      let product = 0
      const [small, large] =
        partMembers[part]!.size < partMembers[other]!.size
          ? [partMembers[part]!, partMembers[other]!]
          : [partMembers[other]!, partMembers[part]!]
      for (const [organisation, weight] of small) product += weight * (large.get(organisation) ?? 0)
      const length = lengths[part]! * lengths[other]!
      const value = length > 0 ? product / length : 0
      likeness[part * size + other] = value
      likeness[other * size + part] = value
    }
  return likeness
}
