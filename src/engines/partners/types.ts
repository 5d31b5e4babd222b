/** Who took part in what, as plain data. Ids are opaque; ties break by id. */

export interface PartnerProject {
  readonly id: string
  /** `YYYY-MM-DD`. A project without a start teaches nothing, since nobody can say what came before it. */
  readonly start: string | null
  /** Programme parts, the leading one first. A dotted code (`H2020-EU.3.3.2`) also stands for those above it. */
  readonly parts: readonly string[]
  /** What it was about: title and abstract. */
  readonly text?: string
}

/** An associate took part without being a full member: it lends weight to ties, and is never a member to be found. */
export type PartnerRole = 'coordinator' | 'participant' | 'associate'

export interface PartnerParticipation {
  readonly project: string
  readonly organisation: string
  readonly role: PartnerRole
}

export interface PartnerOrganisation {
  readonly id: string
  readonly name?: string
  /** Any one spelling of a country, the same for all: a code or a name. */
  readonly country?: string
  /** What sort of organisation it is: `HES`, `PRC`, `company`; any closed set. */
  readonly kind?: string
  readonly sme?: boolean
  readonly latitude?: number
  readonly longitude?: number
}

/** Something an organisation can show: a result, a patent, a facility. Without a date it counts as always known. */
export interface PartnerText {
  readonly organisation: string
  readonly text: string
  /** `YYYY-MM-DD` */
  readonly date?: string
}

export interface PartnerRecords {
  readonly projects: readonly PartnerProject[]
  readonly participations: readonly PartnerParticipation[]
  readonly organisations: readonly PartnerOrganisation[]
  readonly texts?: readonly PartnerText[]
}

export interface PartnerQuestion {
  readonly id: string
  /** The programme part asked for, where there is one. */
  readonly part?: string
  /** `YYYY-MM-DD`: nothing from that day on is seen. */
  readonly start: string
  /** Those who are in already. */
  readonly given: readonly string[]
  /** What the consortium is to do. */
  readonly text?: string
}

export const PROJECTS_MAX = 500_000
export const PARTICIPATIONS_MAX = 5_000_000
export const ORGANISATIONS_MAX = 1_000_000
export const TEXTS_MAX = 1_000_000
export const GIVEN_MAX = 500
export const QUESTION_CHARS_MAX = 20_000
/** A project with more members than this says little about who works with whom: its pairs are not counted. */
export const PAIRED_MEMBERS_MAX = 250
export const RANKED_MAX = 10_000
