import { Fault } from '#kit/fault.ts'

/** `code rule` of the Fault that the work ends in; anything else it throws is passed on. */
export async function refusalOf(work: () => Promise<unknown>): Promise<string> {
  try {
    await work()
  } catch (error) {
    if (error instanceof Fault) return `${error.code} ${error.details.rule}`
    throw error
  }
  return 'read'
}

/** Everything that an iterable yields. */
export async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = []
  for await (const item of items) list.push(item)
  return list
}
