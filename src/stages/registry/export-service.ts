import { readAs } from '#db/caller.ts'
import type { Tx } from '#db/db.ts'
import { type ExportColumn, type ExportLanguage, exportFile, exportLanguage } from '#http/export-file.ts'
import type { World } from '../../world.ts'
import type { Caller } from '../caller.ts'
import { type Language, type Texts, textIn } from '../texts.ts'
import { ORGANISATION_EXPORT, PROJECT_EXPORT, RESULT_EXPORT } from './columns.ts'
import { todayIn } from './list-store.ts'
import { yearColumns } from './year-columns.ts'

export interface ExportedList<Row> {
  /** What the file and its sheet are called. */
  name: Record<ExportLanguage, string>
  columns: readonly ExportColumn<Row>[]
  /** Columns that are there where rows have something for them. */
  further?: (rows: readonly Row[]) => readonly ExportColumn<Row>[]
}

export const ORGANISATION_LIST = {
  name: { zh: '机构名录', en: 'Organisations' },
  columns: ORGANISATION_EXPORT,
  further: yearColumns,
}
export const RESULT_LIST = { name: { zh: '成果', en: 'Results' }, columns: RESULT_EXPORT }
export const PROJECT_LIST = { name: { zh: '过往项目', en: 'Past projects' }, columns: PROJECT_EXPORT }

/**
 * A list as a file. The rows are read in one snapshot, which ends before the first byte leaves, so that a slow reader
 * holds nobody up.
 */
export async function exportList<Row>(
  world: World,
  caller: Caller,
  { format, language }: { format: 'xlsx' | 'csv'; language: Language },
  list: ExportedList<Row>,
  read: (tx: Tx, today: string) => Promise<{ rows: Row[]; total: number }>,
): Promise<Response> {
  const words = exportLanguage(language)
  const { rows, total, zone, today } = await readAs(world.database, caller, async (tx) => {
    const date = await todayIn(tx, caller.zoneId, world.clock.now())
    const found = await tx.selectFrom('zone').select('name').where('id', '=', caller.zoneId).executeTakeFirst()
    return { ...(await read(tx, date)), zone: textIn((found?.name as Texts) ?? {}, words), today: date }
  })
  const name = [zone, list.name[words], today]
  const columns = [...list.columns, ...(list.further?.(rows) ?? [])]
  return exportFile({ format, language: words, columns, rows, total, name })
}
