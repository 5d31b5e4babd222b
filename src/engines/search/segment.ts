import { lengthNorm, saturation } from './bm25.ts'

/** Set on a term of the reading order that stands beside the one before it, not after it. */
export const BESIDE = 0x8000_0000
/** Stands between two fields in the reading order. */
export const FIELD_BREAK = 0x7fff_ffff
/** The impact of a term that could not say more in a document; the least impact is 1. */
export const IMPACT_MAX = 0xffff

/** How occurrences are counted, the same for all segments of an index. */
export interface Scheme {
  /** How much one occurrence in each field counts. */
  fieldWeights: readonly number[]
  k1: number
  b: number
}

/** Documents as they were read: everything else is derived from it. */
export interface Reading {
  ids: readonly string[]
  /** The numbers of the terms read, document after document, field after field, with `BESIDE` and `FIELD_BREAK`. */
  order: Uint32Array
  /** Where each document begins in `order`; one more entry ends the last. */
  orderStarts: Uint32Array
}

export interface Postings {
  /** Where each term's postings begin; one more entry ends the last. Terms numbered beyond it stand nowhere here. */
  postingStarts: Uint32Array
  postingDocuments: Int32Array
  /** How much the term says in the document, from 1 to `IMPACT_MAX`: BM25's saturation in steps of `impactUnit`. */
  postingImpacts: Uint16Array
  /** The greatest impact of each term. */
  impactMaxima: Uint16Array
  /** Weighted terms of each document that move the reading on. */
  lengths: Float32Array
}

/** Some of an index's documents, never changed once made. Terms are numbered by the index's dictionary. */
export interface Segment extends Reading, Postings {
  /** The average length that the impacts were computed for. */
  averageLength: number
}

/** What one step of an impact is worth. */
export function impactUnit(k1: number): number {
  return (k1 + 1) / IMPACT_MAX
}

export interface Counts {
  /** In how many documents each term stands. */
  documentFrequencies: Uint32Array
  /** How often each term stands in all of them, by the weights of the fields. */
  collectionFrequencies: Float64Array
  lengthSum: number
}

/**
 * Turns the reading order into postings by reading it twice: how many documents hold a term, then which. `averageOf` is
 * told the sum of the lengths and says what they are measured against.
 */
export function invert(
  reading: Reading,
  termsCount: number,
  scheme: Scheme,
  averageOf: (lengthSum: number) => number,
): { segment: Segment; counts: Counts } {
  const { order, orderStarts, ids } = reading
  const { postingStarts, lengths, lengthSum } = countPostings(reading, termsCount, scheme)
  const averageLength = averageOf(lengthSum)
  const total = postingStarts[termsCount]!
  const next = postingStarts.slice(0, termsCount)
  const postingDocuments = new Int32Array(total)
  const postingImpacts = new Uint16Array(total)
  const collectionFrequencies = new Float64Array(termsCount)
  const impactMaxima = new Uint16Array(termsCount)
  const documentTerms = new DocumentTerms(termsCount)
  const unit = impactUnit(scheme.k1)
  for (let document = 0; document < ids.length; document += 1) {
    const norm = lengthNorm(lengths[document]!, averageLength, scheme.k1, scheme.b)
    const count = documentTerms.read(order, orderStarts[document]!, orderStarts[document + 1]!, scheme.fieldWeights)
    for (let at = 0; at < count; at += 1) {
      const term = documentTerms.terms[at]!
      const frequency = documentTerms.frequencies[term]!
      const impact = impactOf(frequency, norm, scheme.k1, unit)
      const posting = next[term]!
      next[term] = posting + 1
      postingDocuments[posting] = document
      postingImpacts[posting] = impact
      collectionFrequencies[term]! += frequency
      if (impact > impactMaxima[term]!) impactMaxima[term] = impact
    }
  }
  const documentFrequencies = new Uint32Array(termsCount)
  for (let term = 0; term < termsCount; term += 1)
    documentFrequencies[term] = postingStarts[term + 1]! - postingStarts[term]!
  return {
    segment: { ...reading, postingStarts, postingDocuments, postingImpacts, impactMaxima, lengths, averageLength },
    counts: { documentFrequencies, collectionFrequencies, lengthSum },
  }
}

export function impactOf(frequency: number, norm: number, k1: number, unit: number): number {
  return Math.max(1, Math.round(saturation(frequency, norm, k1) / unit))
}

/** The distinct terms of one document after another, in reading order, with their weighted frequencies. */
export class DocumentTerms {
  terms = new Uint32Array(1024)
  /** By term; valid for the terms of the document read last. */
  readonly frequencies: Float64Array
  private count = 0

  constructor(termsCount: number) {
    this.frequencies = new Float64Array(termsCount)
  }

  /** How many distinct terms there are. */
  read(order: Uint32Array, from: number, to: number, fieldWeights: readonly number[]): number {
    const { frequencies } = this
    for (let at = 0; at < this.count; at += 1) frequencies[this.terms[at]!] = 0
    if (this.terms.length < to - from) this.terms = new Uint32Array(2 * (to - from))
    const { terms } = this
    let count = 0
    let field = 0
    let weight = fieldWeights[0] ?? 1
    for (let at = from; at < to; at += 1) {
      const entry = order[at]!
      if (entry === FIELD_BREAK) {
        field += 1
        weight = fieldWeights[field] ?? 1
        continue
      }
      const term = entry & FIELD_BREAK
      if (frequencies[term] === 0) {
        terms[count] = term
        count += 1
      }
      frequencies[term]! += weight
    }
    this.count = count
    return count
  }
}

function countPostings({ ids, order, orderStarts }: Reading, termsCount: number, { fieldWeights }: Scheme) {
  const postingStarts = new Uint32Array(termsCount + 1)
  const lastDocument = new Int32Array(termsCount).fill(-1)
  const lengths = new Float32Array(ids.length)
  let lengthSum = 0
  for (let document = 0; document < ids.length; document += 1) {
    let field = 0
    let length = 0
    for (let at = orderStarts[document]!; at < orderStarts[document + 1]!; at += 1) {
      const entry = order[at]!
      if (entry === FIELD_BREAK) {
        field += 1
        continue
      }
      if (entry < BESIDE) length += fieldWeights[field]!
      const term = entry & FIELD_BREAK
      if (lastDocument[term] === document) continue
      lastDocument[term] = document
      postingStarts[term + 1]! += 1
    }
    lengths[document] = length
    lengthSum += length
  }
  for (let term = 0; term < termsCount; term += 1) postingStarts[term + 1]! += postingStarts[term]!
  return { postingStarts, lengths, lengthSum }
}
