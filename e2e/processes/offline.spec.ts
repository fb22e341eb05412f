import { expect, test } from '#e2e/support/fixtures.ts'

const banner = /You are offline\. Nothing is lost/
const ASSETS = '**/assets/**'

test.beforeEach(({ signIn }) => signIn('admin'))

test('offline, a page not loaded yet says so, and opens when the connection is back', async ({
  page,
  context,
  webhooksPage,
  expectConsole,
}) => {
  expectConsole(/ERR_INTERNET_DISCONNECTED|Failed to load resource/)
  await webhooksPage.open()
  await expect(webhooksPage.table()).toBeVisible()
  await context.setOffline(true)
  await expect(page.getByRole('alert').filter({ hasText: banner })).toBeVisible()

  await page.getByRole('link', { name: 'Developers' }).click()
  await expect(page.getByRole('heading', { name: 'You are offline' })).toBeVisible()
  await expect(
    page.getByText('This opens automatically when the connection is back.'),
  ).toBeVisible()

  await context.setOffline(false)
  await expect(page).toHaveURL(/developers/)
  await expect(page.getByRole('heading', { name: 'Developers' })).toBeVisible()
  await expect(page.getByText(banner)).toBeHidden()
  // with its style sheet, which Vite requests only once
  expect(await page.locator('link[data-missing]').count()).toBe(0)
})

for (const of of ['of a webhook', 'of a new one', 'for several']) {
  test(`a missing part reloads the page once, and the text typed ${of} survives`, async ({
    page,
    form,
    sandbox,
    expectConsole,
  }) => {
    expectConsole(/404|Failed to load resource|preload/)
    let name = form.name()
    if (of === 'of a webhook') await form.open((await sandbox.seedWebhook()).Id)
    else if (of === 'of a new one') await form.openNew()
    else {
      await page.goto('/webhooks/fan-out?actions=86')
      name = page.getByRole('textbox', { name: 'Names', exact: true })
    }
    await name.fill('Typed')
    // after an upgrade of the server, the parts of an open page are gone: they have new names
    let isGone = true
    await page.route(ASSETS, (route) =>
      isGone ? route.fulfill({ status: 404 }) : route.continue(),
    )
    const again = page.waitForEvent('load')
    page.once('framenavigated', () => (isGone = false))
    await page.getByRole('button', { name: /^Account:/ }).click()
    await again
    await expect(name).toHaveValue('Typed')
    await expect(page.getByText('The page was reloaded.')).toBeVisible()
  })
}

test('a part that stays missing is reported, and never reloads the page in a circle', async ({
  page,
  webhooksPage,
  expectConsole,
}) => {
  expectConsole(/404|Failed to load resource|preload|dynamically imported|Error/)
  await webhooksPage.open()
  await expect(webhooksPage.table()).toBeVisible()
  let loads = 0
  page.on('load', () => (loads += 1))
  await page.route('**/assets/developers-page*', (route) => route.fulfill({ status: 404 }))
  await page.getByRole('link', { name: 'Developers' }).click()
  await expect(page.getByRole('heading', { name: 'Hookdesk was updated' })).toBeVisible()
  expect(loads).toBe(1)
})
