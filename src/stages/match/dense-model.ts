import { z } from 'zod'

/**
 * Whether ranking goes by meaning too: off where the operator named no embedder (or one that can't be opened, then with the
 * reason), filling while texts wait for their vectors, failing where none are to be had now.
 */
export const MEANING_STATES = ['off', 'filling', 'on', 'failing'] as const

export const Meaning = z.object({
  state: z.enum(MEANING_STATES),
  model: z.string().nullable(),
  /** How many texts there are, and how many of them have the vector of their present words. */
  texts: z.number(),
  vectors: z.number(),
  /** Whether this very ranking went by meaning. */
  used: z.boolean(),
  /** The rule by which the embedder refused, worded by the web. */
  why: z.string().nullable(),
})
export type Meaning = z.infer<typeof Meaning>

export const MEANING_OFF: Meaning = { state: 'off', model: null, texts: 0, vectors: 0, used: false, why: null }
