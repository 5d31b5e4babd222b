/**
 * Stands for zod in the pages (vite.config.ts). The stages' models and APIs come along for their types, constants and
 * addresses, but only the server parses: without the library the first load is a tenth smaller and starts sooner. What
 * would need a real schema fails loudly instead of answering nothing.
 */
const NEEDS_SCHEMA = new Set<string | symbol>([
  'parse',
  'safeParse',
  'parseAsync',
  'safeParseAsync',
  'decode',
  'encode',
  'options',
  Symbol.iterator,
])

const stand: object = new Proxy(() => stand, {
  apply: () => stand,
  get(_, name) {
    if (NEEDS_SCHEMA.has(name)) throw new Error(`The pages hold no schemas: ${String(name)} is the server’s to do.`)
    return name === 'then' ? undefined : stand
  },
})

export const z = stand
