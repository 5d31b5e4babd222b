import { z } from 'zod'

/** Nouns that several models of the registry are made of. */

export const STAFF_MAX = 10_000_000

/** Minor units as text: JSON numbers can't hold every amount. */
const MinorText = z.string().regex(/^-?\d{1,18}$/, 'money.format')
export const Money = z.object({ minor: MinorText, currency: z.string().regex(/^[A-Z]{3}$/, 'currency.format') })
export type Money = z.infer<typeof Money>
