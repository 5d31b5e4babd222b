import { parentPort } from 'node:worker_threads'
import { present } from '#kit/assert.ts'
import { type Nearest, VectorTable } from '../../embedding/vectors.ts'

/** What is held of a zone stays until the model changes or other zones are asked for more. */
const ZONES_KEPT_MAX = 8

/** Vectors one after the other, with the key of each text and the hash of its words. */
export interface VectorPage {
  keys: string[]
  hashes: string[]
  numbers: Int8Array
}

export type ToVectors =
  | {
      id: number
      do: 'put'
      zoneId: string
      model: string
      dimensions: number
      page: VectorPage
      /** Begins anew; forgets what is held. */
      isFirst: boolean
      /** With the last page, up to where the vectors were read. */
      revision: string | null
    }
  | { id: number; do: 'near'; zoneId: string; model: string; revision: string; query: Float32Array; k: number }

export type FromVectors =
  | { id: number; put: true }
  /** The zone is not held by this model, or only up to `held`. */
  | { id: number; missing: true; held: string | null }
  | { id: number; nearest: Nearest; hashes: string[] }
  | { id: number; error: string }

interface Held {
  model: string
  table: VectorTable
  revision: string | null
}

const port = present(parentPort, 'the port of a worker thread')
const zones = new Map<string, Held>()

port.on('message', (message: ToVectors) => {
  try {
    port.postMessage(answer(message))
  } catch (error) {
    port.postMessage({ id: message.id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  }
})

function answer(message: ToVectors): FromVectors {
  if (message.do === 'put') return put(message)
  const { id, zoneId, model, revision, query, k } = message
  const held = zones.get(zoneId)
  if (!held?.revision || held.model !== model || held.table.dimensions !== query.length)
    return { id, missing: true, held: null }
  if (BigInt(held.revision) < BigInt(revision)) return { id, missing: true, held: held.revision }
  const nearest = held.table.nearest(query, k)
  return { id, nearest, hashes: nearest.near.map(({ key }) => held.table.tagOf(key) ?? '') }
}

function put({ id, zoneId, model, dimensions, page, isFirst, revision }: ToVectors & { do: 'put' }): FromVectors {
  const known = isFirst ? undefined : zones.get(zoneId)
  const held = known ?? { model, table: new VectorTable(dimensions), revision: null }
  for (const [at, key] of page.keys.entries())
    held.table.put(key, page.numbers.subarray(at * dimensions, (at + 1) * dimensions), page.hashes[at])
  held.revision = revision ?? held.revision
  zones.delete(zoneId)
  zones.set(zoneId, held)
  for (const one of zones.keys()) if (zones.size > ZONES_KEPT_MAX) zones.delete(one)
  return { id, put: true }
}
