import { type Expression, type SqlBool, sql } from 'kysely'
import type { Tx } from '#db/db.ts'
import { foldText } from '#engines/text/fold.ts'
import { dateIn } from '#kit/clock.ts'

const SEARCH_WORDS_MAX = 12

/** A pattern that finds a text anywhere in a folded one. */
export function likePattern(search: string): string {
  return `%${foldText(search).replaceAll(/[%_\\]/g, '\\$&')}%`
}

/** Each word of a search stands somewhere in the folded text of `column`, in any order. */
export function saysAll(column: string, search: string): Expression<SqlBool> {
  const words = search.split(/\s+/u).filter(Boolean).slice(0, SEARCH_WORDS_MAX)
  const found = words.map((word) => sql`${sql.ref(column)} like ${likePattern(word)}`)
  return found.length ? sql<SqlBool>`(${sql.join(found, sql` and `)})` : sql<SqlBool>`true`
}

export async function importName(tx: Tx, zoneId: string, importId: string | null): Promise<string | null> {
  if (!importId) return null
  const row = await tx
    .selectFrom('import_run')
    .select('file_name')
    .where('zone_id', '=', zoneId)
    .where('id', '=', importId)
    .executeTakeFirst()
  return row?.file_name ?? null
}

/** The zone's calendar date at an instant. */
export async function todayIn(tx: Tx, zoneId: string, at: Date): Promise<string> {
  const zone = await tx.selectFrom('zone').select('time_zone').where('id', '=', zoneId).executeTakeFirst()
  return dateIn(zone?.time_zone ?? 'UTC', at)
}
