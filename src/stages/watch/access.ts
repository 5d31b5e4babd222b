import { anyone, type Caller, isMember } from '../caller.ts'

/** Each member's own; whose a watch is, the service and the database ask again. */
export const mayWatch = (caller: Caller) => isMember(caller)
export const mayReadWanted = (caller: Caller) => isMember(caller)
/** Who holds the secret of a feed or of a letter needs no sign-in; the secret says who reads. */
export const mayOpenByToken = anyone
export const isOwn = (caller: Caller, row: { account_id: string }) =>
  caller.accountId !== null && row.account_id === caller.accountId
