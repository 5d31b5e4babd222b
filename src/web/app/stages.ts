import type { StagePages } from '../lib/stage.ts'
import { composePages } from '../stages/compose/pages.ts'
import { housePages } from '../stages/house/pages.ts'
import { importPages } from '../stages/imports/pages.ts'
import { matchPages } from '../stages/match/pages.ts'
import { needPages } from '../stages/needs/pages.ts'
import { registryPages } from '../stages/registry/pages.ts'
import { watchPages } from '../stages/watch/pages.ts'
import { zonePages } from '../stages/zone/pages.ts'

/** Each stage's pages, in the order of the spine. A new stage is one line. */
export const STAGES: readonly StagePages[] = [
  registryPages,
  importPages,
  needPages,
  matchPages,
  composePages,
  watchPages,
  zonePages,
  housePages,
]
