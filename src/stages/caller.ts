import { z } from 'zod'

export const ROLES = ['administrator', 'zone_officer', 'technology_manager', 'company', 'researcher'] as const
export const Role = z.enum(ROLES)
export type Role = z.infer<typeof Role>

/** A visitor who is not a member of the zone is a stranger there; `system` is the server's own work and the local operator. */
export type CallerRole = Role | 'stranger' | 'system'

/** Who asks, in which zone. Made from a session at the edge and given to everything that decides or reads. */
export interface Caller {
  zoneId: string
  accountId: string | null
  role: CallerRole
  /** The organisation for which a company's or a researcher's account speaks. */
  organisationId: string | null
  /** Signed in somewhere, though perhaps not a member here. */
  signedIn: boolean
  /** What the journal calls who acts, where it is neither an account nor the server by itself. */
  actor?: 'operator'
}

const STAFF: readonly CallerRole[] = ['administrator', 'zone_officer', 'technology_manager', 'system']

/** Those who run the zone and may read what its members keep to themselves. The database says the same in `app_is_staff()`. */
export const isStaff = (caller: Pick<Caller, 'role'>) => STAFF.includes(caller.role)
export const isOfficer = (caller: Pick<Caller, 'role'>) => isStaff(caller) && caller.role !== 'technology_manager'
export const isAdministrator = (caller: Pick<Caller, 'role'>) =>
  caller.role === 'administrator' || caller.role === 'system'
export const isMember = (caller: Pick<Caller, 'role'>) => caller.role !== 'stranger'
export const speaksFor = (caller: Pick<Caller, 'role' | 'organisationId'>, organisationId: string) =>
  isMember(caller) && caller.organisationId === organisationId
export const anyone = (_caller: Pick<Caller, 'role'>) => true

export function systemCaller(zoneId: string): Caller {
  return { zoneId, accountId: null, role: 'system', organisationId: null, signedIn: true }
}

/** Whoever works in the shell of the server's own machine. May what the server may; the journal tells the two apart. */
export function operatorCaller(zoneId: string): Caller {
  return { ...systemCaller(zoneId), actor: 'operator' }
}
