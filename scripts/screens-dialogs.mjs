import { listShown, openMenu, rowOf, table } from './screens-kit.mjs'

const STOPPED = 'GDPR: customer deleted'
const ACTIVE = 'Room displays: booking cancelled'

/** Everything that asks. */
export async function dialogScreens({ state, sandbox, newContext, sessionOf }) {
  const admin = { account: 'admin' }
  const asked = (page) => page.getByRole('dialog').waitFor()
  const askToDelete = async (page) => {
    await openMenu(page, ACTIVE)
    await page.getByRole('menuitem', { name: 'Delete' }).click()
    await asked(page)
  }

  await state(
    { ...admin, name: 'ask-resume', caption: 'Resuming one that stopped' },
    async (page) => {
      await rowOf(page, STOPPED).getByRole('switch').click()
      await asked(page)
    },
  )
  await state({ ...admin, name: 'ask-delete', caption: 'Deleting' }, askToDelete)
  await state(
    { ...admin, name: 'ask-delete-refused', caption: 'Deleting was refused' },
    async (page) => {
      await sandbox.fault({ kind: 'unsuccessful', method: 'DELETE' })
      await askToDelete(page)
      await page.getByRole('button', { name: 'Delete webhook' }).click()
      await page.getByRole('dialog').getByRole('alert').waitFor()
    },
  )
  await state(
    { ...admin, name: 'ask-leave', caption: 'Leaving what is not saved', address: '/webhooks/new' },
    async (page) => {
      await page.getByRole('textbox', { name: 'Name' }).fill('Half a webhook')
      await page.getByRole('button', { name: 'Close', exact: true }).click()
      await asked(page)
    },
  )
  await state({ ...admin, name: 'keys', caption: 'The keys' }, async (page) => {
    await listShown(page)
    await page.keyboard.press('?')
    await page.getByRole('dialog').waitFor()
  })

  const context = await newContext({ storageState: await sessionOf('admin') })
  await state(
    { context, name: 'session-over', caption: 'The session ended', address: '/webhooks/new' },
    async (page) => {
      await page.getByRole('textbox', { name: 'Name' }).fill('Typed before the session ended')
      await table(page).waitFor({ state: 'attached' })
      await context.clearCookies()
      await page
        .getByRole('button', { name: 'Refresh', includeHidden: true })
        .dispatchEvent('click')
      await page.getByRole('dialog', { name: 'Sign in again' }).waitFor()
    },
  )
  await context.close()
}
