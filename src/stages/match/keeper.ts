import { rmSync } from 'node:fs'
import type { Mark } from './corpus.ts'
import type { PreparedCorpus } from './prepared.ts'
import {
  type Loaded,
  listSnapshots,
  readSnapshotFile,
  snapshotPath,
  type Unusable,
  UnusableSnapshot,
  writeSnapshotFile,
} from './snapshot-file.ts'

/** A snapshot is written again once so many records have changed since, or where there is none; and at the end. */
const CHANGES_MIN = 200
/** It takes time and writes all: not more often than this. */
const WRITTEN_EVERY_MS_MIN = 60_000

/** What those who keep and learn have to say to those who watch the server. */
export interface SnapshotNote {
  about: 'loaded' | 'refused' | 'written' | 'too_large' | 'failed' | 'unlearnt'
  zoneId: string
  why?: string
  bytes?: number
  seconds?: number
}

/** What is known of the snapshot of one zone. */
interface Kept {
  /** Up to where the file says what the registry says; null where there is no file. */
  mark: Mark | null
  changes: number
  triedAt: number
  /** Counts up when something is taken away: what was begun before must not be finished. */
  taken: number
  writing: Promise<void> | null
}

export interface Holding {
  mark: Mark
  prepared: PreparedCorpus
}

export interface Keeper {
  /** The zones that have a snapshot. From now on snapshots are written. */
  begin(): Promise<string[]>
  /** What a zone's snapshot holds, or null and why there is nothing that can be used. */
  load(zoneId: string): Promise<{ loaded: Loaded | null; refused: Unusable | null }>
  /** Removes a zone's snapshot at once. */
  drop(zoneId: string): void
  changed(zoneId: string, count: number): void
  /** Writes what is due of what is held. */
  keepDue(held: ReadonlyMap<string, Holding>): void
  /** Writes all that has changed since it was written last. */
  keepAll(held: ReadonlyMap<string, Holding>): Promise<void>
}

/** Keeps a snapshot of each zone in a folder. `made` names the code that reads texts; `tell` hears what becomes of them. */
export function openKeeper(folder: string, made: string, tell: (note: SnapshotNote) => void): Keeper {
  const known = new Map<string, Kept>()
  let isWriting = false

  function keptOf(zoneId: string): Kept {
    const fresh = { mark: null, changes: 0, triedAt: Number.NEGATIVE_INFINITY, taken: 0, writing: null }
    const kept = known.get(zoneId) ?? fresh
    known.set(zoneId, kept)
    return kept
  }

  function drop(zoneId: string): void {
    const kept = keptOf(zoneId)
    Object.assign(kept, { mark: null, taken: kept.taken + 1 })
    rmSync(snapshotPath(folder, zoneId), { force: true })
  }

  async function write(zoneId: string, { mark, prepared }: Holding): Promise<void> {
    const kept = keptOf(zoneId)
    const { taken } = kept
    const began = performance.now()
    Object.assign(kept, { changes: 0, triedAt: began })
    try {
      const bytes = await writeSnapshotFile(folder, { made, zoneId, mark }, prepared, () => kept.taken === taken)
      if (bytes !== null) {
        kept.mark = mark
        tell({ about: 'written', zoneId, bytes, seconds: secondsSince(began) })
      } else if (kept.taken === taken) tell({ about: 'too_large', zoneId })
    } catch (error) {
      tell({ about: 'failed', zoneId, why: error instanceof Error ? error.message : String(error) })
    }
  }

  return {
    async begin() {
      isWriting = true
      return listSnapshots(folder)
    },
    async load(zoneId) {
      const began = performance.now()
      try {
        const loaded = await readSnapshotFile(folder, { made, zoneId })
        if (!loaded) return { loaded: null, refused: null }
        keptOf(zoneId).mark = loaded.mark
        tell({ about: 'loaded', zoneId, seconds: secondsSince(began) })
        return { loaded, refused: null }
      } catch (error) {
        const why = error instanceof UnusableSnapshot ? error.why : 'unreadable'
        drop(zoneId)
        tell({ about: 'refused', zoneId, why })
        return { loaded: null, refused: why }
      }
    },
    drop,
    changed(zoneId, count) {
      keptOf(zoneId).changes += count
    },
    keepDue(held) {
      if (!isWriting) return
      for (const [zoneId, holding] of held) {
        const kept = keptOf(zoneId)
        const isDue = holding.mark.hash !== '' && (kept.mark === null || kept.changes >= CHANGES_MIN)
        if (!isDue || kept.writing || performance.now() - kept.triedAt < WRITTEN_EVERY_MS_MIN) continue
        kept.writing = write(zoneId, holding).finally(() => {
          kept.writing = null
        })
      }
    },
    async keepAll(held) {
      if (!isWriting) return
      for (const zoneId of [...held.keys()]) {
        await keptOf(zoneId).writing
        const holding = held.get(zoneId)
        if (holding && holding.mark.hash !== '' && keptOf(zoneId).mark?.version !== holding.mark.version)
          await write(zoneId, holding)
      }
    },
  }
}

const secondsSince = (began: number) => Math.round(performance.now() - began) / 1000
