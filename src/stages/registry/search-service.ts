import type { z } from 'zod'
import type { Tx } from '#db/db.ts'
import type { Caller } from '../caller.ts'
import type { SearchQuery } from './search-model.ts'
import type { Finder } from './search-store.ts'

export type { Finder } from './search-store.ts'

/** What Ctrl-K finds, stage by stage. */
export async function search(
  tx: Tx,
  caller: Caller,
  { q, limit }: z.output<typeof SearchQuery>,
  finders: readonly Finder[],
) {
  const rows: Awaited<ReturnType<Finder>> = []
  if (q) for (const find of finders) rows.push(...(await find(tx, caller, q, limit)))
  return { rows }
}
