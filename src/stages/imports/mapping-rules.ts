import type { Mapping, Reading } from './model.ts'

/** What the reading proposes: each sheet's heading row and subject, and the columns that were guessed. */
export function proposedMapping({ sheets }: Pick<Reading, 'sheets'>): Mapping {
  return {
    sheets: sheets.map((sheet) => ({
      index: sheet.index,
      subject: sheet.subject,
      headingRow: sheet.heading.row,
      columns: sheet.columns.flatMap(({ column, field }) => (field ? [{ column, field }] : [])),
    })),
  }
}

/** The proposal with some columns named by their headings: `{ "企业名称": "organisation.name", "备注": null }`; null leaves one out. */
export function withHeadings(
  reading: Pick<Reading, 'sheets'>,
  byHeading: Readonly<Record<string, string | null>>,
): Mapping {
  const mapping = proposedMapping(reading)
  return {
    sheets: mapping.sheets.map((sheet) => {
      const { columns } = reading.sheets.find(({ index }) => index === sheet.index)!
      const named = columns.filter(({ heading }) => heading in byHeading)
      const fields = named.flatMap(({ heading }) => byHeading[heading] ?? [])
      const kept = sheet.columns.filter(
        ({ column, field }) => !named.some((one) => one.column === column) && !fields.includes(field),
      )
      const said = named.flatMap(({ column, heading }) => {
        const field = byHeading[heading]
        return field ? [{ column, field }] : []
      })
      return { ...sheet, columns: [...kept, ...said].sort((a, b) => a.column - b.column) }
    }),
  }
}
