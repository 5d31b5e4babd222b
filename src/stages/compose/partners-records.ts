import type { PartnerOrganisation, PartnerRecords, PartnerText } from '#engines/partners/types.ts'

/** Which record a text stands in, so that it can be told when that changes. */
export type KeyedText = PartnerText & { key: string }
export type KeyedRecords = Omit<PartnerRecords, 'texts'> & { texts: readonly KeyedText[] }

/** What has become of a few of a zone's records: what is there takes the place of what was, the rest of what is named is gone. */
export interface PartnerChanges {
  version: string
  organisations: { named: readonly string[]; there: readonly PartnerOrganisation[] }
  texts: { named: readonly string[]; there: readonly KeyedText[] }
}

/** The records with those changes. */
export function applyPartnerChanges(records: KeyedRecords, { organisations, texts }: PartnerChanges): KeyedRecords {
  const goneOrganisations = new Set(organisations.named)
  const goneTexts = new Set(texts.named)
  return {
    ...records,
    organisations: [...records.organisations.filter(({ id }) => !goneOrganisations.has(id)), ...organisations.there],
    texts: sortedTexts([...records.texts.filter(({ key }) => !goneTexts.has(key)), ...texts.there]),
  }
}

/** By record and owner, so that what was followed stands in the same order as what is read anew. */
export function sortedTexts(texts: readonly KeyedText[]): KeyedText[] {
  const keyOf = ({ key, organisation }: KeyedText) => `${key} ${organisation}`
  return texts
    .map((text) => ({ text, by: keyOf(text) }))
    .sort((a, b) => (a.by < b.by ? -1 : a.by > b.by ? 1 : 0))
    .map(({ text }) => text)
}
