import { fuseRanks } from '#engines/search/fuse.ts'
import type { TrecDocument, TrecQuery } from '#engines/search/trec.ts'
import { Fault } from '#kit/fault.ts'
import { type Embedder, embedderFault } from '../embedding/embedder.ts'
import { openEmbedder } from '../embedding/open.ts'
import { packVector, VectorTable } from '../embedding/vectors.ts'
import { readSettings } from '../settings.ts'

/** How deep the two lists are that are joined: what stands far down in both may stand high in neither. */
const FUSED_DEPTH_MIN = 1_000
const PASSAGES_AT_ONCE = 256

/** An embedder by its address; the model's name, key and prefixes come from the environment as they do for the server. */
export function openNamedEmbedder(address: string): Embedder {
  const { embedder: settings } = readSettings({ ...process.env, CONSORTIA_EMBEDDER: address })
  const opened = openEmbedder(settings)
  if (opened.embedder) return opened.embedder
  throw embedderFault(opened.why ?? 'embedder.model', `${address} can’t be opened as an embedder.`)
}

/** How many of each query's hits by words are to be fused, so that the first `k` of both lists are joined. */
export const depthOf = (k: number): number => Math.max(k, FUSED_DEPTH_MIN)

/**
 * A run in TREC form that joins what words find with what is near in meaning, by reciprocal rank. `wordsRun` is a run of
 * the same queries, its lines in their order.
 */
export async function* fuseWithMeaning(
  embedder: Embedder,
  documents: readonly TrecDocument[],
  queries: readonly TrecQuery[],
  wordsRun: AsyncIterable<string>,
  k: number,
): AsyncGenerator<string> {
  const byWords = new Map<string, string[]>()
  for await (const line of wordsRun) {
    const [query = '', , document = ''] = line.split(' ')
    byWords.set(query, [...(byWords.get(query) ?? []), document])
  }
  const table = await embedAll(embedder, documents)
  const depth = depthOf(k)
  for (let at = 0; at < queries.length; at += PASSAGES_AT_ONCE) {
    const some = queries.slice(at, at + PASSAGES_AT_ONCE)
    const texts = some.map(({ text }) => text)
    const vectors = await embedder.embed(texts, { kind: 'query', isPatient: true })
    for (const [place, { id }] of some.entries()) {
      const near = table.nearest(vectors[place]!, depth).near.map(({ key }) => key)
      const fused = fuseRanks([byWords.get(id) ?? [], near]).slice(0, k)
      for (const [rank, one] of fused.entries())
        yield `${id} Q0 ${one.id} ${rank + 1} ${one.score.toFixed(6)} consortia`
    }
  }
}

async function embedAll(embedder: Embedder, documents: readonly TrecDocument[]): Promise<VectorTable> {
  let table: VectorTable | undefined
  for (let at = 0; at < documents.length; at += PASSAGES_AT_ONCE) {
    const some = documents.slice(at, at + PASSAGES_AT_ONCE)
    const texts = some.map(({ title, text }) => `${title ?? ''}\n${text}`.trim())
    const vectors = await embedder.embed(texts, { kind: 'passage' })
    table ??= new VectorTable(vectors[0]!.length)
    for (const [place, { id }] of some.entries()) table.put(id, packVector(vectors[place]!))
  }
  if (!table) throw new Fault('invalid', 'There are no documents.', { rule: 'file.empty' })
  return table
}
