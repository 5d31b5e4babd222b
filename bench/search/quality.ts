import { cellOf, type Measure, measureRanker, measureSet } from './measure.ts'
import { listPeers, type Peer } from './peers.ts'
import { readSet, SETS, type TestSet } from './sets.ts'

/** `node bench/search/quality.ts`: each peer by every setting of its grid, best by the mean of nDCG@10, beside the engine. */

async function measurePeer(peer: Peer, options: object, sets: readonly TestSet[]): Promise<Measure[]> {
  const measures: Measure[] = []
  for (const set of sets) {
    const opened = await peer.open(options)
    await opened.add(set.documents)
    measures.push(await measureRanker(set, (text) => opened.search(text, 100)))
    await opened.close()
  }
  return measures
}

const rowOf = (name: string, measures: readonly Measure[]) => `| ${name} | ${measures.map(cellOf).join(' | ')} |`
const meanGain = (measures: readonly Measure[]) => measures.reduce((sum, { gain10 }) => sum + gain10, 0)

const names = SETS.filter((name) => readSet(name))
const sets = names.map((name) => readSet(name)!)
console.log(`| | ${names.join(' | ')} |\n|---|${names.map(() => '---|').join('')}`)
for (const peer of await listPeers()) {
  const tried: { options: object; measures: Measure[] }[] = []
  for (const options of peer.grid) tried.push({ options, measures: await measurePeer(peer, options, sets) })
  const best = tried.toSorted((a, b) => meanGain(b.measures) - meanGain(a.measures))[0]!
  console.log(rowOf(`${peer.name} ${JSON.stringify(best.options)}`, best.measures))
}
for (const [name, plain] of [
  ['the engine, its BM25 alone', true],
  ['**the engine**', false],
] as const) {
  const measures: Measure[] = []
  for (const set of sets) measures.push(await measureSet(set, { plain }))
  console.log(rowOf(name, measures))
}
