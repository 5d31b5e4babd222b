import type { Level } from '#engines/cover/model.ts'
import { coverageOf } from '#engines/coverage/collection.ts'
import { FIT_THRESHOLD } from '#engines/coverage/weights.ts'
import { type Desk, openDesk } from '#engines/partners/features.ts'
import { buildHistory } from '#engines/partners/history.ts'
import { type PartnersModel, partnersModel } from '#engines/partners/learn.ts'
import type { PartnerQuestion, PartnerRecords } from '#engines/partners/types.ts'
import { buildIndex } from '#engines/search/build.ts'
import { seededRandom } from '#kit/random.ts'
import { readCordisPartners } from '../../src/cli/cordis-partners.ts'
import { sharedPath } from '../search/sets.ts'
import { salientPhrases } from './phrases.ts'

/** Real consortia of a year, with what was known on the day before it began. */

export const SETS = {
  'cordis-h2020': { zip: 'cordis-h2020projects-csv.zip', year: 2018, yearsToFit: [2016, 2017], withTexts: false },
  'projects-with-organisations': { zip: 'projects-csv.zip', year: 2019, yearsToFit: [2017, 2018], withTexts: true },
} as const
export type SetName = keyof typeof SETS
export const SET_NAMES = Object.keys(SETS) as SetName[]

export const MEMBERS_LEAST = 4
export const MEMBERS_MOST = 12
const SAMPLE_MAX = 150
const SAMPLE_SEED = 1
const PHRASES = 6
/** Of earlier texts, that are evidence for a phrase. */
const KNOWN_TEXTS_MIN = 2
/** Past projects in a part, from which on somebody has level 1, 2 and 3 in it. */
const PROJECTS_BY_LEVEL = [1, 2, 4] as const

export interface Asked extends PartnerQuestion {
  others: readonly string[]
  parts: readonly string[]
}

export interface Year {
  before: string
  /** How many consortia there are, and a sample of them. */
  all: number
  asked: Asked[]
  records: PartnerRecords
  desk: Desk
  model: PartnersModel
  coverage: Coverage
}

/** Nothing dated on the year's first day or later is in the records, the desk, the model or the coverage. */
export async function openYear(name: SetName, year: number): Promise<Year> {
  const set = SETS[name]
  const [before, until] = [`${year}-01-01`, `${year + 1}-01-01`]
  const path = sharedPath(name, set.zip)
  const records = await readCordisPartners(path, before)
  const { withTexts } = set
  return {
    before,
    ...sampleAsked(await readCordisPartners(path, until), { before, withTexts }),
    records,
    desk: openDesk(buildHistory(records, before)),
    model: partnersModel(records, before, { form: 'opening', withTexts })!,
    coverage: withTexts ? coverageByTexts(records) : coverageByParts(records),
  }
}

/** The consortia that began from one day to another, and a sample of them. */
function sampleAsked(
  { projects, participations }: PartnerRecords,
  { before, withTexts }: { before: string; withTexts: boolean },
): { all: number; asked: Asked[] } {
  const members = new Map<string, { lead: Set<string>; all: Set<string> }>()
  for (const { project, organisation, role } of participations) {
    if (role === 'associate') continue
    const those = members.get(project) ?? { lead: new Set(), all: new Set() }
    members.set(project, those)
    those.all.add(organisation)
    if (role === 'coordinator') those.lead.add(organisation)
  }
  const all = projects
    .filter(({ start }) => start !== null && start >= before)
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .flatMap(({ id, parts, text }): Asked[] => {
      const those = members.get(id)
      if (those?.lead.size !== 1 || those.all.size < MEMBERS_LEAST || those.all.size > MEMBERS_MOST) return []
      const given = [...those.lead]
      const others = [...those.all].filter((one) => !those.lead.has(one))
      const asked = { id, start: before, given, others, parts, ...(parts[0] ? { part: parts[0] } : {}) }
      return withTexts && !text ? [] : [{ ...asked, ...(withTexts && text ? { text } : {}) }]
    })
  const random = seededRandom(SAMPLE_SEED)
  const drawn = all.map((one) => ({ one, at: random() })).sort((a, b) => a.at - b.at)
  return { all: all.length, asked: drawn.slice(0, SAMPLE_MAX).map(({ one }) => one) }
}

/** What is required for a question, and the level of each organisation that has one. */
export type Coverage = (question: Asked) => { id: string; levels: ReadonlyMap<string, Level> }[]

/** The programme parts that were seen before: a level by the number of past projects in the part. */
function coverageByParts({ projects, participations }: PartnerRecords): Coverage {
  const partsOf = new Map(projects.map(({ id, parts }) => [id, parts]))
  const counts = new Map<string, Map<string, number>>()
  for (const { project, organisation, role } of participations) {
    if (role === 'associate') continue
    for (const part of new Set(partsOf.get(project))) {
      const inPart = counts.get(part) ?? new Map<string, number>()
      counts.set(part, inPart.set(organisation, (inPart.get(organisation) ?? 0) + 1))
    }
  }
  const levelAt = (count: number) => PROJECTS_BY_LEVEL.filter((least) => count >= least).length as Level
  return ({ parts }) =>
    [...new Set(parts)].flatMap((part) => {
      const inPart = counts.get(part)
      return inPart ? [{ id: part, levels: new Map([...inPart].map(([id, count]) => [id, levelAt(count)])) }] : []
    })
}

/** A project's text is its title, a full stop and its abstract. */
function fieldsOf(text: string): { title: string; text: string } {
  const end = text.indexOf('. ')
  return end < 0 ? { title: text, text: '' } : { title: text.slice(0, end), text: text.slice(end + 2) }
}

/** The phrases that tell a project's text from earlier ones; a past project, delivered, covers them for its members. */
function coverageByTexts({ projects, participations }: PartnerRecords): Coverage {
  const index = buildIndex(projects.flatMap(({ id, text }) => (text ? [{ id, fields: fieldsOf(text) }] : [])))
  const members = new Map<string, string[]>()
  for (const { project, organisation, role } of participations)
    if (role !== 'associate') members.set(project, [...(members.get(project) ?? []), organisation])
  const coveredBy = (phrase: string) => coverageOf({ names: [phrase] }, index, { isStrong: () => true })
  const isKnown = (phrase: string) =>
    coverageOf({ names: [phrase] }, index, { fitMin: FIT_THRESHOLD }).length >= KNOWN_TEXTS_MIN
  return ({ text = '' }) =>
    salientPhrases(text, index, PHRASES, isKnown).map((phrase) => {
      const levels = new Map<string, Level>()
      for (const { id, level } of coveredBy(phrase))
        for (const one of members.get(id) ?? []) levels.set(one, Math.max(level, levels.get(one) ?? 0) as Level)
      return { id: phrase, levels }
    })
}
