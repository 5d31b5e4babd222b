const SAMPLE_BYTES_MAX = 1 << 19

/**
 * Reads bytes once and says whether they are strict UTF-8 (RFC 3629: no overlong forms, no surrogates, at most U+10FFFF),
 * where they first are not, and how many sequences outside ASCII were sound or broken. Keeps the bytes from the first
 * one outside ASCII on, to judge other encodings by.
 */
export class Utf8Scan {
  firstInvalid: number | null = null
  soundSequences = 0
  brokenBytes = 0

  private offset = 0
  private expected = 0
  private lowest = 0x80
  private highest = 0xbf
  private started = 0
  private sampled = 0
  private readonly samples: Buffer[] = []

  push(chunk: Buffer): void {
    this.keep(chunk)
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at] ?? 0
      if (this.expected === 0) {
        if (byte < 0x80) continue
        this.begin(byte, this.offset + at)
      } else if (byte >= this.lowest && byte <= this.highest) {
        this.lowest = 0x80
        this.highest = 0xbf
        if (--this.expected === 0) this.soundSequences++
      } else {
        this.expected = 0
        this.fail(this.started)
        at--
      }
    }
    this.offset += chunk.length
  }

  end(): void {
    if (this.expected > 0) this.fail(this.started)
    this.expected = 0
  }

  sample(): Buffer {
    return Buffer.concat(this.samples)
  }

  private begin(byte: number, at: number): void {
    this.started = at
    this.lowest = byte === 0xe0 ? 0xa0 : byte === 0xf0 ? 0x90 : 0x80
    this.highest = byte === 0xed ? 0x9f : byte === 0xf4 ? 0x8f : 0xbf
    if (byte >= 0xc2 && byte <= 0xdf) this.expected = 1
    else if (byte >= 0xe0 && byte <= 0xef) this.expected = 2
    else if (byte >= 0xf0 && byte <= 0xf4) this.expected = 3
    else this.fail(at)
  }

  private fail(at: number): void {
    this.brokenBytes++
    this.firstInvalid ??= at
  }

  private keep(chunk: Buffer): void {
    if (this.sampled >= SAMPLE_BYTES_MAX) return
    const from = this.sampled > 0 ? 0 : chunk.findIndex((byte) => byte >= 0x80)
    if (from < 0) return
    const piece = chunk.subarray(from, from + SAMPLE_BYTES_MAX - this.sampled)
    this.samples.push(Buffer.from(piece))
    this.sampled += piece.length
  }
}
