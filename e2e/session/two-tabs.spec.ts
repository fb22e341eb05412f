import type { Page } from '@playwright/test'

import { SignInPage } from '#tools/pages/sign-in-page.mjs'
import { WebhookForm } from '#tools/pages/webhook-form.mjs'
import { WebhooksPage } from '#tools/pages/webhooks-page.mjs'
import { emailOf, PASSWORD, SHOREDITCH, type Account } from '#tools/network.mjs'
import { expect, test } from '#e2e/support/fixtures.ts'

const otherPerson = (page: Page) =>
  page.getByRole('dialog', { name: 'Someone else is now signed in' })

async function signInAs(page: Page, account: Account) {
  const signIn = new SignInPage(page)
  await signIn.email().fill(emailOf(account))
  await signIn.password().fill(PASSWORD)
  await signIn.submit().click()
}

/** Removes the channel, so that tabs learn of each other by their requests alone. */
const withoutChannel = (page: Page) =>
  page.addInitScript(() => Reflect.deleteProperty(globalThis, 'BroadcastChannel'))

test('tabs that show another person are told when someone else signs in', async ({
  page,
  context,
}) => {
  const second = await context.newPage()
  await new SignInPage(page).open()
  await new SignInPage(second).open()
  // typed before the other tab signs in, so that its form is left alone
  await new SignInPage(second).email().fill(emailOf('admin'))

  await signInAs(page, 'manager')
  await expect(page.getByRole('button', { name: 'Account: Malik Manager' })).toBeVisible()
  await expect(second.getByRole('button', { name: 'Continue as Malik Manager' })).toBeVisible()

  await signInAs(second, 'admin')
  await expect(second.getByRole('button', { name: 'Account: Ana Admin' })).toBeVisible()
  await expect(otherPerson(page)).toContainText('Ana Admin (admin@hookdesk.test) signed in')

  await page.getByRole('button', { name: 'Continue as Ana Admin' }).click()
  await expect(page.getByRole('button', { name: 'Account: Ana Admin' })).toBeVisible()
})

test('a sign-in page without typed text follows a sign-in in another tab', async ({
  page,
  context,
}) => {
  const second = await context.newPage()
  await new SignInPage(page).open()
  await new SignInPage(second).open()
  await signInAs(page, 'manager')
  await expect(second.getByRole('button', { name: 'Account: Malik Manager' })).toBeVisible()
})

test('a write from a page that shows another person is refused, and typed text stays', async ({
  page,
  context,
  sandbox,
  expectConsole,
}) => {
  expectConsole(/409/)
  const second = await context.newPage()
  await withoutChannel(page)
  await withoutChannel(second)
  await new SignInPage(page).open()
  await new SignInPage(second).open()
  await signInAs(page, 'manager')
  await expect(new WebhooksPage(page).table()).toBeVisible()
  const webhook = await sandbox.seedWebhook({ BusinessId: SHOREDITCH.id })
  const form = new WebhookForm(page)
  await form.open(webhook.Id)
  await form.name().fill(`${webhook.Name} by the manager`)
  await signInAs(second, 'admin')
  await expect(new WebhooksPage(second).table()).toBeVisible()

  await form.save().click()
  await expect(otherPerson(page)).toContainText('Nothing was done under the other name')
  expect((await sandbox.readWebhook(webhook.Id)).Name).toBe(webhook.Name)

  await page.getByRole('button', { name: 'Continue as Ana Admin' }).click()
  await expect(otherPerson(page)).toBeHidden()
  await expect(form.name()).toHaveValue(`${webhook.Name} by the manager`)
  await form.save().click()
  await expect.poll(async () => (await sandbox.readWebhook(webhook.Id)).Name).toContain('by the')
  expect((await sandbox.readWebhook(webhook.Id)).UpdatedBy).toContain('admin')
})
