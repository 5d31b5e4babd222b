import { type Answer, checkOrganisation, checkTeam } from './check.ts'
import { readFacts, readTeamFacts } from './facts.ts'
import type { Pack } from './pack.ts'
import type { Reason } from './reason.ts'

/** An answer in the form that the shell prints. */
export interface Told {
  eligible: boolean | null
  /** Rows by id. */
  met: string[]
  missed: Pick<Reason, 'rule' | 'have' | 'need' | 'source'>[]
  /** Rows to check by hand. */
  unknown: string[]
}

/**
 * Checks facts as they were typed, of an organisation or a team as the pack is about.
 *
 * @throws Fault `invalid` for facts that don't fit the pack, with the names that it knows
 */
export function checkFacts(pack: Pack, facts: unknown, date: string): Answer {
  return pack.form.about === 'organisation'
    ? checkOrganisation(pack, readFacts(pack, facts), date)
    : checkTeam(pack, readTeamFacts(pack, facts), date)
}

export function tellAnswer({ eligible, reasons }: Answer): Told {
  const those = (verdict: Reason['verdict']) => reasons.filter((reason) => reason.verdict === verdict)
  return {
    eligible,
    met: those('met').map(({ rule }) => rule),
    missed: those('missed').map(({ rule, have, need, source }) => ({ rule, have, need, source })),
    unknown: those('unknown').map(({ rule }) => rule),
  }
}
