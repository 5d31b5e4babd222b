import { defineConfig } from 'vitest/config'

/** What is polled for comes when a busy machine gets to it; only what never comes waits so long. */
const COMES_MS = 120_000
/** Longer than any test takes on a machine that is busy with other things: what takes so long hangs. */
const HANGS_MS = 600_000
/** A worker holds a PGlite of its own, so files share their worker instead of starting anew, which is five times faster. */
const shared = {
  isolate: false,
  pool: 'forks',
  maxWorkers: 2,
  environment: 'node',
  expect: { poll: { timeout: COMES_MS } },
  setupFiles: 'src/testing/seeded.ts',
  testTimeout: HANGS_MS,
  hookTimeout: HANGS_MS,
} as const
const never = ['**/node_modules/**', 'dist/**', 'data/**']

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...shared,
          name: 'pglite',
          include: ['src/**/*.test.ts', 'examples/**/*.test.ts', 'scripts/**/*.test.ts', 'bench/**/*.test.ts'],
          exclude: [...never, '**/*.browser.test.ts', '**/*.kill.test.ts'],
          env: { TEST_DATABASE_URL: '' },
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          ...shared,
          name: 'postgres',
          include: ['src/**/*.{store,routes,kill}.test.ts'],
          exclude: never,
          globalSetup: ['src/testing/with-postgres.ts'],
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          ...shared,
          name: 'browser',
          include: ['src/web/**/*.browser.test.ts'],
          exclude: never,
          globalSetup: ['src/testing/with-server.ts'],
          env: { TEST_DATABASE_URL: '' },
          maxWorkers: 1,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
})
