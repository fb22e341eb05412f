import { listShown, WebhooksPage } from '#tools/pages/webhooks-page.mjs'

import { ADMIN } from './kit.mjs'

/**
 * @import { Page } from '@playwright/test'
 * @import { Kit } from './kit.mjs'
 */

const STOPPED = 'GDPR: customer deleted'
const ACTIVE = 'Room displays: booking cancelled'

/**
 * Pictures of all dialogs that ask.
 *
 * @param {Kit} kit
 */
export async function dialogScreens({ state, sandbox, newContext, sessionOf }) {
  const asked = (/** @type {Page} */ page) => page.getByRole('dialog').waitFor()
  const askToDelete = async (/** @type {Page} */ page) => {
    await new WebhooksPage(page).openMenu(ACTIVE)
    await page.getByRole('menuitem', { name: 'Delete' }).click()
    await asked(page)
  }

  await state(
    { ...ADMIN, name: 'ask-resume', caption: 'Resuming one that stopped' },
    async (page) => {
      await new WebhooksPage(page).row(STOPPED).getByRole('switch').click()
      await asked(page)
    },
  )
  await state({ ...ADMIN, name: 'ask-delete', caption: 'Deleting' }, askToDelete)
  await state(
    { ...ADMIN, name: 'ask-delete-refused', caption: 'Deleting was refused' },
    async (page) => {
      await sandbox.fault({ kind: 'unsuccessful', method: 'DELETE' })
      await askToDelete(page)
      await page.getByRole('button', { name: 'Delete webhook' }).click()
      await page.getByRole('dialog').getByRole('alert').waitFor()
    },
  )
  await state(
    { ...ADMIN, name: 'ask-leave', caption: 'Leaving what is not saved', address: '/webhooks/new' },
    async (page) => {
      await page.getByRole('textbox', { name: 'Name' }).fill('Half a webhook')
      await page.getByRole('button', { name: 'Close', exact: true }).click()
      await asked(page)
    },
  )
  await state({ ...ADMIN, name: 'keys', caption: 'The keys' }, async (page) => {
    await listShown(page)
    await page.keyboard.press('?')
    await page.getByRole('dialog').waitFor()
  })

  const context = await newContext({ storageState: await sessionOf('admin') })
  await state(
    { context, name: 'session-over', caption: 'The session ended', address: '/webhooks/new' },
    async (page) => {
      await page.getByRole('textbox', { name: 'Name' }).fill('Typed before the session ended')
      await new WebhooksPage(page).table().waitFor({ state: 'attached' })
      await context.clearCookies()
      await page
        .getByRole('button', { name: 'Refresh', includeHidden: true })
        .dispatchEvent('click')
      await page.getByRole('dialog', { name: 'Sign in again' }).waitFor()
    },
  )
  await context.close()
}
