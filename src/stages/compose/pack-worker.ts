import { parentPort, workerData } from 'node:worker_threads'
import { present } from '#kit/assert.ts'
import { Fault } from '#kit/fault.ts'
import { conditionsOfPacks } from './pack-rules.ts'
import { type PackMessage, type PackTask, placed } from './pack-thread.ts'

/** The thread in which packs become conditions: it answers once, and ends. */
const port = present(parentPort, 'the thread that started this one')

function answer({ asked, ids, waived }: PackTask): PackMessage {
  try {
    const { rules, rowsOf, leads } = conditionsOfPacks(asked, ids, waived)
    const placeOf = new Map(ids.map((id, at) => [id, at]))
    const able = leads && Int32Array.from(leads, (id) => placeOf.get(id)!)
    return { rules: rules.map((rule) => placed(rule, placeOf)), rowsOf, leads: able }
  } catch (error) {
    if (error instanceof Fault) return { refused: [error.code, error.message, error.details] }
    throw error
  }
}

port.postMessage(answer(workerData as PackTask))
