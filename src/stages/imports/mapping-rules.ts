import type { Mapping, Reading, SheetReading } from './model.ts'

/** What a sheet's reading proposes: its heading row and subject, and the columns that were guessed. */
export function proposedSheet(sheet: SheetReading): Mapping['sheets'][number] {
  return {
    index: sheet.index,
    subject: sheet.subject,
    headingRow: sheet.heading.row,
    columns: sheet.columns.flatMap(({ column, field }) => (field ? [{ column, field }] : [])),
  }
}

export const proposedMapping = ({ sheets }: Pick<Reading, 'sheets'>): Mapping => ({ sheets: sheets.map(proposedSheet) })
