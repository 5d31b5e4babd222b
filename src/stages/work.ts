import type { World } from '../world.ts'
import { BULK_WORK } from './compose/bulk-store.ts'
import { runBulk } from './compose/bulk-work.ts'
import { COMPOSE_WORK } from './compose/compose-service.ts'
import { LEARN_PARTNERS, runLearnPartners } from './compose/partners-learning.ts'
import { FILL_SEATS, runFillSeats } from './compose/search-service.ts'
import { STUDY_WORK } from './compose/study-service.ts'
import { runCompose, runStudy } from './compose/work.ts'
import { registerImports } from './imports/work.ts'
import { MAKE_VECTORS, runVectors } from './match/dense-work.ts'
import { MEASURE_EXPOSURE, runExposure } from './match/fairness-service.ts'
import { FIND_DUPLICATES, runFindDuplicates } from './registry/duplicate-service.ts'

/** Names, for every kind of long work, the stage that does it. */
export function registerWork(world: World): void {
  world.jobs.register(COMPOSE_WORK, runCompose(world))
  world.jobs.register(FILL_SEATS, runFillSeats(world))
  world.jobs.register(STUDY_WORK, runStudy(world))
  world.jobs.register(BULK_WORK, runBulk(world))
  world.jobs.register(LEARN_PARTNERS, runLearnPartners(world))
  registerImports(world)
  world.jobs.register(MAKE_VECTORS, runVectors(world))
  world.jobs.register(MEASURE_EXPOSURE, runExposure(world))
  world.jobs.register(FIND_DUPLICATES, runFindDuplicates(world))
}
