import { z } from 'zod'
import { ListQuery, pageOf, words } from '../lists.ts'
import { SomeText, Texts } from '../texts.ts'
import { Id, Tags } from './model.ts'

const POST_LENGTH_MAX = 200
const LEVEL_LENGTH_MAX = 60

const personFacts = {
  names: SomeText,
  post: z.string().trim().max(POST_LENGTH_MAX).nullable(),
  organisation: Id.nullable(),
  orcid: z.string().trim().max(60).nullable(),
  fields: Tags,
  segment: z.string().trim().max(60).nullable(),
  talentLevel: z.string().trim().max(LEVEL_LENGTH_MAX).nullable(),
}
const PersonFacts = z.strictObject(personFacts).partial()
export type PersonFacts = z.output<typeof PersonFacts>
export const PersonInput = PersonFacts.extend({ names: SomeText })
export type PersonInput = z.output<typeof PersonInput>
export const PersonChange = PersonFacts.extend({ revision: z.number().int().min(1) })

export const PersonRow = z.object({
  id: z.string(),
  name: z.string(),
  names: Texts,
  post: z.string().nullable(),
  organisation: z.object({ id: z.string(), name: z.string() }).nullable(),
  orcid: z.string().nullable(),
  fields: z.array(z.string()),
  segment: z.string().nullable(),
  talentLevel: z.string().nullable(),
  updatedAt: z.string(),
})
export type PersonRow = z.infer<typeof PersonRow>

export const Person = PersonRow.extend({
  importId: z.string().nullable(),
  importName: z.string().nullable(),
  mayEdit: z.boolean(),
  revision: z.number(),
})
export type Person = z.infer<typeof Person>

export const PERSON_SORTS = ['name', 'organisation', 'level', 'updated'] as const
export const PersonQuery = ListQuery.extend({
  sort: z.enum(PERSON_SORTS).default('name'),
  field: words,
  segment: words,
  level: words,
  organisation: words,
  mine: z.stringbool().optional(),
})
export type PersonQuery = z.output<typeof PersonQuery>
export const PersonPage = pageOf(PersonRow)
