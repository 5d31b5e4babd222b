import { parentPort, workerData } from 'node:worker_threads'
import { findDuplicates } from './find.ts'
import type { DuplicatesTask } from './run.ts'

const { records, among } = workerData as DuplicatesTask
parentPort?.postMessage(findDuplicates(records, among ? { among: new Set(among) } : {}))
