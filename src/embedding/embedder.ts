import { Fault, type FaultCode } from '#kit/fault.ts'

/** Makes of texts vectors that lie close together where the texts mean alike. */
export interface Embedder {
  /** Names what makes the vectors, with whatever changes them: vectors of two names are never compared. */
  readonly model: string
  /** How many numbers a vector has; null until it has made one. */
  readonly dimensions: number | null
  /** Whether it may be given what a need keeps private: it runs on this machine, or the operator has said so. */
  readonly mayReadPrivate: boolean
  /**
   * One vector a text, of length 1 (or zeros, where the text says nothing to the model), in the order of the texts. A query is waited for by a reader; passages may take their
   * time and are tried again. Throws a Fault with a rule `embedder.*`.
   */
  embed(texts: readonly string[], asked: EmbedAsked): Promise<Float32Array[]>
  stop(): Promise<void>
}

export interface EmbedAsked {
  kind: 'query' | 'passage'
  /** Nobody waits for the query, as for a passage nobody does. */
  isPatient?: boolean
  signal?: AbortSignal
}

export const isPatient = ({ kind, isPatient = false }: EmbedAsked): boolean => isPatient || kind === 'passage'

/** Why there are no vectors, worded by the web. */
export const EMBEDDER_RULES = [
  'embedder.folder',
  'embedder.library',
  'embedder.model',
  'embedder.unreachable',
  'embedder.refused',
  'embedder.slow',
  'embedder.answer',
  'embedder.too_large',
  'embedder.dimensions',
  'embedder.redirect',
] as const
export type EmbedderRule = (typeof EMBEDDER_RULES)[number]

export const TEXTS_AT_ONCE_MAX = 64
/** What is longer is cut: models read some hundred words. */
export const TEXT_CHARS_MAX = 4_000
export const DIMENSIONS_MAX = 8_192
/** A reader waits no longer than this for a need's vector. */
export const QUERY_MS_MAX = 4_000
export const PASSAGES_MS_MAX = 60_000

const CODES: Partial<Record<EmbedderRule, FaultCode>> = {
  'embedder.slow': 'out_of_time',
  'embedder.too_large': 'too_large',
}

export function embedderFault(rule: EmbedderRule, message: string, cause?: unknown): Fault {
  return new Fault(CODES[rule] ?? 'not_ready', message, { rule }, cause === undefined ? {} : { cause })
}

/**
 * Vectors as they came, each brought to length 1; zeros stay, of a text that says nothing to the model. Refuses what is no
 * vector at all: none for a text, other dimensions than before, what is no number.
 */
export function checkVectors(
  vectors: readonly ArrayLike<number>[],
  { count, dimensions }: { count: number; dimensions: number | null },
): Float32Array[] {
  if (vectors.length !== count)
    throw embedderFault('embedder.answer', `${vectors.length} vectors came back for ${count} texts.`)
  const wanted = dimensions ?? vectors[0]?.length ?? 0
  return vectors.map((vector) => {
    if (vector.length !== wanted || wanted === 0 || wanted > DIMENSIONS_MAX)
      throw embedderFault('embedder.dimensions', `A vector has ${vector.length} dimensions, and not ${wanted}.`)
    return toUnitLength(vector)
  })
}

function toUnitLength(vector: ArrayLike<number>): Float32Array {
  let sum = 0
  for (let at = 0; at < vector.length; at += 1) sum += vector[at]! * vector[at]!
  const length = Math.sqrt(sum)
  if (!Number.isFinite(length)) throw embedderFault('embedder.answer', 'A vector holds what is no number.')
  return Float32Array.from(vector, (value) => (length > 0 ? value / length : 0))
}

/** The text as it is given away: with what the model wants before it, and no longer than it may be. */
export const cutText = (text: string, prefix = ''): string => {
  const cut = `${prefix}${text}`.slice(0, TEXT_CHARS_MAX)
  return cut.isWellFormed() ? cut : cut.toWellFormed()
}
