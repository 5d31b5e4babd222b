import pg from 'pg'
import type { TrecDocument } from '#engines/search/trec.ts'
import { startPostgres } from '../../src/testing/postgres.ts'

export interface PostgresOptions {
  /** `ts_rank` or `ts_rank_cd`. */
  rank?: string
  /** PostgreSQL's own number for how length is taken into account. */
  normalisation?: number
}

export const POSTGRES_GRID: readonly PostgresOptions[] = [
  {},
  { normalisation: 2 },
  { rank: 'ts_rank' },
  { rank: 'ts_rank', normalisation: 1 },
]
const ROWS_AT_ONCE = 5_000

/** PostgreSQL's full text search behind the door that the peers have: English, the title weighing most, a GIN index. */
export async function openPostgres({ rank = 'ts_rank_cd', normalisation = 0 }: PostgresOptions = {}) {
  const server = await startPostgres()
  const client = new pg.Client({ connectionString: server.url })
  await client.connect()
  await client.query(
    `set max_parallel_workers_per_gather = 2; set work_mem = '256MB'; set maintenance_work_mem = '512MB'`,
  )
  return {
    async add(documents: readonly TrecDocument[]) {
      await client.query('create table documents (id text, words tsvector)')
      for (let from = 0; from < documents.length; from += ROWS_AT_ONCE) {
        const rows = documents.slice(from, from + ROWS_AT_ONCE)
        await client.query(
          `insert into documents select id, setweight(to_tsvector('english', title), 'A') || to_tsvector('english', text)
           from unnest($1::text[], $2::text[], $3::text[]) as given (id, title, text)`,
          [rows.map(({ id }) => id), rows.map(({ title }) => title ?? ''), rows.map(({ text }) => text)],
        )
      }
      await client.query('create index on documents using gin (words); analyze documents')
    },
    async search(text: string, k: number): Promise<string[]> {
      const { rows } = await client.query<{ id: string }>(
        `with asked as (select replace(plainto_tsquery('english', $1)::text, '&', '|')::tsquery as query)
         select id from documents, asked where words @@ query
         order by ${rank}(words, query, ${normalisation}) desc, id limit $2`,
        [text, k],
      )
      return rows.map(({ id }) => id)
    },
    async close() {
      await client.end()
      await server.stop()
    },
  }
}
