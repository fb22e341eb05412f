import { expect, test } from '#e2e/support/fixtures.ts'

test.beforeEach(({ signIn }) => signIn('admin'))

test('New webhook, the acts of a row and the health chips have addresses of their own', async ({
  page,
  webhooksPage,
  sandbox,
}) => {
  const webhook = await sandbox.seedWebhook()
  await webhooksPage.openFor(webhook.Name)
  await expect(webhooksPage.newButton()).toHaveAttribute('href', /^\/webhooks\/new\?/)
  await expect(webhooksPage.healthChip('Failing')).toHaveAttribute('href', /health=failing/)
  await webhooksPage.menuButton(webhook.Name).click()
  await expect(webhooksPage.menuItem('Duplicate')).toHaveAttribute(
    'href',
    new RegExp(`copy=${webhook.Id}`),
  )
  await page.keyboard.press('Escape')

  const tab = page.context().waitForEvent('page')
  await webhooksPage.newButton().click({ button: 'middle' })
  await expect((await tab).getByRole('heading', { name: 'New webhook' })).toBeVisible()
  await expect(page).not.toHaveURL(/new/)
})

test('the space bar presses links that act as buttons', async ({ page, webhooksPage }) => {
  await webhooksPage.open()
  await webhooksPage.healthChip('Failing').focus()
  await page.keyboard.press('Space')
  await expect(webhooksPage.healthChip('Failing')).toHaveAttribute('aria-current', 'true')
  await webhooksPage.newButton().focus()
  await page.keyboard.press('Space')
  await expect(page.getByRole('heading', { name: 'New webhook' })).toBeVisible()
})
