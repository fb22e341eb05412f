import { defineConfig } from '@playwright/test'

import { CHROMIUM_ARGS, lookForChromium } from './tools/chromium.mjs'

// an editor loads this file to list the tests: it looks for a browser and installs none
const chromium = lookForChromium()

/** These wait for looks, retries and dying processes, most of the time. */
const LONG_WAITS = /(watch\/(watch|repair|pause-until)|processes\/\w+-survives?)\.spec/

export default defineConfig({
  testDir: 'e2e',
  globalSetup: './tools/require-chromium.mjs',
  fullyParallel: true,
  forbidOnly: true,
  // a test that passes at the second try has found something, in the product or in itself
  retries: 0,
  // each has a product of its own, with its own database
  workers: 2,
  // those that wait begin first, beside those that compute: alone at the end, they would take longer
  projects: [
    { name: 'long waits', testMatch: LONG_WAITS },
    { name: 'flows', testIgnore: LONG_WAITS },
  ],
  // only what never comes is to fail: a busy machine is slow, and that is no finding
  timeout: 180_000,
  expect: { timeout: 45_000 },
  reporter: [['list']],
  use: {
    viewport: { width: 1280, height: 900 },
    locale: 'en-GB',
    timezoneId: 'Europe/London',
    actionTimeout: 45_000,
    navigationTimeout: 60_000,
    // one is had with --trace on; of a table of sixty rows it takes longer than the test
    trace: 'off',
    launchOptions: { args: CHROMIUM_ARGS, ...(chromium && { executablePath: chromium }) },
  },
})
