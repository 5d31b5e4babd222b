import { BULK_PHASES, type BulkProgress } from '#engines/cover/bulk-model.ts'

/** What a run is doing, in one text that goes through the work's row: `bulk.prices:5:40:335785:336383`. */

export const BULK_STEPS = ['matching', ...BULK_PHASES, 'explaining', 'keeping'] as const
export type BulkStep = (typeof BULK_STEPS)[number]

export interface BulkDoing {
  step: BulkStep
  done: number
  of: number
  total: number | null
  bound: number | null
}

/** Where the bar stands when each step begins, of a hundred. */
const BAR: Record<BulkStep, number> = {
  matching: 0,
  alone: 20,
  turns: 40,
  prices: 45,
  exchanges: 70,
  explaining: 80,
  keeping: 97,
}
export const BAR_END = 100

export function barOf(step: BulkStep, done: number, of: number): number {
  const next = BULK_STEPS[BULK_STEPS.indexOf(step) + 1]
  const end = next ? BAR[next] : BAR_END
  return BAR[step] + (end - BAR[step]) * (of > 0 ? Math.min(1, done / of) : 0)
}

export function doingOf(
  step: BulkStep,
  done: number,
  of: number,
  figures?: Pick<BulkProgress, 'total' | 'bound'>,
): string {
  const { total = null, bound = null } = figures ?? {}
  return [`bulk.${step}`, done, of, ...(total === null || bound === null ? [] : [total, bound])].join(':')
}

/** The same, read again; nothing where it is another work's. */
export function readDoing(text: string): BulkDoing | null {
  const [key = '', done, of, total, bound] = text.split(':')
  const step = BULK_STEPS.find((one) => key === `bulk.${one}`)
  if (!step) return null
  const figure = (value: string | undefined) => (value === undefined ? null : Number(value))
  return { step, done: Number(done ?? 0), of: Number(of ?? 0), total: figure(total), bound: figure(bound) }
}
