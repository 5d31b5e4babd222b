import type { Person } from '#stages/registry/person-model.ts'
import type { Picked } from '../../ui/form/record-picker.tsx'
import { type TextsByLanguage, textsToEdit } from '../../ui/form/texts-field.tsx'

/** A person as the form holds it. */
export interface PersonDraft {
  names: TextsByLanguage
  post: string | null
  organisation: Picked | null
  orcid: string | null
  fields: string[]
  segment: string | null
  talentLevel: string | null
}

export const EMPTY_PERSON: PersonDraft = {
  names: {},
  post: null,
  organisation: null,
  orcid: null,
  fields: [],
  segment: null,
  talentLevel: null,
}

export const personDraftOf = (person: Person): PersonDraft => ({
  names: textsToEdit(person.names),
  post: person.post,
  organisation: person.organisation,
  orcid: person.orcid,
  fields: person.fields,
  segment: person.segment,
  talentLevel: person.talentLevel,
})

/** The named fields as the API takes them. */
export function personToSend(draft: PersonDraft, fields: readonly (keyof PersonDraft)[]) {
  const sent: { [field: string]: unknown } = {}
  for (const field of fields) {
    const value = draft[field]
    if (field === 'organisation') sent.organisation = draft.organisation?.id ?? null
    else if (field === 'names')
      sent.names = Object.fromEntries(Object.entries(draft.names).filter(([, name]) => name?.trim()))
    else sent[field] = typeof value === 'string' ? value.trim() || null : value
  }
  return sent
}
