import { availableParallelism } from 'node:os'

import react from '@vitejs/plugin-react'
import { playwright } from '@vitest/browser-playwright'
import { defineConfig } from 'vitest/config'

import { CHROMIUM_ARGS, lookForChromium } from './tools/chromium.mjs'
import { findPostgres } from './tools/postgres.mjs'

const chromium = lookForChromium()

const hasPostgres = process.env.TEST_DATABASE_URL !== undefined || findPostgres() !== undefined
if (!hasPostgres) {
  console.warn('PostgreSQL is not installed: the server is tested on PGlite only.')
}

/** These open no database, so one engine is as good as the other. */
const WITHOUT_DATABASE = [
  'platform/db/private-folder.test.ts',
  'platform/{http,outbound}/*.test.ts',
  'sandbox/delivery/{fair-choice,verdict}.test.ts',
  'server/{env,migrations,start-failure,warm-addresses}.test.ts',
  'platform/db/lease.test.ts',
  'server/changes/diff.test.ts',
  'server/push/web-push.test.ts',
  'server/nexudus/{back-off,closing-connections,limits,list,proxy,route,upstream}.test.ts',
  'server/session/seal.test.ts',
  'server/alerts/per-look.test.ts',
  'server/watch/silence.test.ts',
]

const SERVER = {
  setupFiles: ['tools/fresh-connections.mjs'],
  // these end what hangs; nothing may depend on how fast the machine is
  testTimeout: 120_000,
  hookTimeout: 120_000,
  expect: { poll: { timeout: 60_000 } },
}

const onEngine = (engine: 'pglite' | 'postgresql') => ({
  test: {
    name: `server on ${engine}`,
    include: ['{platform,sandbox,server}/**/*.test.ts'],
    exclude: WITHOUT_DATABASE,
    globalSetup: ['platform/db/test-engines.ts'],
    ...SERVER,
    // a file opens a database of its own; modules that keep nothing need not be loaded anew for it
    isolate: false,
  },
})

export default defineConfig({
  test: {
    // they wait for a database and for calls more than they compute
    maxWorkers: availableParallelism() + 2,
    projects: [
      {
        test: {
          name: 'app',
          include: ['{contract,src,scripts}/**/*.test.ts'],
          testTimeout: 30_000,
        },
      },
      {
        plugins: [react()],
        // found before the first test: a package found later would load the page of a test again
        optimizeDeps: { entries: ['src/**/*.browser.test.tsx'], include: ['react-dom/client'] },
        test: {
          name: 'components',
          include: ['src/**/*.browser.test.tsx'],
          // these end what hangs; a busy machine draws late, and that is no finding
          testTimeout: 120_000,
          expect: { poll: { timeout: 45_000 } },
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: { args: CHROMIUM_ARGS, ...(chromium && { executablePath: chromium }) },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
      { test: { name: 'server without a database', include: WITHOUT_DATABASE, ...SERVER } },
      onEngine('pglite'),
      ...(hasPostgres ? [onEngine('postgresql')] : []),
    ],
  },
})
