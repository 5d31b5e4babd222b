import type { Tx } from '#db/db.ts'
import type { Caller } from '../caller.ts'
import type { Packs } from './pack-model.ts'
import { listPacks } from './pack-store.ts'

/** The packs that a team of the zone can be asked to meet, as of an instant. */
export const readPacks = (tx: Tx, caller: Caller, at: Date): Promise<Packs> => listPacks(tx, caller.zoneId, at)
