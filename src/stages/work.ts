import type { World } from '../world.ts'
import { COMPOSE_WORK } from './compose/compose-service.ts'
import { runCompose } from './compose/work.ts'
import { registerImports } from './imports/work.ts'
import { MEASURE_EXPOSURE, runExposure } from './match/fairness-service.ts'
import { FIND_DUPLICATES, runFindDuplicates } from './registry/duplicate-service.ts'

/** Names, for every kind of long work, the stage that does it. */
export function registerWork(world: World): void {
  world.jobs.register(COMPOSE_WORK, runCompose(world))
  registerImports(world)
  world.jobs.register(MEASURE_EXPOSURE, runExposure(world))
  world.jobs.register(FIND_DUPLICATES, runFindDuplicates(world))
}
