import { checkLei, checkPic, checkRor, checkUscc } from '#kit/identifiers.ts'
import { keyedId } from '#kit/ids.ts'
import { organisationIdOf } from '../registry/identity.ts'
import type { Ip } from '../registry/result-model.ts'
import type { Fields, Identifiers } from '../registry/rules.ts'
import { type Texts, textIn, toTexts } from '../texts.ts'
import {
  addName,
  addResult,
  foldName,
  type Identities,
  identifierKey,
  type NamedOrganisation,
  type Results,
  titleKey,
} from './zone-index.ts'

/** Which record a row is about, or by which rule that can't be told. */
export type Identified = { id: string; rule?: undefined } | { rule: string; id?: undefined }

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Tells organisations and results apart: those of the zone, and those that the file has brought so far. */
export class TableIdentity {
  private readonly zoneId: string
  private readonly identities: Identities
  private readonly names: Map<string, NamedOrganisation[]>
  private readonly results: Results
  /** Ids that the zone has, before the file. */
  private readonly standing: ReadonlySet<string>

  constructor(zoneId: string, identities: Identities, names: Map<string, NamedOrganisation[]>, results: Results) {
    this.zoneId = zoneId
    this.identities = identities
    this.names = names
    this.results = results
    this.standing = new Set([
      ...identities.byIdentifier.values(),
      ...[...names.values()].flatMap((known) => known.map(({ id }) => id)),
      ...results.byNumber.values(),
      ...results.byTitle.values(),
    ])
  }

  /** Whether the zone has a record of this id already. */
  isStanding(id: string): boolean {
    return this.standing.has(id)
  }

  /** By identifier, else by name and place, else a new one. */
  organisation(facts: Fields): Identified {
    const identifiers = (facts.identifiers ?? {}) as Identifiers
    const hits = new Set(
      Object.entries(identifiers).flatMap(
        ([scheme, value]) => this.identities.byIdentifier.get(identifierKey(scheme, value)) ?? [],
      ),
    )
    if (hits.size > 1) return { rule: 'organisation.two_identities' }
    const [hit] = hits
    if (hit) return { id: hit }
    const named = this.named((facts.names ?? {}) as Texts, facts, identifiers)
    if (named.length === 1) return { id: named[0]!.id }
    if (named.length > 1) return { rule: 'organisation.ambiguous_name' }
    return { id: this.newOrganisation(facts, identifiers) }
  }

  /** An owner as a result's row or a mapping gives it: an id of the zone's, an identifier, or a name. */
  owner(text: string): Identified & { facts: Fields } {
    if (UUID.test(text)) return this.isStanding(text) ? { id: text, facts: {} } : { rule: 'owner.unknown', facts: {} }
    for (const [scheme, check] of Object.entries({ uscc: checkUscc, ror: checkRor, lei: checkLei, pic: checkPic })) {
      const checked = check(text)
      if ('value' in checked) {
        const facts = { identifiers: { [scheme]: checked.value } }
        return { ...this.organisation(facts), facts }
      }
    }
    const facts = { names: toTexts(text.replace(/\s+/g, ' '), 'imported'), identifiers: {} }
    return { ...this.organisation(facts), facts }
  }

  /** Makes what a row says of an organisation known to the rows after it. */
  learnOrganisation(id: string, facts: Fields): void {
    const identifiers = (facts.identifiers ?? {}) as Record<string, string>
    for (const [scheme, value] of Object.entries(identifiers)) {
      const key = identifierKey(scheme, value)
      if (!this.identities.byIdentifier.has(key)) this.identities.byIdentifier.set(key, id)
    }
    const { country, city } = facts as { country?: string; city?: string }
    addName(this.names, (facts.names ?? {}) as Texts, { id, country: country ?? null, city: city ?? null, identifiers })
  }

  /** The organisations of these names that nothing in place or identifiers tells apart from the row. */
  private named(texts: Texts, { country, city }: Fields, identifiers: Identifiers): NamedOrganisation[] {
    const found = Object.values(texts).flatMap(({ text }) => this.names.get(foldName(text)) ?? [])
    const fitting = new Map(
      found
        .filter((known) => agrees(known.country, country) && agrees(known.city, city))
        .filter((known) =>
          Object.entries(identifiers).every(([scheme, value]) => agrees(known.identifiers[scheme], value)),
        )
        .map((known) => [known.id, known]),
    )
    if (fitting.size <= 1) return [...fitting.values()]
    const exact = [...fitting.values()].filter((known) => city !== undefined && same(known.city, city))
    return exact.length === 1 ? exact : [...fitting.values()]
  }

  private newOrganisation({ names, country, city }: Fields, identifiers: Identifiers): string {
    const name = textIn((names ?? {}) as Texts, 'zh')
    const said = (country as string | undefined) ?? null
    const id = organisationIdOf(this.zoneId, { identifiers, name, country: said })
    const isTaken = this.names.get(foldName(name))?.some((known) => known.id === id)
    const own = isTaken
      ? keyedId('organisation', this.zoneId, 'name', foldName(name), said ?? '', foldName(String(city ?? '')))
      : id
    return this.identities.merged.get(own) ?? own
  }

  /** By a right's number, else by title and owner, else a new one. */
  result(facts: Fields, owners: readonly string[]): Identified & { removed?: boolean } {
    const numbers = numbersOf(facts)
    const hits = new Set(numbers.flatMap((number) => this.results.byNumber.get(number) ?? []))
    if (hits.size > 1) return { rule: 'result.two_identities' }
    const [hit] = hits
    if (hit) return { id: hit }
    const titles = Object.values((facts.title ?? {}) as Texts).map(({ text }) => text)
    for (const title of titles)
      for (const owner of owners) {
        const known = this.results.byTitle.get(titleKey(title, owner))
        if (known) return { id: known }
      }
    const [number] = numbers
    const id = number
      ? keyedId('result', this.zoneId, 'ip', number)
      : keyedId('result', this.zoneId, 'title', foldName(titles[0] ?? ''), owners[0] ?? '')
    return { id, removed: this.results.removed.has(id) }
  }

  learnResult(id: string, facts: Fields, owners: readonly string[]): void {
    addResult(this.results, { id, title: (facts.title ?? {}) as Texts, numbers: numbersOf(facts), owners })
  }
}

const NUMBER_LENGTH_MIN = 6
/** Numbers that tell a result apart: long enough to be one. */
function numbersOf(facts: Fields): string[] {
  return ((facts.ip ?? []) as Ip[]).flatMap(({ number }) =>
    number && number.length >= NUMBER_LENGTH_MIN ? [number] : [],
  )
}

const same = (known: string | null | undefined, said: unknown) => foldName(known ?? '') === foldName(String(said ?? ''))
/** Two words do not contradict each other where one of them is missing, or where both say the same. */
const agrees = (known: string | null | undefined, said: unknown) => !known || !said || same(known, said)
