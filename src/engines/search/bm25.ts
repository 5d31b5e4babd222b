/**
 * How telling a term is that stands in `holding` of `documents` documents; never negative.
 * Robertson and Spärck Jones' weight as Lucene writes it: ln(1 + (N - n + 0.5) / (n + 0.5)).
 */
export function inverseDocumentFrequency(documents: number, holding: number): number {
  return Math.log(1 + (documents - holding + 0.5) / (holding + 0.5))
}

/** How far a document's length holds its frequencies back: k1 ((1 - b) + b length / average). */
export function lengthNorm(length: number, averageLength: number, k1: number, b: number): number {
  return k1 * (1 - b + (b * length) / averageLength)
}

/** The saturating part of BM25: f (k1 + 1) / (f + norm). */
export function saturation(frequency: number, norm: number, k1: number): number {
  return (frequency * (k1 + 1)) / (frequency + norm)
}
