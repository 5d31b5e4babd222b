import { type Caller, isMember, isOfficer, isStaff, speaksFor } from '../caller.ts'
import { isSponsorOrStaff, type Standing } from '../needs/access.ts'

/** The board quotes the need's private words back at its evidence, so it is for those who may read them. */
export const mayMatchSomeNeed = (caller: Caller) => isMember(caller)
export const mayMatchNeed = (caller: Caller, need: Standing) => isSponsorOrStaff(caller, need)
export const mayJudge = mayMatchNeed
export const mayRespond = (caller: Caller) => isMember(caller)
/** The need's side answers for its sponsors, the offer's side for its own organisation; the staff may note either. */
export function mayRespondAs(caller: Caller, side: 'need' | 'offer', need: Standing, organisationId: string): boolean {
  if (isStaff(caller)) return true
  return side === 'need' ? isSponsorOrStaff(caller, need) : speaksFor(caller, organisationId)
}

/** What a side has put off it keeps to itself; the staff, who may answer for either, see it. Asked of what the database shows the reader. */
export function mayHear(
  caller: Caller,
  said: { side: 'need' | 'offer'; answer: string; organisationId: string },
): boolean {
  return (
    said.answer !== 'later' || isStaff(caller) || (said.side === 'offer') === speaksFor(caller, said.organisationId)
  )
}

/** Members may know how their boards come about; the officers decide it, and the staff see whom it shows. */
export const mayReadSettings = (caller: Caller) => isMember(caller)
export const mayChangeSettings = (caller: Caller) => isOfficer(caller)
export const mayReadExposure = (caller: Caller) => isStaff(caller)
