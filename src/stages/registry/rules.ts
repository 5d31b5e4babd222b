import { Fault } from '#kit/fault.ts'
import { type Checked, checkLei, checkPic, checkRor, checkUscc } from '#kit/identifiers.ts'
import { checkVat } from '#kit/vat.ts'
import type { Scheme } from './model.ts'
import { SCHEMES } from './model.ts'

export type Identifiers = Partial<Record<Scheme, string>>

const CHECKS: Record<Scheme, (text: string) => Checked> = {
  uscc: checkUscc,
  pic: checkPic,
  ror: checkRor,
  lei: checkLei,
  vat: checkVat,
}

/** Identifiers as they are kept: normalised, checked by their checksums. Throws `invalid` that names each wrong one. */
export function checkIdentifiers(said: Identifiers): Identifiers {
  const kept: Identifiers = {}
  const issues = []
  for (const scheme of SCHEMES) {
    const text = said[scheme]
    if (!text) continue
    const checked = CHECKS[scheme](text)
    if ('value' in checked) kept[scheme] = checked.value
    else issues.push({ path: `identifiers.${scheme}`, rule: `${scheme}.${checked.rule}` })
  }
  if (issues.length)
    throw new Fault('invalid', 'An identifier is not right.', {
      rule: 'body.form',
      issues,
      tip: 'Compare it with the document.',
    })
  return kept
}

/** The identifier under which all zones know an organisation: the first that it has, in the order of `SCHEMES`. */
export function publicIdentifier(identifiers: Identifiers): { scheme: Scheme; value: string } | null {
  for (const scheme of SCHEMES) {
    const value = identifiers[scheme]
    if (value) return { scheme, value }
  }
  return null
}

export type Fields = Record<string, unknown>
export interface FactState {
  edited: Record<string, { at: string; who: string | null }>
  /** `answered` is true once a person has seen the source's word and set another. */
  sourceSays: Record<string, { value: unknown; importId: string; at: string; answered?: boolean }>
}

/**
 * A later import against what stands: a field that a person has set keeps its value, and what the source says now is
 * kept beside it; any other field takes the source's word. An import that says nothing of a field leaves it as it is.
 * The same import twice changes nothing the second time.
 */
export function mergeImport(
  standing: Fields,
  facts: FactState,
  incoming: Fields,
  { importId, at }: { importId: string; at: string },
): { changes: Fields; facts: FactState; changed: boolean } {
  const changes: Fields = {}
  const sourceSays = { ...facts.sourceSays }
  let told = false
  for (const [field, value] of Object.entries(incoming)) {
    if (isEmpty(value)) continue
    const said = sourceSays[field]
    if (!facts.edited[field]) {
      if (!equal(standing[field], value)) changes[field] = value
    } else if (equal(standing[field], value)) {
      delete sourceSays[field]
    } else if (!said || !equal(said.value, value)) {
      sourceSays[field] = { value, importId, at }
      told = true
    }
  }
  return { changes, facts: { edited: facts.edited, sourceSays }, changed: told || Object.keys(changes).length > 0 }
}

/** What a person sets is the person's from then on. What the source said before stays beside it, as answered,
 * also where the person keeps what stands (`keeps`). */
export function mergeEdit(
  standing: Fields,
  facts: FactState,
  said: Fields,
  {
    who,
    at,
    importId,
    keeps = [],
  }: { who: string | null; at: string; importId: string | null; keeps?: readonly string[] | undefined },
): { changes: Fields; facts: FactState; kept: string[] } {
  const changes = Object.fromEntries(Object.entries(said).filter(([field, value]) => !equal(standing[field], value)))
  const edited = { ...facts.edited }
  const sourceSays = { ...facts.sourceSays }
  for (const field of Object.keys(changes)) {
    const before = sourceSays[field]
    if (before) sourceSays[field] = { ...before, answered: true }
    else if (importId && !edited[field] && !isEmpty(standing[field]))
      sourceSays[field] = { value: standing[field], importId, at, answered: true }
    edited[field] = { at, who }
  }
  const kept = keeps.filter((field) => sourceSays[field] && !sourceSays[field].answered)
  for (const field of kept) sourceSays[field] = { ...sourceSays[field]!, answered: true }
  return { changes, facts: { edited, sourceSays }, kept }
}

/** What a change is called in the history: kept, where the source's word was answered and nothing else was said. */
export const actionOf = ({ changes, kept }: { changes: Fields; kept: readonly string[] }) =>
  kept.length > 0 && Object.keys(changes).length === 0 ? 'kept' : 'changed'

/** Facts that a person typed with a new record: they are the person's, so a later import leaves them as they are. */
export function typedFacts(facts: Fields, by: { who: string | null; at: string }): FactState['edited'] {
  return Object.fromEntries(
    Object.entries(facts)
      .filter(([, value]) => !isEmpty(value))
      .map(([fact]) => [fact, by]),
  )
}

export function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === '') return true
  return typeof value === 'object' && Object.keys(value).length === 0
}

function equal(a: unknown, b: unknown): boolean {
  return plain(a) === plain(b)
}

const plain = (value: unknown): string =>
  JSON.stringify(value ?? null, (_key, member) =>
    typeof member === 'bigint'
      ? String(member)
      : member && typeof member === 'object' && !Array.isArray(member)
        ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
        : member,
  )
