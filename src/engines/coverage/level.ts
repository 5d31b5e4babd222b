import { FIT_THRESHOLD, NEIGHBOUR_THRESHOLD } from './weights.ts'

/** 3 strong evidence that names it · 2 evidence that fits · 1 a neighbouring field · 0 none. */
export type Level = 0 | 1 | 2 | 3

export interface LevelEvidence {
  fit: number
  /** The text names the capability. */
  named: boolean
  /** A result, a patent or a delivered project: the caller knows. */
  strong: boolean
  /** The caller knows the two to be of one field. */
  sameField?: boolean
}

/**
 * Strong evidence must also fit as evidence must, so that a level is never surer than the one above it: a text may name
 * a common word in passing. A greater fit, a name, strength or a shared field never lower the level.
 */
export function levelOf({ fit, named, strong, sameField = false }: LevelEvidence): Level {
  if (fit >= FIT_THRESHOLD) return strong && named ? 3 : 2
  return fit >= NEIGHBOUR_THRESHOLD || sameField ? 1 : 0
}
