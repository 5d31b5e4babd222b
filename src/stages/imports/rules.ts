import type { Fields } from '../registry/rules.ts'
import type { ImportState } from './model.ts'
import type { ParticipationPayload } from './staged.ts'

type StoredState = Exclude<ImportState, 'cancelled'>
export type Act = 'map' | 'apply' | 'drop' | 'addFile'

/** In which states a person may do what. */
const ACTS: Record<Act, readonly ImportState[]> = {
  map: ['mapping', 'ready'],
  apply: ['ready'],
  drop: ['reading', 'mapping', 'checking', 'ready', 'failed', 'cancelled'],
  addFile: ['mapping'],
}
export const mayAct = (act: Act, state: ImportState): boolean => ACTS[act].includes(state)

/** Where a run stands again once its work was stopped: a check goes back to the mapping, an applying to the preview. */
const AFTER_STOP: Partial<Record<StoredState, ImportState>> = {
  reading: 'cancelled',
  checking: 'mapping',
  applying: 'ready',
}

/** The state that people see: the run's own, unless the work that should move it on was stopped or broke. */
export function stateOf(stored: StoredState, work: string | null): ImportState {
  const stopped = AFTER_STOP[stored]
  if (!stopped) return stored
  if (work === 'cancelled') return stopped
  return work === 'failed' ? (stored === 'applying' ? 'ready' : 'failed') : stored
}

/** The strongest first. */
const ROLES = [
  'coordinator',
  'participant',
  'partner',
  'associatedPartner',
  'internationalPartner',
  'linkedTP',
  'thirdParty',
]
const rankOf = (role: string) => (ROLES.indexOf(role) + ROLES.length + 1) % (ROLES.length + 1)

/** The same organisation twice in one project: the stronger role, the amounts added, ended where every part has ended. */
export function joinParticipations(parts: readonly ParticipationPayload[]): ParticipationPayload {
  const roles = parts.flatMap((part) => part.role ?? [])
  const ended = parts.flatMap((part) => part.ended ?? [])
  const role = roles.toSorted((a, b) => rankOf(a) - rankOf(b))[0]
  const contribution = sumOf(parts.map((part) => part.contribution))
  const totalCost = sumOf(parts.map((part) => part.totalCost))
  return {
    ...(role === undefined ? {} : { role }),
    ...(contribution === undefined ? {} : { contribution }),
    ...(totalCost === undefined ? {} : { totalCost }),
    ...(ended.length === 0 ? {} : { ended: ended.every(Boolean) }),
  }
}

function sumOf(amounts: readonly (string | undefined)[]): string | undefined {
  const said = amounts.filter((amount) => amount !== undefined)
  return said.length ? said.reduce((sum, amount) => sum + BigInt(amount), 0n).toString() : undefined
}

type Member = { text?: unknown }

/** `overlay_fact` of the database: a text by language keeps the languages that the file does not speak. */
export function overlayFact(standing: unknown, said: unknown): unknown {
  if (!isMap(standing) || !isMap(said)) return said
  const news = Object.entries(said).filter(([key, member]) => {
    const text = (member as Member | null)?.text
    return text === undefined || text === null || text !== (standing[key] as Member | null | undefined)?.text
  })
  return { ...standing, ...Object.fromEntries(news) }
}

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A further row of a record that an earlier row brought: the earlier words stand, gaps are filled. */
export function fillFacts(first: Fields, further: Fields): Fields {
  const filled: Fields = { ...first }
  for (const [fact, value] of Object.entries(further))
    filled[fact] = fact in first ? overlayFact(value, first[fact]) : value
  return filled
}
