import type { Logger } from 'pino'
import { countSnapshot } from '#http/metrics.ts'
import type { SnapshotNote } from './keeper.ts'

const WORDS: Readonly<Record<SnapshotNote['about'], { level: 'info' | 'warn'; message: string }>> = {
  loaded: { level: 'info', message: 'A registry was taken up for matching from its snapshot.' },
  refused: {
    level: 'warn',
    message: 'A snapshot for matching cannot be used and was removed; the registry is read from the database.',
  },
  written: { level: 'info', message: 'A snapshot for matching was written.' },
  too_large: { level: 'warn', message: 'A registry is too large for a snapshot; the next start reads it anew.' },
  unlearnt: { level: 'warn', message: 'Pairs of terms could not be learnt from a registry.' },
  failed: { level: 'warn', message: 'A snapshot for matching could not be written.' },
}

/** Says in the log what has become of a snapshot, or could not be learnt, and counts it. */
export function tellSnapshot(log: Pick<Logger, 'info' | 'warn'>, { about, ...note }: SnapshotNote): void {
  const { level, message } = WORDS[about]
  log[level](note, message)
  countSnapshot(about, about === 'refused' ? (note.why ?? '') : '')
}
