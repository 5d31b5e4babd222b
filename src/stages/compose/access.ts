import { anyone, type Caller, isMember, isOfficer, isStaff } from '../caller.ts'
import { isSponsorOrStaff } from '../needs/access.ts'

/** A role that may compose for some need; for which is decided by `mayComposeNeed`. */
export const mayComposeSomeNeed = (caller: Caller) => isMember(caller)
/** A proposal shows what the private text was matched with, so it is made and read by those who may read that. */
export const mayComposeNeed = isSponsorOrStaff
export const mayReadProposal = isSponsorOrStaff
export const mayShareProposal = isSponsorOrStaff
export const mayChangeConsortium = isSponsorOrStaff
/** Whoever holds the link: the token is the permission. */
export const mayReadShared = (caller: Caller) => anyone(caller)
/** Members read what concerns them: an invited organisation's people its own, the hosts those of their consortia. */
export const mayReadInvitations = (caller: Caller) => isMember(caller)
/** As above, the token is the permission. */
export const mayAnswerByLink = (caller: Caller) => anyone(caller)
/** Teams for many needs at once show every need's proposal and everybody's load. */
export const mayReadBulk = (caller: Caller) => isStaff(caller)
export const mayComposeForAll = (caller: Caller) => isOfficer(caller)
/** A zone’s own rule packs: staff read them, officers put them in use and take them out. */
export const mayReadPacks = (caller: Caller) => isStaff(caller)
export const mayChangePacks = (caller: Caller) => isOfficer(caller)
