import { startServer } from './server.ts'

/** Gives a test run a seeded server: the one at TEST_SERVER_URL, or one of its own that ends with it. */
export default async function setup(): Promise<undefined | (() => Promise<void>)> {
  if (process.env.TEST_SERVER_URL) return undefined
  // Behind a proxy, so that each visitor of a test can come from an address of its own.
  const server = await startServer({ environment: { CONSORTIA_BEHIND_PROXY: 'yes' } })
  process.env.TEST_SERVER_URL = server.url
  return async () => {
    await server.stop()
  }
}
