import { parentPort, workerData } from 'node:worker_threads'
import { present } from '#kit/assert.ts'
import { Fault } from '#kit/fault.ts'
import { findAlternatives } from './alternatives.ts'
import { solveBulk } from './bulk.ts'
import { lossesWithout } from './explain.ts'
import type { Progress } from './model.ts'
import { priceConditions } from './prices.ts'
import type { Job, JobResult, WorkerMessage, WorkerTask } from './run.ts'
import { solveSetCover } from './set-cover.ts'
import { solveCover } from './solve.ts'

/** The thread in which one job runs: it posts progress, then the result or the refusal, and ends. */

const { job, cancelFlag } = workerData as WorkerTask
const port = present(parentPort, 'the thread that started this one')
const post = (message: WorkerMessage) => port.postMessage(message)

const flag = new Int32Array(cancelFlag)
const watch = {
  isCancelled: () => Atomics.load(flag, 0) !== 0,
  onProgress: (progress: Progress) => post({ kind: 'progress', progress }),
}

try {
  post({ kind: 'result', result: await runJob(job) })
} catch (error) {
  if (!(error instanceof Fault)) throw error
  post({ kind: 'fault', code: error.code, message: error.message, details: error.details })
}

async function runJob(task: Job): Promise<JobResult[Job['kind']]> {
  switch (task.kind) {
    case 'solve':
      return solveCover(task.problem, { ...task.options, ...watch })
    case 'losses':
      return lossesWithout(task.problem, task.answer, { ...task.options, ...watch })
    case 'prices':
      return priceConditions(task.problem, task.answer, { ...task.options, ...watch })
    case 'alternatives':
      return findAlternatives(task.problem, task.answer, { ...task.options, ...watch })
    case 'set-cover':
      return solveSetCover(task.problem, { ...task.options, ...watch })
    case 'bulk':
      return solveBulk(task.problem, {
        ...task.options,
        isCancelled: watch.isCancelled,
        onProgress: (progress) => post({ kind: 'bulk-progress', progress }),
      })
  }
}
