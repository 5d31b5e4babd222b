/** Requests counted from the first one on. */
export interface RateWindow {
  /** When the first came, in milliseconds. */
  from: number
  count: number
}

/** The window with one more request in it; a new one where the last is over, or was begun by a clock set back since. */
export function nextWindow(known: RateWindow | undefined, now: number, windowMs: number): RateWindow {
  return known && now >= known.from && now - known.from < windowMs
    ? { from: known.from, count: known.count + 1 }
    : { from: now, count: 1 }
}
