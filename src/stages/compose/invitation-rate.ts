import { Fault } from '#kit/fault.ts'
import { nextWindow, type RateWindow } from '#kit/rate-window.ts'
import { hashToken } from './link-token.ts'

/** How often one link may be opened or answered in a window, and all links of a server together, guesses among them. */
const EACH_MAX = 40
const ALL_MAX = 1_200
const WINDOW_MS = 300_000
/** So many links are counted at once; of more, those asked for longest ago are forgotten. */
const COUNTED_MAX = 10_000

/** Counts requests by link, before anything is looked up. Holds hashes alone, never a token. */
export class LinkRate {
  private readonly each = new Map<string, RateWindow>()
  private all: RateWindow = { from: Number.NEGATIVE_INFINITY, count: 0 }

  /** @throws Fault `too_many` beyond the bounds */
  count(token: string, now: number): void {
    this.all = nextWindow(this.all, now, WINDOW_MS)
    const key = hashToken(token)
    const mine = nextWindow(this.each.get(key), now, WINDOW_MS)
    this.each.delete(key)
    this.each.set(key, mine)
    const [oldest] = this.each.keys()
    if (this.each.size > COUNTED_MAX && oldest !== undefined) this.each.delete(oldest)
    const limit = mine.count > EACH_MAX ? EACH_MAX : this.all.count > ALL_MAX ? ALL_MAX : null
    if (limit !== null)
      throw new Fault('too_many', 'This link is asked for too often.', {
        rule: 'invitation.link_too_often',
        limit,
        tip: 'Try again in a few minutes.',
      })
  }
}
