import { inverseDocumentFrequency } from './bm25.ts'
import type { Counts } from './segment.ts'

/** How much it counts that a term, where it stands at all, stands often: such terms say what a text is about. */
const BURST_EXPONENT = 0.2

/** Terms by number and numbers by term. A number once given stays. */
export class Dictionary {
  readonly numbers: Map<string, number>
  readonly names: string[]

  constructor(names: string[] = []) {
    this.names = names
    this.numbers = new Map(names.map((name, number) => [name, number]))
  }

  get size(): number {
    return this.names.length
  }

  numberOf(term: string): number {
    const known = this.numbers.get(term)
    if (known !== undefined) return known
    const number = this.names.length
    this.numbers.set(term, number)
    this.names.push(term)
    return number
  }
}

/** What is counted over all documents of an index that are not removed. */
export class Statistics {
  documentsCount = 0
  lengthSum = 0
  documentFrequencies: Uint32Array = new Uint32Array(0)
  collectionFrequencies: Float64Array = new Float64Array(0)

  /** By term, where it was asked for since the last change; 0 elsewhere. */
  private known = new Float64Array(0)

  get averageLength(): number {
    return this.documentsCount > 0 && this.lengthSum > 0 ? this.lengthSum / this.documentsCount : 1
  }

  add(counts: Counts, documentsCount: number): void {
    this.makeRoom(counts.documentFrequencies.length)
    for (let term = 0; term < counts.documentFrequencies.length; term += 1) {
      this.documentFrequencies[term]! += counts.documentFrequencies[term]!
      this.collectionFrequencies[term]! += counts.collectionFrequencies[term]!
    }
    this.documentsCount += documentsCount
    this.lengthSum += counts.lengthSum
    this.known.fill(0)
  }

  /** Takes one document with these terms out of the count. */
  subtract(length: number, terms: Iterable<{ term: number; frequency: number }>): void {
    for (const { term, frequency } of terms) {
      this.documentFrequencies[term]! -= 1
      this.collectionFrequencies[term]! -= frequency
    }
    this.documentsCount -= 1
    this.lengthSum -= length
    this.known.fill(0)
  }

  /**
   * How telling a term is: its inverse document frequency, more where it stands often in the documents that hold it
   * (Church and Gale 1995: words of content come in bursts). 0 where it stands nowhere.
   */
  tellingness(term: number): number {
    if (this.known.length < this.documentFrequencies.length)
      this.known = new Float64Array(this.documentFrequencies.length)
    const known = this.known[term] ?? 0
    if (known !== 0) return known
    const telling = this.computeTellingness(term)
    if (telling > 0) this.known[term] = telling
    return telling
  }

  private computeTellingness(term: number): number {
    const holding = this.documentFrequencies[term] ?? 0
    if (holding === 0) return 0
    const burst = this.collectionFrequencies[term]! / holding
    return inverseDocumentFrequency(this.documentsCount, holding) * burst ** BURST_EXPONENT
  }

  private makeRoom(termsCount: number): void {
    if (termsCount <= this.documentFrequencies.length) return
    const [documentFrequencies, collectionFrequencies] = [new Uint32Array(termsCount), new Float64Array(termsCount)]
    documentFrequencies.set(this.documentFrequencies)
    collectionFrequencies.set(this.collectionFrequencies)
    Object.assign(this, { documentFrequencies, collectionFrequencies })
  }
}
