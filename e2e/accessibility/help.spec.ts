import { expectAccessible } from '#e2e/support/accessible.ts'
import { expect, test } from '#e2e/support/fixtures.ts'

test.beforeEach(({ signIn }) => signIn('manager'))

test('the guide is in the menu, is searched as one types, and is accessible', async ({ page }) => {
  await page.goto('/webhooks')
  await page.getByRole('button', { name: /^Account/ }).click()
  await page.getByRole('menuitem', { name: 'Help' }).click()
  await expect(page.getByRole('heading', { name: 'Help', level: 1 })).toBeVisible()
  await expectAccessible(page)
  await page.setViewportSize({ width: 1280, height: 900 })
  const sections = page.getByRole('heading', { level: 2 })
  await page.getByRole('searchbox', { name: 'Search the guide' }).fill('dry run')
  await expect(sections).toHaveCount(1)
  await expect(sections).toHaveText('Change many at once')
  await expect(page).toHaveURL('/help?q=dry+run')
  await page.getByRole('searchbox', { name: 'Search the guide' }).fill('zebra')
  await expect(page.getByText('Nothing in the guide matches “zebra”.')).toBeVisible()
})

test('an open webhook leads to what its state means', async ({ page, webhooksPage }) => {
  await webhooksPage.open()
  await webhooksPage.names().first().click()
  await page.getByRole('link', { name: 'What the states mean' }).click()
  await expect(page).toHaveURL('/help#what-the-states-mean')
  await expect(page.getByRole('heading', { name: 'What the states mean' })).toBeInViewport()
})
