import type { Organisation, Scheme } from '#stages/registry/model.ts'
import type { MoneyOnWire } from '../../lib/format.ts'
import { type TextsByLanguage, textsToEdit } from '../../ui/form/texts-field.tsx'
import { type YearDraft, yearsToEdit, yearsToSend } from './year-draft.ts'

/** An organisation as its form holds it. The names of its fields are those of the API and of the history. */
export interface OrganisationDraft {
  names: TextsByLanguage
  shortName: string | null
  identifiers: Partial<Record<Scheme, string>>
  kind: Organisation['kind'] | null
  size: Organisation['size']
  staff: number | null
  founded: string | null
  country: string | null
  region: string | null
  city: string | null
  address: string | null
  url: string | null
  segment: string | null
  fields: string[]
  titles: string[]
  products: TextsByLanguage
  summary: TextsByLanguage
  revenue: MoneyOnWire | null
  rdSpend: MoneyOnWire | null
  years: YearDraft[]
  contact: { name?: string; email?: string; phone?: string }
  notes: string | null
}

export const emptyDraft = (country: string): OrganisationDraft => ({
  names: {},
  shortName: null,
  identifiers: {},
  kind: 'company',
  size: null,
  staff: null,
  founded: null,
  country,
  region: null,
  city: null,
  address: null,
  url: null,
  segment: null,
  fields: [],
  titles: [],
  products: {},
  summary: {},
  revenue: null,
  rdSpend: null,
  years: [],
  contact: {},
  notes: null,
})

export function draftOf(organisation: Organisation): OrganisationDraft {
  const { kind, size, staff, founded, country, region, city, address, url, segment, fields, titles } = organisation
  const hidden = organisation.private
  return {
    names: textsToEdit(organisation.names),
    shortName: organisation.shortName,
    identifiers: Object.fromEntries(Object.entries(organisation.identifiers).filter(([, value]) => value)),
    kind,
    size,
    staff,
    founded,
    country,
    region,
    city,
    address,
    url,
    segment,
    fields,
    titles,
    products: textsToEdit(organisation.products),
    summary: textsToEdit(organisation.summary),
    revenue: hidden?.revenue ?? null,
    rdSpend: hidden?.rdSpend ?? null,
    years: yearsToEdit(organisation),
    contact: withoutUndefined(hidden?.contact ?? {}),
    notes: hidden?.notes ?? null,
  }
}

const withoutUndefined = (contact: {
  name?: string | undefined
  email?: string | undefined
  phone?: string | undefined
}) => Object.fromEntries(Object.entries(contact).filter(([, value]) => value)) as OrganisationDraft['contact']

type Sent = {
  [K in keyof OrganisationDraft]?:
    | NonNullable<OrganisationDraft[K]>
    | (null extends OrganisationDraft[K] ? null : never)
}

/** The named fields as the API takes them: empty lines as null, blank texts and identifiers left out. */
export function toSend(draft: OrganisationDraft, fields: readonly (keyof OrganisationDraft)[]) {
  const sent: Record<string, unknown> = {}
  for (const field of fields) {
    const value = draft[field]
    if (typeof value === 'string') sent[field] = value.trim() || null
    else if (
      field === 'names' ||
      field === 'products' ||
      field === 'summary' ||
      field === 'identifiers' ||
      field === 'contact'
    )
      sent[field] = withoutBlanks(value as Record<string, string>)
    else if (field === 'years') sent[field] = yearsToSend(value as YearDraft[])
    else sent[field] = value
  }
  if (typeof sent.country === 'string') sent.country = sent.country.toUpperCase()
  return sent as Omit<Sent, 'years'> & {
    kind?: NonNullable<OrganisationDraft['kind']>
    years?: ReturnType<typeof yearsToSend>
  }
}

const withoutBlanks = (values: Record<string, string | undefined>) =>
  Object.fromEntries(
    Object.entries(values)
      .map(([key, text]) => [key, text?.trim() ?? ''] as const)
      .filter(([, text]) => text),
  )
