import type { Database } from '#db/db.ts'
import type { Row } from '#engines/tables/types.ts'
import { sha256 } from '#kit/ids.ts'
import type { Caller } from '../caller.ts'
import { namingOf } from '../registry/organisation-row.ts'
import { namingOfResult } from '../registry/result-row.ts'
import { type Fields, type Identifiers, publicIdentifier } from '../registry/rules.ts'
import { type Texts, textIn } from '../texts.ts'
import { type Joined, joinRows } from './joined-store.ts'
import type { RowNote, RowRefusal, SheetSubject, Subject } from './model.ts'
import type { Run, Stager } from './stage-store.ts'
import { marksOf, type StagedRow } from './staged.ts'
import { assumedOf, cellsOf, type RowFacts, readOrganisationRow, readResultRow } from './table-facts.ts'
import type { TableIdentity } from './table-identity.ts'
import { rawOf, type SheetPlan } from './table-stage.ts'
import { isExample } from './template.ts'
import { foldName } from './zone-index.ts'

/** Where a row stands, and how its sheet is read. */
export interface RowPlace extends SheetPlan {
  sheet: string
  subject: SheetSubject
  /** Whose results the sheet lists where a row names nobody. */
  owner: string | null
  /** The line above it that heads a part of the table. */
  section: string | null
  /** The last year of which a figure can be known. */
  yearMax: number
}

interface First {
  ordinal: number
  row: number
  /** Of its facts: a further row that says the same has nothing to add. */
  hash: string
}

/** Turns data rows into staged rows: what each says, whom it is about, and what is wrong with it. */
export class TableRows {
  private readonly stager: Stager
  private readonly identity: TableIdentity
  private readonly segments: ReadonlyMap<string, string>
  private readonly firsts = new Map<string, First>()
  private readonly joined: Record<'organisation' | 'result', Joined[]> = { organisation: [], result: [] }
  private readonly refusedNames = new Set<string>()

  constructor(stager: Stager, identity: TableIdentity, segments: ReadonlyMap<string, string>) {
    this.stager = stager
    this.identity = identity
    this.segments = segments
  }

  async setAside(row: Row, sheet: string, of: SheetSubject, note: string, text: string): Promise<void> {
    const subject = of === 'results' ? 'result' : 'organisation'
    await this.stager.add({
      subject,
      sheet,
      row: row.number,
      name: text.slice(0, 120).toWellFormed(),
      verdict: 'set_aside',
      notes: [{ note, value: text }],
    })
  }

  /** `filled` is the row with what its blanks take from the rows above. */
  async take(row: Row, filled: Row, place: RowPlace): Promise<void> {
    const cells = cellsOf(filled, place.plans)
    const organisation = place.subject === 'results' ? null : readOrganisationRow(cells, place.yearMax)
    const result = place.subject === 'organisations' ? null : readResultRow(cells)
    const named = organisation ?? result
    const name = nameOf(named?.facts ?? {})
    if (isExample(name)) return this.setAside(row, place.sheet, place.subject, 'aside.example', name)
    const isThere = organisation !== null && says(organisation.facts, 'names')
    const owner =
      organisation &&
      (isThere || place.subject === 'organisations' ? await this.takeOrganisation(row, place, organisation) : null)
    if (!result || (place.subject === 'both' && !says(result.facts, 'title') && isThere)) return
    await this.takeResult(row, place, result, { isOwned: isThere, owner })
  }

  private async takeOrganisation(row: Row, place: RowPlace, read: RowFacts): Promise<string | null> {
    const { facts, assumed, report } = read
    if (typeof facts.segment === 'string') facts.segment = this.segments.get(foldName(facts.segment)) ?? facts.segment
    if (!says(facts, 'names'))
      report.refuse({ heading: headingOf(place, 'organisation.name') }, null, 'organisation.no_name')
    const found = report.refusals.length ? null : this.identity.organisation(facts)
    if (found?.rule) report.refuse({ heading: headingOf(place, 'organisation.name') }, nameOf(facts), found.rule)
    if (!found?.id) {
      for (const { text } of Object.values((facts.names ?? {}) as Texts)) this.refusedNames.add(foldName(text))
      await this.refuse('organisation', row, place, read)
      return null
    }
    await this.stageOrganisation(row.number, place.sheet, found.id, {
      facts,
      assumed,
      notes: notesOf(report.notes, place),
    })
    return found.id
  }

  private async stageOrganisation(
    row: number,
    sheet: string,
    id: string,
    { facts, assumed, notes }: { facts: Fields; assumed: Fields; notes: RowNote[] },
  ): Promise<void> {
    const identifiers = (facts.identifiers ?? {}) as Identifiers
    const naming = namingOf({ ...facts, names: (facts.names ?? {}) as Texts, identifiers })
    const shared = publicIdentifier(identifiers)
    const said = naming.nameless ? [...notes, { note: 'nameless' }] : notes
    const staged = {
      subject: 'organisation' as const,
      sheet,
      row,
      id,
      name: naming.display_name,
      payload: { facts, assumed, naming, shared, ...marksOf(facts) },
    }
    await this.addOrJoin(staged, facts, said)
    this.identity.learnOrganisation(id, facts)
  }

  private async takeResult(
    row: Row,
    place: RowPlace,
    read: RowFacts,
    { isOwned, owner }: { isOwned: boolean; owner: string | null },
  ): Promise<void> {
    const { facts, report } = read
    if (!says(facts, 'title')) report.refuse({ heading: headingOf(place, 'result.title') }, null, 'result.no_title')
    if (isOwned && !owner) report.refuse({ heading: headingOf(place, 'organisation.name') }, null, 'owner.refused')
    const owners = report.refusals.length ? [] : await this.ownersOf(row, place, read, owner)
    const found = report.refusals.length ? null : this.identity.result(facts, owners)
    if (found?.rule) report.refuse({ heading: headingOf(place, 'result.ipNumber') }, null, found.rule)
    if (found?.id && !owners.length && !this.firsts.has(found.id) && !this.identity.isStanding(found.id))
      report.refuse({ heading: headingOf(place, 'result.owners') }, null, 'result.no_owner')
    if (!found?.id || report.refusals.length) return this.refuse('result', row, place, read)
    const naming = namingOfResult({ ...facts, title: facts.title as Texts })
    const notes = notesOf(report.notes, place)
    const staged = {
      subject: 'result' as const,
      sheet: place.sheet,
      row: row.number,
      id: found.id,
      name: naming.display_title,
      payload: { facts, owners, naming },
    }
    if (found.removed)
      await this.stager.add({ ...staged, verdict: 'set_aside', notes: [...notes, { note: 'removed' }] })
    else await this.addOrJoin(staged, { ...facts, owners }, notes)
    this.identity.learnResult(found.id, facts, owners)
  }

  /** The ids of a result's owners. One that nobody knows is added as an organisation of its name. */
  private async ownersOf(
    row: Row,
    place: RowPlace,
    { owners, report }: RowFacts,
    own: string | null,
  ): Promise<string[]> {
    const ids = own ? [own] : []
    const added: { id: string; facts: Fields; name: string }[] = []
    const named = owners.map(({ name, planned: { plan } }) => ({ name, heading: plan.heading }))
    if (own === null && named.length === 0 && place.owner !== null)
      named.push({ name: place.owner, heading: headingOf(place, 'result.owners') })
    for (const { name, heading } of named) {
      const found = this.identity.owner(name)
      const isKnown = found.id !== undefined && (this.firsts.has(found.id) || this.identity.isStanding(found.id))
      // A name of which one row was refused still owns where another row brought it, or the zone has it.
      if (!isKnown && this.refusedNames.has(foldName(name))) report.refuse({ heading }, name, 'owner.refused')
      else if (found.rule) report.refuse({ heading }, name, found.rule)
      else if (found.id) {
        ids.push(found.id)
        if (!isKnown) added.push({ id: found.id, facts: found.facts, name })
      }
    }
    if (report.refusals.length) return []
    for (const { id, facts, name } of added) {
      const assumed = assumedOf(facts)
      await this.stageOrganisation(row.number, place.sheet, id, {
        facts,
        assumed,
        notes: [{ note: 'from_owner', value: name }],
      })
    }
    return [...new Set(ids)]
  }

  private async addOrJoin(
    row: Omit<StagedRow, 'ordinal'> & { subject: 'organisation' | 'result'; id: string },
    facts: Fields,
    notes: RowNote[],
  ): Promise<void> {
    const hash = sha256(JSON.stringify(facts))
    const first = this.firsts.get(row.id)
    const ordinal = this.stager.reserve()
    if (!first) {
      this.firsts.set(row.id, { ordinal, row: row.row, hash })
      await this.stager.add({ ...row, ordinal, notes })
      return
    }
    if (first.hash !== hash) this.joined[row.subject].push({ first: first.ordinal, further: ordinal })
    await this.stager.add({
      ...row,
      ordinal,
      verdict: 'set_aside',
      notes: [...notes, { note: 'joined', row: first.row }],
    })
  }

  private async refuse(subject: Subject, row: Row, place: RowPlace, { facts, report }: RowFacts): Promise<void> {
    const refusals: RowRefusal[] = report.refusals
    const raw = rawOf(row, place.columns)
    const name = nameOf(facts) || raw.map(([, text]) => text).find(Boolean) || ''
    await this.stager.add({
      subject,
      sheet: place.sheet,
      row: row.number,
      name: name.slice(0, 300).toWellFormed(),
      verdict: 'refused',
      refusals,
      notes: report.notes,
      raw,
      payload: { facts },
    })
  }

  async finish(database: Database, caller: Caller, run: Run): Promise<void> {
    await this.stager.finish()
    for (const subject of ['organisation', 'result'] as const)
      await joinRows(database, caller, run, subject, this.joined[subject])
  }
}

const says = (facts: Fields, fact: 'names' | 'title') =>
  Object.keys((facts[fact] ?? {}) as object).length > 0 ||
  (fact === 'names' && Object.keys((facts.identifiers ?? {}) as object).length > 0)

const nameOf = (facts: Fields) => textIn((facts.names ?? facts.title ?? {}) as Texts, 'zh')

const headingOf = ({ plans }: RowPlace, field: string) => plans.find((plan) => plan.field === field)?.heading ?? ''

const notesOf = (notes: readonly RowNote[], { section }: RowPlace): RowNote[] =>
  section ? [...notes, { note: 'section', value: section }] : [...notes]
