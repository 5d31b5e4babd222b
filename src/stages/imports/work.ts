import type { Work } from '#db/jobs.ts'
import type { World } from '../../world.ts'
import { type Caller, systemCaller } from '../caller.ts'
import { applyImport, checkImport, type ImportWork, readImport } from './run.ts'
import { WORK_KINDS } from './service.ts'

/** Names who reads, checks and takes imports as long work. */
export function registerImports(world: World): void {
  const as = (run: (work: ImportWork) => Promise<unknown>) => async (work: Work) => {
    await run({
      world,
      caller: callerOf(work),
      importId: work.subjectId!,
      signal: work.signal,
      progress: work.progress,
    })
    return { import: work.subjectId }
  }
  world.jobs.register(WORK_KINDS.read, as(readImport))
  world.jobs.register(WORK_KINDS.check, as(checkImport))
  world.jobs.register(WORK_KINDS.apply, as(applyImport))
}

/** The server at work for the account that ordered it, whose right to do so was checked then. */
const callerOf = ({ zoneId, accountId }: Work): Caller => ({ ...systemCaller(zoneId), accountId })
