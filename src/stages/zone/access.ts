import { type Caller, isMember, isOfficer } from '../caller.ts'

export const mayReadZone = (caller: Caller) => isMember(caller)
export const mayPlanZone = (caller: Caller) => isOfficer(caller)
