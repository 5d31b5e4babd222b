import { z } from 'zod'
import { Language } from './texts.ts'

export const PAGE_ROWS_MAX = 200
export const PAGE_ROWS_DEFAULT = 50
/** Beyond this a person filters; a machine exports. */
export const PAGE_NUMBER_MAX = 2_000
const SEARCH_LENGTH_MAX = 200

/** What every list understands. A stage adds its own filters and its `sort` choices. */
export const ListQuery = z.object({
  q: z.string().trim().max(SEARCH_LENGTH_MAX).default(''),
  order: z.enum(['asc', 'desc']).default('asc'),
  page: z.coerce.number().int().min(1).max(PAGE_NUMBER_MAX).default(1),
  size: z.coerce.number().int().min(1).max(PAGE_ROWS_MAX).default(PAGE_ROWS_DEFAULT),
})

export const pageOf = <Row extends z.ZodType>(row: Row) =>
  z.object({ rows: z.array(row), total: z.number().int(), page: z.number().int(), size: z.number().int() })

/** A page as it is answered. */
export const paged = <Row>(query: { page: number; size: number }, found: { rows: Row[]; total: number }) => ({
  ...found,
  page: query.page,
  size: query.size,
})

/** How a list leaves as a file; headings are in the reader's language. */
export const ExportQuery = z.object({
  format: z.enum(['xlsx', 'csv']).default('xlsx'),
  language: Language.default('zh'),
})
export const EXPORT_TYPES = [
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'text/csv; charset=utf-8',
] as const

/** Several choices in one search parameter: `kind=company,fund`. */
export const choices = <T extends string>(values: readonly [T, ...T[]]) =>
  z
    .string()
    .transform((text) => text.split(',').filter(Boolean))
    .pipe(z.array(z.enum(values)))
    .optional()

export const words = z
  .string()
  .max(SEARCH_LENGTH_MAX)
  .transform((text) => text.split(',').filter(Boolean))
  .optional()
