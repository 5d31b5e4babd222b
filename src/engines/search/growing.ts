/** A run of unsigned 32-bit numbers that grows as it is filled. */
export class GrowingNumbers {
  private numbers: Uint32Array<ArrayBuffer>
  length = 0

  constructor(capacity = 1024) {
    this.numbers = new Uint32Array(capacity)
  }

  push(value: number): void {
    if (this.length === this.numbers.length) {
      const larger = new Uint32Array(this.numbers.length * 2)
      larger.set(this.numbers)
      this.numbers = larger
    }
    this.numbers[this.length] = value
    this.length += 1
  }

  finish(): Uint32Array<ArrayBuffer> {
    return this.numbers.slice(0, this.length)
  }
}
