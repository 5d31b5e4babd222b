import { classTable, DIGIT, LETTER } from './classes.ts'

/**
 * Words that were seen before, found by their place among a text's UTF-16 units, so that most words of a text are never
 * cut out of it.
 */
export class WordTable<Known> {
  /** Where the word that `findAt` was asked for ends, known or not. */
  end = 0
  /** Pairs: a word's hash and its place, counted from 1; 0 where there is none. */
  private slots = new Int32Array(2 * SLOTS_MIN)
  /** The units of all words, one after another. */
  private units = new Uint16Array(SLOTS_MIN)
  /** Where each word begins in `units`; one more entry ends the last. */
  private starts = new Uint32Array(SLOTS_MIN)
  private values: Known[] = []
  private readonly countMax: number

  /** Forgets everything once it holds `countMax` words. */
  constructor(countMax: number) {
    this.countMax = countMax
  }

  /** What is known of the word that begins at `start` and goes on while there are letters and digits. */
  findAt(units: Uint16Array, start: number): Known | undefined {
    const classes = classTable()
    const { length } = units
    let hash = HASH_OF_NOTHING
    let at = start
    for (; at < length; at += 1) {
      const unit = units[at]!
      const kind = classes[unit]
      if (kind !== LETTER && kind !== DIGIT) break
      hash = hashWith(hash, unit)
    }
    this.end = at
    return this.knownAt(units, start, at, finished(hash))
  }

  /** What is known of the word from `start` to `end` (not included). */
  find(units: Uint16Array, start: number, end: number): Known | undefined {
    return this.knownAt(units, start, end, hashOf(units, start, end))
  }

  /** Keeps a word that `find` does not find. */
  add(units: Uint16Array, start: number, end: number, known: Known): void {
    if (this.values.length === this.countMax) this.forget()
    const from = this.starts[this.values.length]!
    const to = from + end - start
    if (to > this.units.length) this.units = larger(this.units, new Uint16Array(2 * to))
    this.units.set(units.subarray(start, end), from)
    this.values.push(known)
    if (this.values.length === this.starts.length)
      this.starts = larger(this.starts, new Uint32Array(2 * this.starts.length))
    this.starts[this.values.length] = to
    if (4 * this.values.length > this.slots.length) {
      this.slots = new Int32Array(2 * this.slots.length)
      for (let place = 0; place < this.values.length; place += 1) this.place(place)
    } else this.place(this.values.length - 1)
  }

  private forget(): void {
    this.values = []
    this.slots = new Int32Array(2 * SLOTS_MIN)
  }

  private knownAt(units: Uint16Array, start: number, end: number, hash: number): Known | undefined {
    const { slots } = this
    const mask = slots.length - 2
    for (let slot = (2 * hash) & mask; ; slot = (slot + 2) & mask) {
      const place = slots[slot + 1]! - 1
      if (place < 0) return undefined
      if (slots[slot] === hash && this.isAt(place, units, start, end)) return this.values[place]
    }
  }

  private isAt(place: number, units: Uint16Array, start: number, end: number): boolean {
    const { starts, units: known } = this
    const shift = starts[place]! - start
    if (starts[place + 1]! - shift !== end) return false
    for (let at = start; at < end; at += 1) if (known[at + shift] !== units[at]) return false
    return true
  }

  private place(place: number): void {
    const { slots } = this
    const hash = hashOf(this.units, this.starts[place]!, this.starts[place + 1]!)
    const mask = slots.length - 2
    let slot = (2 * hash) & mask
    while (slots[slot + 1] !== 0) slot = (slot + 2) & mask
    slots[slot] = hash
    slots[slot + 1] = place + 1
  }
}

const SLOTS_MIN = 4096

function larger<Numbers extends Uint16Array | Uint32Array>(before: Numbers, after: Numbers): Numbers {
  after.set(before)
  return after
}

/** FNV-1a over UTF-16 units, its high bits mixed into the low ones, which choose the slot. */
function hashOf(units: Uint16Array, start: number, end: number): number {
  let hash = HASH_OF_NOTHING
  for (let at = start; at < end; at += 1) hash = hashWith(hash, units[at]!)
  return finished(hash)
}

const HASH_OF_NOTHING = 0x811c_9dc5 | 0
const hashWith = (hash: number, unit: number) => Math.imul(hash ^ unit, 0x0100_0193)
const finished = (hash: number) => (hash ^ (hash >>> 15)) & 0x3fff_ffff
