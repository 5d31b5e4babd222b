import { z } from 'zod'
import { choices, ListQuery, pageOf, words } from '../lists.ts'
import { SomeText, Texts, TextsInput } from '../texts.ts'
import { Money, STAFF_MAX } from './nouns.ts'
import { OrganisationYear, YearsInput } from './year-model.ts'

export const KINDS = ['company', 'university', 'institute', 'fund', 'government', 'association', 'other'] as const
export const SIZES = ['micro', 'small', 'medium', 'large'] as const
export const SCHEMES = ['uscc', 'pic', 'ror', 'lei', 'vat'] as const
export const TRL_MIN = 1
export const TRL_MAX = 9

const NAME_LENGTH_MAX = 300
const SHORT_LENGTH_MAX = 120
const NOTES_LENGTH_MAX = 10_000
const TAGS_MAX = 40
const FACT_NAME_LENGTH_MAX = 60
const KEEPS_MAX = 200

export const Kind = z.enum(KINDS)
export type Kind = z.infer<typeof Kind>
export const Size = z.enum(SIZES)
export const Scheme = z.enum(SCHEMES)
export type Scheme = z.infer<typeof Scheme>

/** The id of a record, as people's requests give it. */
export const Id = z.guid()

const Tag = z.string().trim().min(1).max(SHORT_LENGTH_MAX)
export const Tags = z.array(Tag).max(TAGS_MAX)
/** A date that may be known only to its year or month: `2024`, `2024-03`, `2024-03-05`. */
export const PartialDate = z.string().regex(/^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/, 'date.format')
export { Money }
export const WebAddress = z
  .string()
  .trim()
  .max(500)
  .regex(/^https?:\/\/\S+$/, 'url.format')

/** By whom a field was set, where it is not the record's own source; and what the source says now, where it differs. */
export const Edited = z.record(z.string(), z.object({ at: z.string(), who: z.string().nullable() }))
export const SourceSays = z.record(
  z.string(),
  z.object({ value: z.unknown(), importId: z.string(), at: z.string(), answered: z.boolean().optional() }),
)
/** Facts of which a person has read what the source says now, and lets ours stand. */
export const Keeps = z.array(z.string().max(FACT_NAME_LENGTH_MAX)).max(KEEPS_MAX)
export const Provenance = z.object({
  /** The import that brought the record, or null where a person typed it. */
  importId: z.string().nullable(),
  importName: z.string().nullable(),
  edited: Edited,
  sourceSays: SourceSays,
})

const identifiers = z.partialRecord(Scheme, z.string().trim().max(60))
const Contact = z.object({ name: z.string().max(200), email: z.string().max(200), phone: z.string().max(60) }).partial()

/** What a person may set of an organisation. */
const organisationFacts = {
  names: SomeText,
  shortName: z.string().trim().max(SHORT_LENGTH_MAX).nullable(),
  identifiers,
  kind: Kind,
  size: Size.nullable(),
  staff: z.number().int().min(0).max(STAFF_MAX).nullable(),
  founded: PartialDate.nullable(),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, 'country.format')
    .nullable(),
  region: z.string().trim().max(SHORT_LENGTH_MAX).nullable(),
  city: z.string().trim().max(SHORT_LENGTH_MAX).nullable(),
  address: z.string().trim().max(NAME_LENGTH_MAX).nullable(),
  url: WebAddress.nullable(),
  segment: z.string().trim().max(60).nullable(),
  fields: Tags,
  titles: Tags,
  products: TextsInput,
  summary: TextsInput,
  revenue: Money.nullable(),
  rdSpend: Money.nullable(),
  years: YearsInput,
  contact: Contact,
  notes: z.string().max(NOTES_LENGTH_MAX).nullable(),
}
const OrganisationFacts = z.strictObject(organisationFacts).partial()
export type OrganisationFacts = z.output<typeof OrganisationFacts>

export const OrganisationInput = OrganisationFacts.extend({ names: SomeText })
export type OrganisationInput = z.output<typeof OrganisationInput>

/** A change names only what changes, and the revision it was made on: a newer one is shown instead of overwritten. */
export const OrganisationChange = OrganisationFacts.extend({
  revision: z.number().int().min(1),
  keeps: Keeps.optional(),
})

export const OrganisationRow = z.object({
  id: z.string(),
  name: z.string(),
  names: Texts,
  /** True where the source knows no name and the identifier is shown instead. */
  nameless: z.boolean(),
  kind: Kind,
  size: Size.nullable(),
  country: z.string().nullable(),
  region: z.string().nullable(),
  city: z.string().nullable(),
  segment: z.string().nullable(),
  fields: z.array(z.string()),
  titles: z.array(z.string()),
  results: z.number(),
  projects: z.number(),
  updatedAt: z.string(),
})
export type OrganisationRow = z.infer<typeof OrganisationRow>

export const Partner = z.object({
  id: z.string(),
  name: z.string(),
  kind: Kind,
  projects: z.number(),
  latest: z.string().nullable(),
})
export const ProjectBrief = z.object({
  id: z.string(),
  rcn: z.string().nullable(),
  acronym: z.string().nullable(),
  title: z.string(),
  titles: Texts,
  startDate: z.string().nullable(),
  endDate: z.string().nullable(),
  parts: z.array(z.string()),
  role: z.string().nullable(),
  members: z.number(),
})
export const ResultBrief = z.object({
  id: z.string(),
  title: z.string(),
  titles: Texts,
  trl: z.number().nullable(),
  fields: z.array(z.string()),
})

/** An organisation's page. `private` is null for those who may not read it. */
export const Organisation = OrganisationRow.omit({ results: true, projects: true }).extend({
  shortName: z.string().nullable(),
  identifiers: z.partialRecord(Scheme, z.string()),
  staff: z.number().nullable(),
  founded: z.string().nullable(),
  address: z.string().nullable(),
  latitude: z.number().nullable(),
  longitude: z.number().nullable(),
  url: z.string().nullable(),
  products: Texts,
  summary: Texts,
  results: z.array(ResultBrief),
  projects: z.array(ProjectBrief),
  projectsTotal: z.number(),
  partners: z.array(Partner),
  mergedInto: z.string().nullable(),
  private: z
    .object({
      contact: Contact,
      notes: z.string().nullable(),
      revenue: Money.nullable(),
      rdSpend: Money.nullable(),
      /** What it earned, spent and employed, the latest year first. */
      years: z.array(OrganisationYear),
    })
    .nullable(),
  provenance: Provenance,
  mayEdit: z.boolean(),
  revision: z.number(),
})
export type Organisation = z.infer<typeof Organisation>

export const ORGANISATION_SORTS = ['name', 'kind', 'size', 'region', 'results', 'projects', 'updated'] as const
export const OrganisationQuery = ListQuery.extend({
  sort: z.enum(ORGANISATION_SORTS).default('name'),
  kind: choices(KINDS),
  size_class: choices(SIZES),
  country: words,
  region: words,
  segment: words,
  field: words,
  title: words,
  import: z.string().optional(),
  nameless: z.stringbool().optional(),
  /** Only the caller's own organisation. */
  mine: z.stringbool().optional(),
  /** With at least one recognised title. */
  titled: z.stringbool().optional(),
})
export const OrganisationPage = pageOf(OrganisationRow)

export const Saved = z.object({ id: z.string(), revision: z.number() })
