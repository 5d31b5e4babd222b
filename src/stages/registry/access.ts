import { anyone, type Caller, isMember, isStaff, speaksFor } from '../caller.ts'

export const mayReadRegistry = (caller: Caller) => isMember(caller)
export const mayExportRegistry = (caller: Caller) => isMember(caller)

export const mayAddOrganisation = (caller: Caller) => isStaff(caller)
/** A role that may edit some organisation; which one is decided by `mayEditOrganisation`. */
export const mayEditSomeOrganisation = (caller: Caller) => isMember(caller)
export const mayEditOrganisation = (caller: Caller, organisationId: string) =>
  isStaff(caller) || speaksFor(caller, organisationId)
/** An identifier decides whose record an import writes to, so it is not for a company to claim one. */
export const mayChangeIdentifiers = (caller: Caller) => isStaff(caller)
/** Contacts, turnover and notes are for the zone's staff and for the organisation itself; notes for the staff alone. */
export const mayReadPrivate = mayEditOrganisation
export const mayReadNotes = (caller: Caller) => isStaff(caller)

/** A role that may add or edit some result; a company's or researcher's account only those that its organisation owns. */
export const mayEditSomeResult = (caller: Caller) => isMember(caller)
export const mayEditResult = (caller: Caller, ownerIds: readonly string[]) =>
  isStaff(caller) || ownerIds.some((owner) => speaksFor(caller, owner))
/** An owner gains rights in the result, so who else owns it is not for one of them to say. */
export const mayChangeOwners = (caller: Caller) => isStaff(caller)

export const mayEditSomePerson = (caller: Caller) => isMember(caller)
/** People are edited by the staff and by the organisation that they belong to. */
export const mayEditPerson = (caller: Caller, organisationId: string | null) =>
  isStaff(caller) || (organisationId !== null && speaksFor(caller, organisationId))

/** Anybody may ask; the database shows only what the evidence's circle allows the caller. */
export const mayReadEvidence = (caller: Caller) => anyone(caller)
export const mayAddSomeEvidence = (caller: Caller) => isMember(caller)

export const mayDecideDuplicates = (caller: Caller) => isStaff(caller)
