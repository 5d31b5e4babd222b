/** Words that were seen before, found by their place in a text, so that most words of a text are never cut out of it. */
export class WordTable<Known> {
  /** Pairs: a word's hash and its place, counted from 1; 0 where there is none. */
  private slots = new Int32Array(2 * SLOTS_MIN)
  private words: string[] = []
  private values: Known[] = []
  private readonly countMax: number

  /** Forgets everything once it holds `countMax` words. */
  constructor(countMax: number) {
    this.countMax = countMax
  }

  /** What is known of the word from `start` to `end` (not included). */
  find(text: string, start: number, end: number): Known | undefined {
    const { slots } = this
    const hash = hashOf(text, start, end)
    const mask = slots.length - 2
    for (let slot = (2 * hash) & mask; ; slot = (slot + 2) & mask) {
      const place = slots[slot + 1]! - 1
      if (place < 0) return undefined
      if (slots[slot] === hash && isAt(this.words[place]!, text, start, end)) return this.values[place]
    }
  }

  /** Keeps a word that `find` does not find. */
  add(word: string, known: Known): void {
    if (this.words.length === this.countMax) {
      this.words = []
      this.values = []
      this.slots = new Int32Array(2 * SLOTS_MIN)
    }
    this.words.push(word)
    this.values.push(known)
    if (4 * this.words.length > this.slots.length) {
      this.slots = new Int32Array(2 * this.slots.length)
      for (let place = 0; place < this.words.length; place += 1) this.place(place)
    } else this.place(this.words.length - 1)
  }

  private place(place: number): void {
    const { slots } = this
    const word = this.words[place]!
    const hash = hashOf(word, 0, word.length)
    const mask = slots.length - 2
    let slot = (2 * hash) & mask
    while (slots[slot + 1] !== 0) slot = (slot + 2) & mask
    slots[slot] = hash
    slots[slot + 1] = place + 1
  }
}

const SLOTS_MIN = 4096

/** FNV-1a over UTF-16 units, its high bits mixed into the low ones, which choose the slot. */
function hashOf(text: string, start: number, end: number): number {
  let hash = 0x811c_9dc5 | 0
  for (let at = start; at < end; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x0100_0193)
  return (hash ^ (hash >>> 15)) & 0x3fff_ffff
}

function isAt(word: string, text: string, start: number, end: number): boolean {
  if (word.length !== end - start) return false
  for (let at = 0; at < word.length; at += 1) if (word.charCodeAt(at) !== text.charCodeAt(start + at)) return false
  return true
}
