import fc from 'fast-check'
import { expect, it } from 'vitest'
import { seededRandom } from '#kit/random.ts'
import type { Segment } from './segment.ts'
import { offerBest, TopHeap, type Weighed } from './top.ts'

const TERMS = 12

/** Postings drawn at random, some terms in nearly all documents and some in hardly any. */
function segmentOf(documentsCount: number, seed: number): Segment {
  const random = seededRandom(seed)
  const postings = Array.from({ length: TERMS }, (_, term) => {
    const share = 1 / (1 + term) ** 2
    return Array.from({ length: documentsCount }, (_, document) => document).filter(() => random() < share)
  })
  const impacts = postings.map((own, term) => own.map(() => 1 + Math.floor(random() * (term % 3 ? 9 : 65_535))))
  const postingStarts = new Uint32Array(TERMS + 1)
  postings.forEach((own, term) => {
    postingStarts[term + 1] = postingStarts[term]! + own.length
  })
  return {
    ids: Array.from({ length: documentsCount }, (_, document) => String(document)),
    order: new Uint32Array(0),
    orderStarts: new Uint32Array(documentsCount + 1),
    postingStarts,
    postingDocuments: Int32Array.from(postings.flat()),
    postingImpacts: Uint16Array.from(impacts.flat()),
    impactMaxima: Uint16Array.from(impacts, (own) => own.reduce((most, impact) => Math.max(most, impact), 0)),
    lengths: new Float32Array(documentsCount),
    averageLength: 1,
  }
}

function exhaustive(segment: Segment, terms: readonly Weighed[], k: number, accepts: (document: number) => boolean) {
  const scores = new Float64Array(segment.ids.length)
  for (const { number, weight } of terms)
    for (let at = segment.postingStarts[number]!; at < segment.postingStarts[number + 1]!; at += 1)
      scores[segment.postingDocuments[at]!]! += weight * segment.postingImpacts[at]!
  return [...scores.keys()]
    .filter((document) => scores[document]! > 0 && accepts(document))
    .sort((a, b) => scores[b]! - scores[a]! || a - b)
    .slice(0, k)
    .map((document) => ({ document, score: scores[document]! }))
}

it('the best found by pruning are the best there are, whatever the filter', () => {
  const weights = fc.array(fc.record({ number: fc.nat(TERMS - 1), weight: fc.integer({ min: 1, max: 1_000_000 }) }), {
    maxLength: TERMS,
  })
  const sizes = fc.constantFrom(0, 1, 50, 4_096, 4_097, 12_288, 30_000)
  fc.assert(
    fc.property(
      sizes,
      fc.nat(9),
      weights,
      fc.integer({ min: 1, max: 120 }),
      fc.nat(3),
      (size, seed, terms, k, every) => {
        const segment = segmentOf(size, seed)
        const accepts = (document: number) => every === 0 || document % (every + 1) === 0
        const heap = new TopHeap(k, (a, b) => a < b)
        offerBest(segment, terms, heap, { accepts })
        expect(heap.ranked()).toEqual(exhaustive(segment, terms, k, accepts))
      },
    ),
    { numRuns: 60 },
  )
})

it('documents of several segments are ranked as one', () => {
  const [first, second] = [segmentOf(500, 1), segmentOf(700, 2)]
  const terms = [1, 3, 5].map((number) => ({ number, weight: 7 + number }))
  const heap = new TopHeap(20, (a, b) => a < b)
  offerBest(first, terms, heap)
  offerBest(second, terms, heap, { from: 500 })
  const all = [
    ...exhaustive(first, terms, 500, () => true),
    ...exhaustive(second, terms, 700, () => true).map((one) => ({ ...one, document: one.document + 500 })),
  ]
  expect(heap.ranked()).toEqual(all.sort((a, b) => b.score - a.score || a.document - b.document).slice(0, 20))
})
