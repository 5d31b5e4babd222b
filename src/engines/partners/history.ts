import { termsOf } from '#engines/text/tokens.ts'
import { Fault } from '#kit/fault.ts'
import { compareIds, gatherRows, Interned, type Rows } from './rows.ts'
import {
  ORGANISATIONS_MAX,
  PARTICIPATIONS_MAX,
  type PartnerOrganisation,
  type PartnerParticipation,
  type PartnerProject,
  type PartnerRecords,
  type PartnerText,
  PROJECTS_MAX,
  TEXTS_MAX,
} from './types.ts'

/** Everything that was known on the morning of one day, in typed arrays. Nothing of that day or later is in it. */
export interface History {
  /** `YYYY-MM-DD`: the first day that is not seen. */
  readonly before: string
  readonly organisations: Interned
  /** 1 for who may be ranked: listed, or a full member of an earlier project. */
  readonly isCandidate: Uint8Array
  /** By start, then id. */
  readonly projects: readonly PartnerProject[]
  /** Years from the project's start to `before`. */
  readonly projectAge: Float32Array
  /** Full members. */
  readonly projectSize: Uint32Array
  readonly parts: Interned
  /** A project's parts, each with those above it. */
  readonly projectParts: Rows
  /** A project's members, full ones and associates. */
  readonly members: Rows
  /** Beside `members.items`: 1 a participant, 2 the coordinator, 0 an associate. */
  readonly memberRole: Uint8Array
  /** An organisation's projects, the earliest first. */
  readonly joined: Rows
  /** Beside `joined.items`, as `memberRole`. */
  readonly joinedRole: Uint8Array
  readonly countries: Interned
  readonly kinds: Interned
  readonly nameWords: Interned
  /** By organisation; -1 where unknown. */
  readonly countryOf: Int32Array
  readonly kindOf: Int32Array
  /** 1 yes, 0 no, -1 unknown. */
  readonly smeOf: Int8Array
  /** Degrees; NaN where unknown. */
  readonly latitudeOf: Float32Array
  readonly longitudeOf: Float32Array
  readonly nameWordsOf: Rows
  readonly organisationsNamed: Rows
  readonly texts: readonly PartnerText[]
  /** How many texts an organisation shows itself. */
  readonly textsCount: Uint32Array
}

const NAME_WORDS_MAX = 24
const DAY_PATTERN = /^\d{4}-\d\d-\d\d$/

/** Throws Fault('invalid') with rule `partners.bad_day`. */
export function dayNumber(day: string): number {
  const instant = DAY_PATTERN.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN
  if (Number.isNaN(instant) || !new Date(instant).toISOString().startsWith(day))
    throw new Fault('invalid', `${day} is no day.`, { rule: 'partners.bad_day', tip: 'Write days as 2026-05-01.' })
  return instant / 86_400_000
}

/** A dotted code with those above it, the nearest first: `H2020-EU.3.3.2.` → itself, `H2020-EU.3.3`, `H2020-EU.3`. */
export function partLadder(part: string): string[] {
  const steps = part.trim().replace(/\.+$/, '').split('.')
  return steps.map((_, at) => steps.slice(0, steps.length - at).join('.')).slice(0, Math.max(1, steps.length - 1))
}

/**
 * What the records say of the time before a day. Throws Fault('too_large') where there are more records than the limits
 * allow. A project without a start, and one that starts on that day or later, is not looked at.
 */
export function buildHistory(records: PartnerRecords, before: string): History {
  refuseTooMany(records)
  const beforeDay = dayNumber(before)
  const projects = records.projects
    .filter(({ start }) => start !== null && start < before)
    .sort((a, b) => compareIds(a.start!, b.start!) || compareIds(a.id, b.id))
  const projectAt = new Map(projects.map(({ id }, at) => [id, at]))
  const participations = earlierOnce(records.participations, projectAt)
  const listed = new Map(records.organisations.map((organisation) => [organisation.id, organisation]))
  const organisations = new Interned([...listed.keys(), ...participations.map(({ organisation }) => organisation)])
  const projectOf = participations.map(({ project }) => projectAt.get(project)!)
  const organisationOf = participations.map(({ organisation }) => organisations.find(organisation)!)
  const roles = participations.map(({ role }) => ROLE_NUMBERS[role])
  const order = participations.map((_, at) => at)
  const byProject = gatherRows(projects.length, projectOf, order)
  const byOrganisation = gatherRows(organisations.size, organisationOf, order)
  const projectSize = new Uint32Array(projects.length)
  projectOf.forEach((project, at) => {
    if (roles[at]! > 0) projectSize[project]! += 1
  })
  const texts = (records.texts ?? []).filter(({ date }) => date === undefined || date < before)
  const ladders = projects.map(({ parts }) => [...new Set(parts.flatMap(partLadder))])
  const parts = new Interned(ladders.flat())
  return {
    before,
    organisations,
    isCandidate: candidatesOf(organisations, listed, organisationOf, roles),
    projects,
    projectAge: Float32Array.from(projects, ({ start }) => (beforeDay - dayNumber(start!)) / 365.25),
    projectSize,
    parts,
    projectParts: gatherRows(
      projects.length,
      ladders.flatMap((ladder, project) => ladder.map(() => project)),
      ladders.flatMap((ladder) => ladder.map((part) => parts.find(part)!)),
    ),
    members: { starts: byProject.starts, items: byProject.items.map((at) => organisationOf[at]!) },
    memberRole: Uint8Array.from(byProject.items, (at) => roles[at]!),
    joined: { starts: byOrganisation.starts, items: byOrganisation.items.map((at) => projectOf[at]!) },
    joinedRole: Uint8Array.from(byOrganisation.items, (at) => roles[at]!),
    ...attributesOf(organisations, listed),
    texts,
    textsCount: countTexts(organisations, texts),
  }
}

const ROLE_NUMBERS = { associate: 0, participant: 1, coordinator: 2 } as const

function refuseTooMany({ projects, participations, organisations, texts = [] }: PartnerRecords): void {
  for (const [name, list, limit] of [
    ['projects', projects, PROJECTS_MAX],
    ['participations', participations, PARTICIPATIONS_MAX],
    ['organisations', organisations, ORGANISATIONS_MAX],
    ['texts', texts, TEXTS_MAX],
  ] as const)
    if (list.length > limit)
      throw new Fault('too_large', `There are too many ${name}.`, { rule: `partners.${name}`, limit })
}

/** One row a project and organisation, the highest role standing, in the order of projects, then organisations. */
function earlierOnce(
  participations: readonly PartnerParticipation[],
  projectAt: ReadonlyMap<string, number>,
): PartnerParticipation[] {
  const sorted = participations
    .filter(({ project }) => projectAt.has(project))
    .map((row) => ({ row, project: projectAt.get(row.project)! }))
    .sort(
      (a, b) =>
        a.project - b.project ||
        compareIds(a.row.organisation, b.row.organisation) ||
        ROLE_NUMBERS[b.row.role] - ROLE_NUMBERS[a.row.role],
    )
  return sorted
    .filter(
      ({ row, project }, at) =>
        at === 0 || sorted[at - 1]!.project !== project || sorted[at - 1]!.row.organisation !== row.organisation,
    )
    .map(({ row }) => row)
}

function candidatesOf(
  organisations: Interned,
  listed: ReadonlyMap<string, unknown>,
  organisationOf: readonly number[],
  roles: readonly number[],
): Uint8Array {
  const isCandidate = Uint8Array.from(organisations.ids, (id) => (listed.has(id) ? 1 : 0))
  organisationOf.forEach((organisation, at) => {
    if (roles[at]! > 0) isCandidate[organisation] = 1
  })
  return isCandidate
}

function countTexts(organisations: Interned, texts: readonly PartnerText[]): Uint32Array {
  const counts = new Uint32Array(organisations.size)
  for (const { organisation } of texts) {
    const number = organisations.find(organisation)
    if (number !== undefined) counts[number]! += 1
  }
  return counts
}

function attributesOf(organisations: Interned, listed: ReadonlyMap<string, PartnerOrganisation>) {
  const known = organisations.ids.map((id) => listed.get(id))
  const countries = new Interned(known.flatMap((organisation) => organisation?.country || []))
  const kinds = new Interned(known.flatMap((organisation) => organisation?.kind || []))
  const words = known.map((organisation) => wordsOfName(organisation?.name ?? ''))
  const nameWords = new Interned(words.flat())
  const owners = words.flatMap((list, organisation) => list.map(() => organisation))
  const numbers = words.flatMap((list) => list.map((word) => nameWords.find(word)!))
  return {
    countries,
    kinds,
    nameWords,
    countryOf: Int32Array.from(known, (organisation) => countries.find(organisation?.country ?? '') ?? -1),
    kindOf: Int32Array.from(known, (organisation) => kinds.find(organisation?.kind ?? '') ?? -1),
    smeOf: Int8Array.from(known, (organisation) => (organisation?.sme === undefined ? -1 : Number(organisation.sme))),
    latitudeOf: Float32Array.from(known, (organisation) => organisation?.latitude ?? Number.NaN),
    longitudeOf: Float32Array.from(known, (organisation) => organisation?.longitude ?? Number.NaN),
    nameWordsOf: gatherRows(organisations.size, owners, numbers),
    organisationsNamed: gatherRows(nameWords.size, numbers, owners),
  }
}

function wordsOfName(name: string): string[] {
  // A name has too few words to tell its language: the same word is the same in all of them.
  return [...new Set(termsOf(name, { lang: 'en' }))].slice(0, NAME_WORDS_MAX)
}
