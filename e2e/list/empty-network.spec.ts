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
  const picture = page.locator('main svg:has(use)')
  await expect
    .poll(() => picture.evaluate((svg: SVGSVGElement) => svg.getBBox().width), 'is drawn')
    .toBeGreaterThan(0)
  await expectAccessible(page)
  await page.getByRole('link', { name: 'Create webhook' }).click()
  await expect(form.panel('New webhook')).toBeVisible()
})

test('what is empty for want of webhooks says the next step', async ({ page, signIn }) => {
  await signIn('admin')
  for (const path of ['/destinations', '/coverage']) {
    await page.goto(path)
    await expect(page.getByText('No webhooks yet')).toBeVisible()
    await expect(page.getByRole('link', { name: 'Create webhook' })).toBeVisible()
  }
  await page.goto('/activity')
  await expect(page.getByRole('link', { name: 'Look for gaps' })).toBeVisible()
  await page.getByRole('link', { name: 'See all webhooks' }).click()
  await page.getByRole('link', { name: 'Read the guide' }).click()
  await expect(page.getByRole('region', { name: 'What a webhook is' })).toBeInViewport()
})
