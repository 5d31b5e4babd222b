import { type Caller, isMember, isStaff, speaksFor } from '../caller.ts'

export const mayReadRegistry = (caller: Caller) => isMember(caller)
export const mayAddOrganisation = (caller: Caller) => isStaff(caller)
/** A role that may edit some organisation; which one is decided by `mayEditOrganisation`. */
export const mayEditSomeOrganisation = (caller: Caller) => isMember(caller)
export const mayEditOrganisation = (caller: Caller, organisationId: string) =>
  isStaff(caller) || speaksFor(caller, organisationId)
/** Contacts, turnover and notes are for the zone's staff and for the organisation itself; notes for the staff alone. */
export const mayReadPrivate = mayEditOrganisation
export const mayReadNotes = (caller: Caller) => isStaff(caller)
export const mayAddResult = (caller: Caller) => isMember(caller)
export const mayEditResult = (caller: Caller, ownerIds: readonly string[]) =>
  isStaff(caller) || ownerIds.some((owner) => speaksFor(caller, owner))
export const mayDecideDuplicates = (caller: Caller) => isStaff(caller)
export const mayExportRegistry = (caller: Caller) => isMember(caller)
