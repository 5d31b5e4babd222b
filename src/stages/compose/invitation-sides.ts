import type { Tx } from '#db/db.ts'
import { Fault } from '#kit/fault.ts'
import { type Caller, isStaff, speaksFor } from '../caller.ts'
import { readableConsortium } from './consortium-service.ts'
import { findInvitation, type StoredInvitation } from './invitation-store.ts'
import { asHost, findLedDraft } from './lead-service.ts'

type Side = 'host' | 'invited'

/** An invitation with the sides on which the caller may act, and as whom the database lets that be done. */
export interface Concerned {
  invitation: StoredInvitation
  sides: readonly Side[]
  hand: Caller
}

export const unknownInvitation = () =>
  new Fault('not_found', 'There is no such invitation.', { rule: 'invitation.unknown' })

/**
 * Does something with an invitation that concerns the caller: the invited, a host, or the draft's lead for the hosts.
 * @throws Fault `not_found` for whom it does not concern
 */
export async function withInvitation<T>(
  tx: Tx,
  caller: Caller,
  id: string,
  run: (concerned: Concerned) => Promise<T>,
  { lock = false } = {},
): Promise<T> {
  const invitation = await findInvitation(tx, caller.zoneId, id, { lock })
  const sides = invitation ? await sidesOf(tx, caller, invitation) : []
  if (invitation && sides.length) return run({ invitation, sides, hand: caller })
  const draft = invitation ? null : await findLedDraft(tx, caller, id)
  if (draft === null) throw unknownInvitation()
  return asHost(
    tx,
    caller,
    draft,
    async ({ hand }) => {
      const held = await findInvitation(tx, caller.zoneId, id, { lock })
      if (!held) throw unknownInvitation()
      return run({ invitation: held, sides: ['host'], hand })
    },
    { unknown: unknownInvitation },
  )
}

/** Who answers for the invited does not answer for its hosts too. */
async function sidesOf(tx: Tx, caller: Caller, invitation: StoredInvitation): Promise<Side[]> {
  const invited = speaksFor(caller, invitation.organisationId)
  if (invited && !isStaff(caller)) return ['invited']
  const isHost = await readableConsortium(tx, caller, invitation.consortiumId).then(
    () => true,
    (error: unknown) => {
      if (error instanceof Fault && error.code === 'not_found') return false
      throw error
    },
  )
  return [...(isHost ? (['host'] as const) : []), ...(invited ? (['invited'] as const) : [])]
}
