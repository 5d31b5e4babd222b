import { type Caller, isAdministrator, isMember, isOfficer, isStaff } from '../caller.ts'

export const mayReadMembers = (caller: Caller) => isOfficer(caller)
export const mayChangeMembers = (caller: Caller) => isAdministrator(caller)
export const mayStartZone = (caller: Caller) => isAdministrator(caller)
export const mayReadWork = (caller: Caller) => isMember(caller)
export const mayReadOutbox = (caller: Caller) => isOfficer(caller)
export const mayReadJournal = (caller: Caller) => isOfficer(caller)
export const mayReadHistory = (caller: Caller) => isMember(caller)
export const mayKeepViews = (caller: Caller) => isMember(caller)
/** A piece of work is seen by who ordered it and by the zone's staff. */
export const maySeeWork = (caller: Caller, work: { account_id: string | null }) =>
  isStaff(caller) || (work.account_id !== null && work.account_id === caller.accountId)
