import { expectAccessible } from '#e2e/support/accessible.ts'
import { expect, testWith } from '#e2e/support/fixtures.ts'

/** A product whose network has no webhook at all. */
const test = testWith({}, (sandbox) => sandbox.deleteEveryWebhook())

test('a network without webhooks explains what a webhook is, and leads to the first', async ({
  page,
  signIn,
  form,
  webhooksPage,
}) => {
  await signIn('admin')
  await webhooksPage.open()
  await expect(page.getByText('No webhooks yet')).toBeVisible()
  await expect(page.getByText('A webhook tells another system when something')).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('link', { name: 'Create webhook' }).click()
  await expect(form.panel('New webhook')).toBeVisible()
})
