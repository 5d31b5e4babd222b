import { startPostgres } from './postgres.ts'

/** Gives a test run a PostgreSQL: the one at TEST_DATABASE_URL, or one of its own that ends with it. */
export default async function setup(): Promise<undefined | (() => Promise<void>)> {
  if (process.env.TEST_DATABASE_URL) return undefined
  const server = await startPostgres()
  process.env.TEST_DATABASE_URL = server.url
  return () => server.stop()
}
