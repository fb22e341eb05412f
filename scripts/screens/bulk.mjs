import { listShown } from '#tools/pages/webhooks-page.mjs'

import { ADMIN } from './kit.mjs'

/**
 * @import { Page } from '@playwright/test'
 * @import { Kit } from './kit.mjs'
 */

/**
 * Pictures of webhooks selected and changed together, and of many created at once.
 *
 * @param {Kit} kit
 */
export async function bulkScreens({ state, sandbox, sandboxUrl }) {
  const boxes = (/** @type {Page} */ page) => page.getByRole('checkbox', { name: /^Select .*,/ })
  const bar = (/** @type {Page} */ page) => page.getByRole('region', { name: /^Selection/ })
  const tickPage = async (/** @type {Page} */ page) => {
    await listShown(page)
    await page.getByRole('checkbox', { name: 'Select all on this page' }).click()
    await bar(page).waitFor()
  }
  const act = (/** @type {Page} */ page, /** @type {string} */ name) =>
    bar(page).getByRole('button', { name }).click()

  await state({ ...ADMIN, name: 'bulk-some', caption: 'Selection: a few' }, async (page) => {
    await listShown(page)
    await boxes(page).nth(1).click()
    await boxes(page)
      .nth(3)
      .click({ modifiers: ['Shift'] })
    await bar(page).waitFor()
  })
  await state({ ...ADMIN, name: 'bulk-page', caption: 'Selection: a page' }, tickPage)
  await state(
    { account: 'viewer', name: 'bulk-viewer', caption: 'Selection: who may only look' },
    tickPage,
  )
  for (const [name, button, caption] of /** @type {const} */ ([
    ['describe', 'Change description…', 'a description for all'],
    ['host', 'Move host…', 'which host to move'],
  ])) {
    await state(
      { ...ADMIN, name: `bulk-${name}`, caption: `Selection: ${caption}` },
      async (page) => {
        await tickPage(page)
        await act(page, button)
        await page.getByRole('dialog').waitFor()
      },
    )
  }

  const fanOut = { ...ADMIN, address: '/webhooks/fan-out' }
  const { Id, BusinessId } = await sandbox.findWebhook('Accounting: invoice created')
  await state({ ...fanOut, name: 'fan-out-empty', caption: 'Several webhooks: nothing chosen' })
  await state(
    { ...fanOut, name: 'fan-out-problems', caption: 'Several webhooks: what is missing' },
    (page) => page.getByRole('button', { name: 'Start dry run' }).click(),
  )
  await state(
    {
      ...fanOut,
      name: 'fan-out-plan',
      caption: 'Several webhooks: new, there already, another address',
      address: `/webhooks/fan-out?locations=${BusinessId},1400000002&actions=6,7,21&url=${sandboxUrl}/receiver/door-access`,
    },
    (page) => page.getByText('Exists').first().waitFor(),
  )
  await state(
    {
      ...fanOut,
      name: 'fan-out-cells',
      caption: 'Several webhooks: the gaps that were chosen',
      address: `/webhooks/fan-out?cells=${BusinessId}:81,1400000002:82`,
    },
    (page) => page.getByRole('button', { name: 'Start dry run for 2 webhooks' }).waitFor(),
  )
  await state(
    {
      ...fanOut,
      name: 'fan-out-copy',
      caption: 'Several webhooks: copies of one',
      address: `/webhooks/fan-out?copy=${Id}`,
    },
    async (page) => {
      await page.getByRole('button', { name: /^Tick all/ }).click()
      await page.getByRole('button', { name: /^Start dry run for \d/ }).waitFor()
    },
  )
  await state(
    {
      ...fanOut,
      account: 'viewer',
      name: 'fan-out-viewer',
      caption: 'Several webhooks: who may not create',
    },
    (page) => page.getByText('View only. To create webhooks').waitFor(),
  )
}
