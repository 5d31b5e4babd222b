import { z } from 'zod'
import { PackClause } from './pack-model.ts'

const Worded = z.object({ zh: z.string(), en: z.string() })
const NAME_LENGTH_MAX = 200

/** A pack in its own form, as `docs/guide/rules.md` tells; the engine says what is wrong with it. */
export const LocalPackInput = z.strictObject({ form: z.record(z.string().max(NAME_LENGTH_MAX), z.unknown()) })
export type LocalPackInput = z.infer<typeof LocalPackInput>

export const LocalPack = z.object({
  id: z.string(),
  packId: z.string(),
  version: z.string(),
  title: Worded,
  from: z.string(),
  to: z.string().nullable(),
  rows: z.array(PackClause),
  hash: z.string(),
  by: z.string().nullable(),
  at: z.string(),
  withdrawnAt: z.string().nullable(),
})
export type LocalPack = z.infer<typeof LocalPack>
export const LocalPacks = z.object({ rows: z.array(LocalPack) })

const Team = z.object({ needId: z.string(), need: z.string() })
/** What a pack would say of the teams that were proposed last, one for each need. */
export const PackPreview = z.object({
  teams: z.number(),
  /** Every row met. */
  eligible: z.array(Team),
  notEligible: z.array(Team),
  byHand: z.array(Team),
  rows: z.array(
    z.object({ row: z.string(), words: Worded, met: z.number(), missed: z.array(Team), unknown: z.number() }),
  ),
  /** Beside the version that is in force now; null where there is none. */
  changes: z.object({ becomeEligible: z.array(Team), ceaseToBe: z.array(Team) }).nullable(),
})
export type PackPreview = z.infer<typeof PackPreview>

export const PackKept = z.object({ id: z.string() })
