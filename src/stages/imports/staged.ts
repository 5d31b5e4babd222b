import type { Fields } from '../registry/rules.ts'
import { yearFactsOf } from '../registry/year-rules.ts'
import type { Texts } from '../texts.ts'
import type { RowNote, RowRefusal, Subject } from './model.ts'

/** What an organisation's row says: its facts (identifiers among them), and what is only assumed of one that is new. */
export interface OrganisationPayload {
  facts: Fields & { names?: Texts; identifiers?: Record<string, string> }
  assumed: Fields
  naming: Naming
  /** The public identifier under which all zones know it, where it has one. */
  shared: { scheme: string; value: string } | null
  /** Among the facts are figures of years: those that stand are read only then. */
  years?: true
}

/** What a payload says of its facts. */
export const marksOf = (facts: Fields): Pick<OrganisationPayload, 'years'> =>
  Object.keys(yearFactsOf(facts)).length ? { years: true } : {}

export interface ResultPayload {
  facts: Fields & { title?: Texts }
  /** Ids of organisations, the foremost first. */
  owners: string[]
  naming: Naming
}

export interface ProjectPayload {
  facts: Fields & { title?: Texts; objective?: Texts }
  naming: Naming
}

/** Money is minor units as text. Absent members leave what stands. */
export interface ParticipationPayload {
  role?: string
  contribution?: string
  totalCost?: string
  ended?: boolean
}

/** Columns that follow from the facts: what is shown, how it sorts, what a search looks through. */
export type Naming = Record<string, string | boolean>

export type Payload = OrganisationPayload | ResultPayload | ProjectPayload | ParticipationPayload | { facts: Fields }

/** One row as it goes into staging. Without a verdict it is compared with the registry. */
export interface StagedRow {
  ordinal: number
  subject: Subject
  sheet: string
  row: number
  id?: string
  other?: string
  name: string
  verdict?: 'refused' | 'set_aside'
  payload?: Payload
  refusals?: readonly RowRefusal[]
  notes?: readonly RowNote[]
  /** The cells of a refused row, each under its heading, in their order. */
  raw?: readonly (readonly [string, string])[]
}
