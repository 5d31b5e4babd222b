import type { IpKind, IpStatus, Result, WANTED_DEALS } from '#stages/registry/result-model.ts'
import type { Picked } from '../../ui/form/record-picker.tsx'
import { type TextsByLanguage, textsToEdit } from '../../ui/form/texts-field.tsx'

export interface IpDraft {
  kind: IpKind
  number: string | null
  status: IpStatus | null
  expires: string | null
}

/** A result as its form holds it, its fields named as in the API and the history. */
export interface ResultDraft {
  title: TextsByLanguage
  summary: TextsByLanguage
  owners: Picked[]
  fields: string[]
  segment: string | null
  trl: number | null
  trlSaid: string | null
  ip: IpDraft[]
  inventors: string[]
  wantedDeal: (typeof WANTED_DEALS)[number][]
  dated: string | null
}

export const emptyResult = (owner: Picked | null): ResultDraft => ({
  title: {},
  summary: {},
  owners: owner ? [owner] : [],
  fields: [],
  segment: null,
  trl: null,
  trlSaid: null,
  ip: [],
  inventors: [],
  wantedDeal: [],
  dated: null,
})

export const resultDraftOf = (result: Result): ResultDraft => ({
  title: textsToEdit(result.titles),
  summary: textsToEdit(result.summary),
  owners: result.owners.map(({ id, name }) => ({ id, name })),
  fields: result.fields,
  segment: result.segment,
  trl: result.trl,
  trlSaid: result.trlSaid,
  ip: result.ip.map(({ kind, number, status, expires }) => ({ kind, number, status, expires })),
  inventors: result.inventors,
  wantedDeal: result.wantedDeal,
  dated: result.dated,
})

/** The named fields as the API takes them. */
export function resultToSend(draft: ResultDraft, fields: readonly (keyof ResultDraft)[]) {
  const sent: Partial<Record<keyof ResultDraft, unknown>> = {}
  for (const field of fields) {
    const value = draft[field]
    if (field === 'owners') sent.owners = draft.owners.map(({ id }) => id)
    else if (field === 'title' || field === 'summary') sent[field] = withoutBlanks(draft[field])
    else sent[field] = typeof value === 'string' ? value.trim() || null : value
  }
  return sent
}

const withoutBlanks = (texts: TextsByLanguage): TextsByLanguage =>
  Object.fromEntries(Object.entries(texts).filter(([, text]) => text?.trim()))
