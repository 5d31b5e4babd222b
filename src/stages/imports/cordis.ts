import { Fault } from '#kit/fault.ts'
import { keyedId } from '#kit/ids.ts'
import { type CordisDownload, type CordisSource, openCordis } from '../../files/cordis.ts'
import type { CordisOrganisation, CordisRead } from '../../files/cordis-rows.ts'
import { namingOf } from '../registry/organisation-row.ts'
import { namingOfProject } from '../registry/project-service.ts'
import type { Fields } from '../registry/rules.ts'
import type { Texts } from '../texts.ts'
import { factsOfOrganisation, factsOfProject, notesOfDoubts, participationOf, vatOf } from './cordis-facts.ts'
import { type Joined, joinRows } from './joined-store.ts'
import type { RowNote } from './model.ts'
import { fillFacts } from './rules.ts'
import type { Stager, StagingWork, Tally } from './stage-store.ts'
import { type Identities, identifierKey, loadIdentities, loadProjects, type Projects } from './zone-index.ts'

export const CORDIS_STAGED_ROWS_MAX = 2_000_000
export const CORDIS_ORGANISATIONS_MAX = 300_000
const TAGS_OF_PROJECT_MAX = 60
/** More ids than the bounds above let in; its square still fits a double. */
const PLACES_MAX = 2 ** 26

/** Reads a CORDIS download into staging: projects, organisations (once each) and who took part in what. */
export async function stageCordis(source: CordisSource, work: StagingWork): Promise<Tally> {
  let bytes = 0
  const download = await openCordis(source, { onBytes: (piece) => (bytes += piece) })
  try {
    const tell = () => work.progress('staging', bytes, Math.max(bytes, download.bytes))
    const projects = await stageProjects(download, work, tell)
    const organisations = new OrganisationRows(work, projects, await loadIdentities(work.database, work.caller))
    let rows = 0
    for await (const read of download.organisations(work.signal)) {
      await organisations.take(read, download.files.organization ?? 'organization.csv')
      if (++rows % 500 === 0) tell()
    }
    await organisations.finish()
    return { asides: {}, mapped: [], projectsAlone: projects.all - projects.joined.size }
  } finally {
    download.close()
  }
}

interface FileProjects {
  /** How the file's organisations name a project (its id, or its record number) → the project's id. */
  byName: Map<string, string>
  /** Projects of the zone, for rows whose project is not in this file. */
  standing: Projects
  all: number
  /** Projects of this file in which an organisation took part. */
  joined: Set<string>
}

async function stageProjects(download: CordisDownload, work: StagingWork, tell: () => void): Promise<FileProjects> {
  const fields = await tagsOf(download.euroSciVoc(work.signal), (tag) => [tag.projectId, tag.title])
  const topics = await tagsOf(download.topics(work.signal), (topic) => [topic.projectId, topic.topic])
  const standing = await loadProjects(work.database, work.caller)
  const sheet = download.files.project ?? 'project.csv'
  const projects: FileProjects = { byName: new Map(), standing, all: 0, joined: new Set() }
  const rowOf = new Map<string, number>()
  const rcns = new Map<string, string>()
  for await (const read of download.projects(work.signal)) {
    if (read.record === null) {
      const raw = read.raw ?? {}
      const refusals = read.refusals.map(({ column, value, rule }) => ({ column, value, rule }))
      await add(work, {
        subject: 'project',
        sheet,
        row: read.line,
        name: raw.acronym || raw.id || '',
        verdict: 'refused',
        refusals,
        raw: Object.entries(raw),
      })
      continue
    }
    const { record } = read
    const id = standing.byRcn.get(record.rcn) ?? keyedId('project', work.run.zoneId, 'rcn', record.rcn)
    projects.byName.set(record.grantNumber, id)
    rcns.set(record.rcn, id)
    const facts = factsOfProject(record, fields.get(record.grantNumber) ?? [], topics.get(record.grantNumber) ?? [])
    const naming = namingOfProject({ ...facts, title: (facts.title ?? {}) as Texts })
    const known = rowOf.get(id)
    const joined = known !== undefined
    const notes: RowNote[] = [...notesOfDoubts(read.doubts), ...(joined ? [{ note: 'joined', row: known }] : [])]
    if (!joined) rowOf.set(id, read.line)
    await add(work, {
      subject: 'project',
      sheet,
      row: read.line,
      id,
      name: naming.display_title,
      payload: { facts, naming },
      notes,
      ...(joined ? { verdict: 'set_aside' as const } : {}),
    })
    if (rowOf.size % 500 === 0) tell()
  }
  for (const [rcn, id] of rcns) if (!projects.byName.has(rcn)) projects.byName.set(rcn, id)
  projects.all = rowOf.size
  return projects
}

async function tagsOf<T>(
  rows: AsyncIterable<CordisRead<T>>,
  read: (record: T) => [project: string, tag: string],
): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>()
  for await (const { record } of rows) {
    if (record === null) continue
    const [project, tag] = read(record)
    const tags = found.get(project) ?? []
    found.set(project, tags)
    if (tag && tags.length < TAGS_OF_PROJECT_MAX && !tags.includes(tag)) tags.push(tag)
  }
  return found
}

async function add({ stager }: StagingWork, row: Parameters<Stager['add']>[0]): Promise<void> {
  if (stager.count >= CORDIS_STAGED_ROWS_MAX)
    throw new Fault('too_large', 'The download has more rows than can be taken at once.', {
      rule: 'import.rows',
      limit: CORDIS_STAGED_ROWS_MAX,
    })
  await stager.add(row)
}

interface Gathered {
  ordinal: number
  row: number
  id: string
  facts: Fields
  notes: RowNote[]
  /** Known under another identity, merged by a person: its facts are the other's own affair. */
  alias: boolean
}

/** Gathers organisation.csv: each organisation once, by its PIC, and each of its parts in a project. */
class OrganisationRows {
  private readonly work: StagingWork
  private readonly projects: FileProjects
  private readonly identities: Identities
  private readonly byPic = new Map<string, Gathered>()
  private readonly places = new Map<string, number>()
  /** Project and organisation → the ordinal of the row that first named the two together. */
  private readonly parts = new Map<number, number>()
  private readonly repeated: Joined[] = []
  private readonly vats = new Map<string, string>()
  private sheet = ''

  constructor(work: StagingWork, projects: FileProjects, identities: Identities) {
    this.work = work
    this.projects = projects
    this.identities = identities
  }

  async take(read: CordisRead<CordisOrganisation>, sheet: string): Promise<void> {
    this.sheet = sheet
    if (read.record === null) {
      const raw = read.raw ?? {}
      const refusals = read.refusals.map(({ column, value, rule }) => ({ column, value, rule }))
      const name = raw.name || raw.organisationID || ''
      await add(this.work, {
        subject: 'participation',
        sheet,
        row: read.line,
        name,
        verdict: 'refused',
        refusals,
        raw: Object.entries(raw),
      })
      return
    }
    const organisation = this.gather(read.record, read.line, notesOfDoubts(read.doubts))
    await this.stagePart(read.record, read.line, organisation)
  }

  private gather(record: CordisOrganisation, row: number, notes: RowNote[]): Gathered {
    const facts = factsOfOrganisation(record, notes)
    facts.identifiers = this.identifiersOf(record)
    const known = this.byPic.get(record.pic)
    if (known) {
      known.facts = fillFacts(known.facts, facts)
      return known
    }
    const own = keyedId('organisation', 'pic', record.pic)
    const mapped = this.identities.byIdentifier.get(identifierKey('pic', record.pic)) ?? own
    const id = this.identities.merged.get(mapped) ?? mapped
    const alias = id !== mapped || (this.identities.merged.has(own) && id !== own)
    const gathered = { ordinal: this.work.stager.reserve(), row, id, facts, notes, alias }
    this.byPic.set(record.pic, gathered)
    if (this.byPic.size > CORDIS_ORGANISATIONS_MAX)
      throw new Fault('too_large', 'The download has more organisations than can be taken at once.', {
        rule: 'import.organisations',
        limit: CORDIS_ORGANISATIONS_MAX,
      })
    return gathered
  }

  /** The VAT number belongs to the first PIC that brings it: several PICs of one firm share theirs. */
  private identifiersOf(record: CordisOrganisation): Record<string, string> {
    const vat = vatOf(record)
    if (vat === null) return { pic: record.pic }
    const mine =
      this.identities.byIdentifier.get(identifierKey('pic', record.pic)) ?? keyedId('organisation', 'pic', record.pic)
    const holder = this.identities.byIdentifier.get(identifierKey('vat', vat)) ?? this.vats.get(vat) ?? mine
    this.vats.set(vat, holder)
    return holder === mine ? { pic: record.pic, vat } : { pic: record.pic }
  }

  private async stagePart(record: CordisOrganisation, row: number, organisation: Gathered): Promise<void> {
    const { byName, standing, joined } = this.projects
    const project =
      byName.get(record.projectId) ?? standing.byGrant.get(record.projectId) ?? standing.byRcn.get(record.projectId)
    const part = { subject: 'participation' as const, sheet: this.sheet, row, name: record.name || record.pic }
    if (!project) {
      const refusals = [{ column: 'projectID', value: record.projectId, rule: 'cordis.unknown_project' }]
      await add(this.work, { ...part, verdict: 'refused', refusals, raw: rawOf(record) })
      return
    }
    joined.add(project)
    const payload = participationOf(record)
    const key = this.placeOf(project) * PLACES_MAX + this.placeOf(organisation.id)
    const first = this.parts.get(key)
    const ids = { id: project, other: organisation.id, payload }
    if (first === undefined) {
      const ordinal = this.work.stager.reserve()
      this.parts.set(key, ordinal)
      await add(this.work, { ...part, ...ids, ordinal })
    } else {
      const further = this.work.stager.reserve()
      this.repeated.push({ first, further })
      await add(this.work, { ...part, ...ids, ordinal: further, verdict: 'set_aside', notes: [{ note: 'joined' }] })
    }
  }

  private placeOf(id: string): number {
    const known = this.places.get(id)
    if (known !== undefined) return known
    this.places.set(id, this.places.size)
    return this.places.size - 1
  }

  async finish(): Promise<void> {
    const firstOf = new Map<string, number>()
    for (const [pic, { ordinal, row, id, facts, notes, alias }] of this.byPic) {
      const identifiers = facts.identifiers as Record<string, string>
      const naming = namingOf({ ...facts, names: (facts.names ?? {}) as Texts, identifiers })
      const before = firstOf.get(id)
      const aside = alias || before !== undefined
      const said: RowNote[] = [
        ...notes,
        ...(alias ? [{ note: 'merged' }] : before !== undefined ? [{ note: 'joined', row: before }] : []),
        ...(naming.nameless && !aside ? [{ note: 'nameless' }] : []),
      ]
      if (!aside) firstOf.set(id, row)
      await this.work.stager.add({
        ordinal,
        subject: 'organisation',
        sheet: this.sheet,
        row,
        id,
        name: naming.display_name,
        payload: { facts, assumed: {}, naming, shared: { scheme: 'pic', value: pic } },
        notes: said,
        ...(aside ? { verdict: 'set_aside' as const } : {}),
      })
    }
    await this.work.stager.finish()
    const { database, caller, run } = this.work
    await joinRows(database, caller, run, 'participation', this.repeated)
  }
}

/** What a row said, so that it can be mended, by the official column names. */
function rawOf(record: CordisOrganisation): [string, string][] {
  const cents = (amount: bigint | null) => (amount === null ? '' : (Number(amount) / 100).toFixed(2))
  return Object.entries({
    projectID: record.projectId,
    organisationID: record.pic,
    vatNumber: record.vat,
    name: record.name,
    shortName: record.shortName,
    SME: record.sme === null ? '' : String(record.sme),
    activityType: record.activityType,
    street: record.street,
    postCode: record.postCode,
    city: record.city,
    country: record.country,
    role: record.role,
    ecContribution: cents(record.contributionCents),
    totalCost: cents(record.totalCostCents),
  })
}
