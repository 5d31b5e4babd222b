// The peers behind one door each: `open(options)` gives { add(documents), search(text, k) → ids, close() }; documents are
// { id, title?, text }. GRID holds the settings that were tried, the first being the peer's own defaults (any word counts,
// since a need's words never all stand in one document).
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect, Index as LanceIndex, MatchQuery } from '@lancedb/lancedb'
import { create, insertMultiple, search as searchOrama } from '@orama/orama'
import flexsearch from 'flexsearch'
import MiniSearch from 'minisearch'

const STOP_WORDS = new Set(
  'a an and are as at be but by for from has have if in into is it its no not of on or such that the their then there these they this to was were what which will with'.split(
    ' ',
  ),
)
const ORAMA_LOTS = 1000

export const PEERS = {
  minisearch: {
    grid: [
      {},
      { boost: { title: 3 } },
      { boost: { title: 3 }, stop: true },
      { boost: { title: 3 }, stop: true, b: 0.75 },
    ],
    open({ boost = {}, stop = false, b = 0.7 } = {}) {
      const index = new MiniSearch({
        fields: ['title', 'text'],
        processTerm: (word) => (stop && STOP_WORDS.has(word.toLowerCase()) ? null : word.toLowerCase()),
      })
      return {
        add: (documents) => index.addAll(documents),
        search: (text, k) =>
          index
            .search(text, { boost, bm25: { k: 1.2, b, d: 0.5 } })
            .slice(0, k)
            .map(({ id }) => id),
        close() {},
      }
    },
  },
  orama: {
    grid: [
      {},
      { stemming: true },
      { stemming: true, boost: { title: 3 } },
      { stemming: true, boost: { title: 3 }, stop: true },
    ],
    open({ stemming = false, boost = {}, stop = false } = {}) {
      const tokenizer = { stemming, ...(stop ? { stopWords: [...STOP_WORDS] } : {}) }
      const index = create({ schema: { title: 'string', text: 'string' }, components: { tokenizer } })
      return {
        add: (documents) =>
          insertMultiple(
            index,
            documents.map((one) => ({ ...one, title: one.title ?? '' })),
            ORAMA_LOTS,
          ),
        search: async (text, k) =>
          (await searchOrama(index, { term: text, limit: k, threshold: 1, boost })).hits.map(({ id }) => id),
        close() {},
      }
    },
  },
  flexsearch: {
    grid: [{}, { encoder: 'LatinBalance' }, { encoder: 'LatinBalance', resolution: 24 }, { resolution: 24 }],
    open({ encoder = 'Default', resolution = 9 } = {}) {
      const index = new flexsearch.Index({ tokenize: 'strict', encoder: flexsearch.Charset[encoder], resolution })
      return {
        add(documents) {
          for (const { id, title, text } of documents) index.add(id, title ? `${title} ${text}` : text)
        },
        search: (text, k) => index.search(text, { limit: k, suggest: true }),
        close() {},
      }
    },
  },
  lancedb: {
    grid: [{}, { stem: false, removeStopWords: false }, { withPosition: false }],
    async open(options = {}) {
      const folder = mkdtempSync(join(tmpdir(), 'consortia-lance-'))
      const database = await connect(folder)
      let table
      return {
        async add(documents) {
          const rows = documents.map(({ id, title, text }) => ({ id, text: title ? `${title} ${text}` : text }))
          table = await database.createTable('documents', rows)
          await table.createIndex('text', { config: LanceIndex.fts({ withPosition: false, ...options }) })
          await table.waitForIndex(['text_idx'], 600)
        },
        search: async (text, k) =>
          (
            await table.query().fullTextSearch(new MatchQuery(text, 'text')).select(['id', '_score']).limit(k).toArray()
          ).map(({ id }) => id),
        close() {
          database.close()
          rmSync(folder, { recursive: true, force: true })
        },
      }
    },
  },
}
