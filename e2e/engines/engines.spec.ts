import { randomUUID } from 'node:crypto'

import { QUIET_ACTION, SHOREDITCH, uniqueName } from '#tools/network.mjs'
import { expect, test } from '#e2e/support/fixtures.ts'

import { visit, type Driver } from './driver.ts'
import { findFirefox, startFirefox } from './firefox.ts'
import { findWebKit, startWebKit } from './webkit.ts'

const firefox = findFirefox()
const webkit = findWebKit()

/** The main job, done by a person with keyboard and mouse, starting as after `npm start`. */
async function mainJob(driver: Driver, product: { url: string; sandboxUrl: string }) {
  const visitor = visit(driver)
  const name = uniqueName()

  await visitor.open(`${product.url}/webhooks/new?name=${encodeURIComponent(name)}`)
  await visitor.click('button', 'admin@hookdesk.test')
  await visitor.click('button', 'Sign in')

  await visitor.click('combobox', 'Location')
  await visitor.type('shoreditch')
  await visitor.press('Enter')
  await visitor.click('combobox', 'Action')
  await visitor.type(QUIET_ACTION.name)
  await visitor.press('Enter')
  await visitor.click('textbox', 'URL')
  await visitor.type(`${product.sandboxUrl}/receiver/${randomUUID()}`)
  await visitor.click('button', 'Create webhook')
  await visitor.reads('Created. It is now in the list.')

  await visitor.click('button', 'Try it')
  await visitor.reads('answered 200')

  // opened by its address: the session must have been kept
  await visitor.open(`${product.url}/webhooks?q=${encodeURIComponent(name)}`)
  await visitor.click('switch', `Active: ${name}`)
  // the row shows the pause at once, the notice only once Nexudus has confirmed it
  await visitor.reads(`Paused “${name}”.`)
  return name
}

const engines = [
  { name: 'Firefox', start: firefox && (() => startFirefox(firefox)) },
  { name: 'WebKit', start: webkit && (() => startWebKit(webkit)) },
]

const withBrowser = test.extend<{ started: (start: () => Promise<Driver>) => Promise<Driver> }>({
  // Playwright reads the fixtures that a function needs from its first argument
  // oxlint-disable-next-line no-empty-pattern
  started: async ({}, provide) => {
    const drivers: Driver[] = []
    await provide(async (start) => {
      const driver = await start()
      drivers.push(driver)
      return driver
    })
    // also after a test that timed out
    await Promise.all(drivers.map((driver) => driver.close()))
  },
})

for (const { name: engine, start } of engines) {
  withBrowser(
    `${engine} signs in, makes a webhook, tries it and pauses it`,
    async ({ product, sandbox, started }) => {
      // starts a whole browser of another engine
      test.slow()
      test.skip(!start, `${engine} is not installed`)
      if (!start) return
      const name = await mainJob(await started(start), product)
      expect(await sandbox.webhooksNamed(name)).toMatchObject([
        { BusinessId: SHOREDITCH.id, Action: QUIET_ACTION.number, Active: false },
      ])
    },
  )
}
