import { z } from 'zod'
import { ListQuery, pageOf, words } from '../lists.ts'
import { SomeText, Texts, TextsInput } from '../texts.ts'
import { Id, Kind, Money, PartialDate, Tags } from './model.ts'

export const PARTICIPANTS_SHOWN_MAX = 500

export const ProjectRow = z.object({
  id: z.string(),
  rcn: z.string().nullable(),
  grantNumber: z.string().nullable(),
  acronym: z.string().nullable(),
  title: z.string(),
  titles: Texts,
  startDate: z.string().nullable(),
  endDate: z.string().nullable(),
  framework: z.string().nullable(),
  /** Programme parts, as the source names them. */
  parts: z.array(z.string()),
  fields: z.array(z.string()),
  status: z.string().nullable(),
  totalCost: Money.nullable(),
  contribution: Money.nullable(),
  members: z.number(),
})
export type ProjectRow = z.infer<typeof ProjectRow>

export const Participant = z.object({
  id: z.string(),
  name: z.string(),
  kind: Kind,
  country: z.string().nullable(),
  role: z.string(),
  contribution: Money.nullable(),
  ended: z.boolean(),
})
export type Participant = z.infer<typeof Participant>

export const Project = ProjectRow.extend({
  objective: Texts,
  topics: z.array(z.string()),
  scheme: z.string().nullable(),
  /** At most `PARTICIPANTS_SHOWN_MAX`; `members` counts them all. */
  participants: z.array(Participant),
  importId: z.string().nullable(),
  importName: z.string().nullable(),
  updatedAt: z.string(),
})
export type Project = z.infer<typeof Project>

export const PROJECT_SORTS = ['title', 'start', 'members', 'contribution'] as const
const Year = z.coerce.number().int().min(1900).max(2200).optional()
export const ProjectQuery = ListQuery.extend({
  sort: z.enum(PROJECT_SORTS).default('start'),
  part: words,
  framework: words,
  field: words,
  start_from: Year,
  start_to: Year,
  /** Ids of organisations that took part. */
  organisation: words,
  import: z.string().optional(),
  mine: z.stringbool().optional(),
})
export type ProjectQuery = z.output<typeof ProjectQuery>
export const ProjectPage = pageOf(ProjectRow)

const PARTICIPANTS_MAX = 1_000
/** A past project as the demo plants it; all others come by import. */
export const ProjectInput = z.strictObject({
  rcn: z.string().max(40).nullish(),
  acronym: z.string().max(120).nullish(),
  title: SomeText,
  objective: TextsInput.optional(),
  startDate: PartialDate.nullish(),
  endDate: PartialDate.nullish(),
  framework: z.string().max(200).nullish(),
  parts: Tags.optional(),
  fields: Tags.optional(),
  totalCost: Money.nullish(),
  participants: z
    .array(z.strictObject({ organisation: Id, role: z.string().max(60).default('participant') }))
    .max(PARTICIPANTS_MAX),
})
export type ProjectInput = z.input<typeof ProjectInput>
