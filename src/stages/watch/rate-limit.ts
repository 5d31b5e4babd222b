import { sha256 } from '#kit/ids.ts'
import { nextWindow, type RateWindow } from '#kit/rate-window.ts'

export interface RateBounds {
  /** How often one address may be asked for in a window, and all of a server's together. */
  eachMax: number
  allMax: number
  windowMs: number
  /** So many addresses are counted at once; of more, those asked for longest ago are forgotten. */
  countedMax: number
}

/** Readers that ask every few minutes stay far below. */
export const FEED_RATE: RateBounds = { eachMax: 60, allMax: 1_200, windowMs: 300_000, countedMax: 10_000 }

/**
 * Counts what is asked for by secret addresses on one server, in windows that begin with the first request. Guesses count
 * too, before anything is looked up. Holds at most `countedMax` hashes, never an address.
 */
export class RateLimit {
  private readonly bounds: RateBounds
  private readonly asked = new Map<string, RateWindow>()
  private all: RateWindow = { from: Number.NEGATIVE_INFINITY, count: 0 }

  constructor(bounds: RateBounds) {
    this.bounds = bounds
  }

  /** Counts one request at `now` (ms); null where it is within the bounds, else which of them it hit and how long to wait. */
  count(address: string, now: number): { hit: 'each' | 'all'; limit: number; retrySeconds: number } | null {
    const { eachMax, allMax, windowMs, countedMax } = this.bounds
    this.all = nextWindow(this.all, now, windowMs)
    if (this.all.count > allMax) return { hit: 'all', limit: allMax, retrySeconds: this.wait(this.all, now) }
    const key = sha256(address)
    const mine = nextWindow(this.asked.get(key), now, windowMs)
    this.asked.delete(key)
    this.asked.set(key, mine)
    for (const oldest of this.asked.keys()) {
      if (this.asked.size <= countedMax) break
      this.asked.delete(oldest)
    }
    return mine.count > eachMax ? { hit: 'each', limit: eachMax, retrySeconds: this.wait(mine, now) } : null
  }

  private wait({ from }: RateWindow, now: number): number {
    return Math.max(1, Math.ceil((from + this.bounds.windowMs - now) / 1000))
  }
}
