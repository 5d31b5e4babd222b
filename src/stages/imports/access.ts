import { type Caller, isStaff } from '../caller.ts'

/** Imports touch the whole registry of a zone, so its staff alone runs and reads them. */
export const mayImport = (caller: Caller) => isStaff(caller)
export const mayReadImports = (caller: Caller) => isStaff(caller)
