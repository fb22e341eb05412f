import { listShown, WebhooksPage } from '#tools/pages/webhooks-page.mjs'

import { ADMIN, asAdmin } from './kit.mjs'
import { openRun } from './runs.mjs'

/**
 * @import { Page } from '@playwright/test'
 * @import { Kit } from './kit.mjs'
 */

const LIST = '/api/sys/webhooks'

/**
 * Pictures of unreadable values from Nexudus, and of a duplicate that is switched off.
 *
 * @param {Kit} kit
 */
export async function unreadScreens({ state, sandbox }) {
  const { BusinessId } = await sandbox.findWebhook('Accounting: invoice created')
  const fresh = (/** @type {string} */ name, more = {}) => ({
    BusinessId,
    Action: 6,
    Name: name,
    Active: true,
    URL: `https://hooks.partner.example/${encodeURIComponent(name)}`,
    ...more,
  })
  const make = async (/** @type {string} */ name, more = {}) =>
    (await sandbox.seedWebhook(fresh(name, more))).Id
  const [all, part] = [await make('Odd in everything'), await make('Odd in its count')]
  const misread = async (/** @type {Page} */ page, /** @type {string} */ address) => {
    const values = {
      [all]: { Active: 'maybe', ErrorCount: 'lots', Action: 'abc' },
      [part]: { ErrorCount: null },
    }
    await sandbox.fault({ kind: 'odd_values', method: 'GET', path: LIST, times: 1000, values })
    await page.goto(new URL(address, page.url()).href)
  }
  const odd = (/** @type {string} */ name, /** @type {string} */ caption) =>
    asAdmin(name, caption, '/nowhere')

  await state(odd('list-unread', 'Webhooks: values that cannot be read'), async (page) => {
    await misread(page, '/webhooks?q=Odd%20in')
    await listShown(page)
  })
  await state(odd('list-unread-menu', 'Webhooks: one that may be on or off'), async (page) => {
    await misread(page, '/webhooks?q=Odd%20in')
    await new WebhooksPage(page).openMenu('Odd in everything')
  })
  await state(odd('edit-unread', 'Webhook: values that cannot be read'), async (page) => {
    await misread(page, `/webhooks/${all}`)
    await page.getByRole('radiogroup', { name: 'Active' }).waitFor()
  })
  await state(odd('coverage-unread', 'Coverage: an action that cannot be read'), async (page) => {
    await misread(page, '/coverage?health=unreadable')
    await page.getByRole('main').getByText('Cannot be read').first().waitFor()
  })

  const duplicate = fresh('Bookings to the partner')
  await make('Bookings, switched off', { URL: duplicate.URL, Active: false })
  await state(
    {
      ...ADMIN,
      name: 'run-duplicate-off',
      caption: 'Run: what is there switched off',
      address: '/activity',
    },
    async (page) => {
      await openRun(page, { act: 'create', count: 1 }, [
        { kind: 'create', input: { ...duplicate, Description: '' } },
      ])
      await page.getByRole('button', { name: 'Switch it on instead…' }).waitFor()
    },
  )
}
