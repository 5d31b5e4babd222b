import { type Counts, DocumentTerms, type Reading, type Scheme, type Segment } from './segment.ts'

/** What was read of several segments as one, in the order of the ids, without what is struck out. */
export function joinSegments(segments: readonly Segment[], struckOut: Uint8Array): Reading {
  const places: { id: string; segment: Segment; local: number }[] = []
  let document = 0
  for (const segment of segments)
    for (const [local, id] of segment.ids.entries()) {
      if (struckOut[document] === 0) places.push({ id, segment, local })
      document += 1
    }
  places.sort((a, b) => (a.id < b.id ? -1 : 1))
  const orderStarts = new Uint32Array(places.length + 1)
  places.forEach(({ segment, local }, at) => {
    orderStarts[at + 1] = orderStarts[at]! + segment.orderStarts[local + 1]! - segment.orderStarts[local]!
  })
  const order = new Uint32Array(orderStarts[places.length]!)
  places.forEach(({ segment, local }, at) => {
    order.set(segment.order.subarray(segment.orderStarts[local]!, segment.orderStarts[local + 1]!), orderStarts[at]!)
  })
  return { ids: places.map(({ id }) => id), order, orderStarts }
}

/** What `invert` counted when it made the segment. */
export function countsOf(segment: Segment, termsCount: number, { fieldWeights }: Scheme): Counts {
  const documentFrequencies = new Uint32Array(termsCount)
  const collectionFrequencies = new Float64Array(termsCount)
  // A segment knows the terms that there were when it was made.
  for (let term = 0; term < segment.postingStarts.length - 1; term += 1)
    documentFrequencies[term] = segment.postingStarts[term + 1]! - segment.postingStarts[term]!
  const reader = new DocumentTerms(termsCount)
  for (let document = 0; document < segment.ids.length; document += 1) {
    const count = reader.read(
      segment.order,
      segment.orderStarts[document]!,
      segment.orderStarts[document + 1]!,
      fieldWeights,
    )
    for (let at = 0; at < count; at += 1)
      collectionFrequencies[reader.terms[at]!]! += reader.frequencies[reader.terms[at]!]!
  }
  return {
    documentFrequencies,
    collectionFrequencies,
    lengthSum: segment.lengths.reduce((sum, length) => sum + length, 0),
  }
}
