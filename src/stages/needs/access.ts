import { type Caller, isMember, isOfficer, isStaff, speaksFor } from '../caller.ts'
import type { Circle, NeedState } from './model.ts'

/** What decides who may: where the need stands, for whom it is meant, and who sponsors it. */
export interface Standing {
  state: NeedState
  circle: Circle
  sponsorIds: readonly string[]
}
export type WhoMay = (caller: Caller, need: Standing) => boolean

/** Needs that were opened once; the others are known to their sponsors and the zone's staff alone. */
export const SHOWN_STATES: readonly NeedState[] = ['open', 'matched', 'closed', 'expired']

/** A company or a researcher writes for the organisation the account speaks for, and the staff for anybody. */
export const mayWriteNeeds = (caller: Caller) => isMember(caller)
export const mayExportNeeds = (caller: Caller) => isMember(caller)
export const mayMergeNeeds = (caller: Caller) => isOfficer(caller)
export const mayAddSponsors = (caller: Caller) => isOfficer(caller)

export const isSponsor: WhoMay = (caller, { sponsorIds }) => sponsorIds.some((id) => speaksFor(caller, id))
export const isSponsorOrStaff: WhoMay = (caller, need) => isStaff(caller) || isSponsor(caller, need)
export const isSponsorOrOfficer: WhoMay = (caller, need) => isOfficer(caller) || isSponsor(caller, need)
export const isAnOfficer: WhoMay = (caller) => isOfficer(caller)
export const isTheServer: WhoMay = (caller) => caller.role === 'system'

/** The database says the same in the policy `circle_of_need`. */
export const maySeeNeed: WhoMay = (caller, need) =>
  isSponsorOrStaff(caller, need) ||
  (SHOWN_STATES.includes(need.state) && (need.circle === 'public' || (need.circle === 'signed_in' && isMember(caller))))

/** The problem, what was tried, the reasons of a return, and who asks to join. */
export const mayReadPrivate = isSponsorOrStaff

/** In the state it is in: its sponsors until they submit it, and what stands in review or open only an officer. */
export const mayChangeNeed: WhoMay = (caller, need) => {
  if (need.state === 'draft' || need.state === 'returned') return isSponsorOrStaff(caller, need)
  return (need.state === 'in_review' || need.state === 'open' || need.state === 'matched') && isOfficer(caller)
}

export const mayAskToJoin: WhoMay = (caller, need) =>
  isMember(caller) &&
  caller.organisationId !== null &&
  !isSponsor(caller, need) &&
  maySeeNeed(caller, need) &&
  need.state !== 'closed'
