/** Stops on what can only be our own bug. What a caller may get wrong is refused with a Fault instead. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`Broken promise: ${message}`)
}

/** The value, where its absence would be our bug. */
export function present<T>(value: T | null | undefined, what: string): T {
  assert(value !== null && value !== undefined, `${what} is there.`)
  return value
}
