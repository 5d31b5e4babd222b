import { compareIds } from '#engines/cover/model.ts'
import type { CoverRow } from '../match/cover.ts'
import { BULK_NEEDS_MAX, type BulkOptions, type Skip } from './bulk-model.ts'
import { ComposeOptions } from './options-model.ts'
import { strengthOf } from './problem.ts'

/** Bans that an order for one need can name. */
export const BANS_MAX = 200
const SEARCHED_STATES = ['open', 'matched']

export interface NeedStanding {
  id: string
  state: string
  capabilities: number
  hasConsortium: boolean
}

/** Which needs are composed for and why the others are not, in the order given. */
export function planNeeds<Need extends NeedStanding>(
  needs: readonly Need[],
  chosen?: readonly string[] | null,
): (Need & { skip: Skip | null })[] {
  let taken = 0
  return needs
    .filter(({ id }) => !chosen || chosen.includes(id))
    .map((need) => {
      const skip = whySkipped(need) ?? (taken >= BULK_NEEDS_MAX ? 'too_many' : null)
      if (skip === null) taken++
      return { ...need, skip }
    })
}

function whySkipped({ state, capabilities, hasConsortium }: NeedStanding): Skip | null {
  if (!SEARCHED_STATES.includes(state)) return 'not_open'
  if (capabilities === 0) return 'no_capabilities'
  return hasConsortium ? 'has_consortium' : null
}

/** One need's options out of those for all, without those who have no seat left. */
export function optionsFor(options: BulkOptions, bans: readonly string[] = []): ComposeOptions {
  const { weights, criticalRequired, sponsorsIn, companyLeads, seed } = options
  return ComposeOptions.parse({ weights, criticalRequired, sponsorsIn, companyLeads, seed, bans })
}

/** Those of the full who matter to a need: who covers something of it, the strongest first. */
export function bansOf(
  full: readonly string[],
  rows: ReadonlyMap<string, CoverRow>,
  capabilities: readonly { id: string; weight: number }[],
): string[] {
  return full
    .map((id) => ({ id, strength: rows.has(id) ? strengthOf(rows.get(id)!, capabilities) : 0 }))
    .filter(({ strength }) => strength > 0)
    .sort((a, b) => b.strength - a.strength || compareIds(a.id, b.id))
    .slice(0, BANS_MAX)
    .map(({ id }) => id)
}
