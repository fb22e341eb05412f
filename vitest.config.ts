import { availableParallelism } from 'node:os'

import { defineConfig } from 'vitest/config'

// @ts-expect-error a plain script, without types: `findPostgres(): string | undefined`
import { findPostgres } from './scripts/postgres.mjs'

const hasPostgres = process.env.TEST_DATABASE_URL !== undefined || findPostgres() !== undefined
if (!hasPostgres) {
  console.warn('PostgreSQL is not installed: the server is tested on PGlite only.')
}

const onEngine = (engine: 'pglite' | 'postgresql') => ({
  test: {
    name: `server on ${engine}`,
    include: ['server/**/*.test.ts'],
    globalSetup: ['server/db/test-engines.ts'],
    setupFiles: ['scripts/fresh-connections.mjs'],
    // these end what hangs; nothing may depend on how fast the machine is
    ...{ testTimeout: 120_000, hookTimeout: 120_000, expect: { poll: { timeout: 60_000 } } },
    // a file opens a database of its own; modules that keep nothing need not be loaded anew for it
    isolate: false,
  },
})

export default defineConfig({
  test: {
    // they wait for a database and for calls more than they compute
    maxWorkers: availableParallelism() + 1,
    projects: [
      {
        test: {
          name: 'app',
          include: ['src/**/*.test.ts', 'scripts/**/*.test.ts'],
          testTimeout: 30_000,
        },
      },
      onEngine('pglite'),
      ...(hasPostgres ? [onEngine('postgresql')] : []),
    ],
  },
})
