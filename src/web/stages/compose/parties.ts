import type { Proposal } from '#stages/compose/model.ts'
import { type Named, useName } from '../match/names.ts'

type Known = Pick<Proposal, 'members' | 'heatMap' | 'gaps'>

/**
 * Names of the organisations that a proposal mentions, in the reader's language. Where only an id and a name are given,
 * the proposal's fuller mention of the same organisation is used.
 */
export function usePartyNames(proposal: Known): (party: { id: string } & Named) => string {
  const name = useName()
  const known = new Map<string, Named>(
    [...proposal.gaps.flatMap(({ nearest }) => nearest), ...proposal.heatMap.columns, ...proposal.members].map(
      (party) => [party.id, party],
    ),
  )
  return (party) => name(known.get(party.id) ?? party)
}
