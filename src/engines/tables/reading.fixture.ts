import type { Reading } from './types.ts'

/** A reading in one line: the value, `?rule` where it was refused, `—` where nothing is there; then `~note`. */
export function told<T>(reading: Reading<T>, show: (value: T) => string = String): string {
  if (reading.refusal) return `?${reading.refusal.replace('value.', '')}`
  const note = reading.note ? ` ~${reading.note}` : ''
  return reading.empty ? `—${note}` : `${show(reading.value as T)}${note}`
}
