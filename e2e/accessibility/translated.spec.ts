import type { Page } from '@playwright/test'

import { expect, test } from '#e2e/support/fixtures.ts'
import { prefillLink } from '#e2e/support/prefill.ts'
import { translate } from '#e2e/support/translated.ts'

const expectAlive = (page: Page) =>
  expect(page.getByRole('heading', { name: 'Something went wrong here' })).toBeHidden()

test.beforeEach(({ signIn }) => signIn('admin'))

test('in a translated list a person ticks, filters, pauses and resumes a webhook', async ({
  page,
  webhooksPage,
  sandbox,
}) => {
  const webhook = await sandbox.seedWebhook()
  await webhooksPage.openFor(webhook.Name)
  await expect(webhooksPage.link(webhook.Name)).toBeVisible()
  await translate(page)

  await webhooksPage.activeSwitch(webhook.Name).click()
  await expect.poll(async () => (await sandbox.readWebhook(webhook.Id)).Active).toBe(false)
  await webhooksPage.activeSwitch(webhook.Name).click()
  await expect.poll(async () => (await sandbox.readWebhook(webhook.Id)).Active).toBe(true)
  await webhooksPage.row(webhook.Name).getByRole('checkbox').click()
  await expect(page.getByText('1 webhook selected').first()).toBeVisible()
  await webhooksPage.search().fill('accounting')
  await expect(webhooksPage.link(webhook.Name)).toBeHidden()
  await webhooksPage.healthChip('Failing').click()
  await webhooksPage.filterButton('Location').click()
  await expect(webhooksPage.filterMenu('Location')).toBeVisible()
  await page.keyboard.press('Escape')
  await expectAlive(page)
})

test('in a translated panel a person edits, tries and deletes a webhook', async ({
  page,
  webhooksPage,
  form,
  sandbox,
}) => {
  const webhook = await sandbox.seedWebhook()
  await webhooksPage.openFor(webhook.Name)
  await expect(webhooksPage.link(webhook.Name)).toBeVisible()
  await translate(page)
  await webhooksPage.link(webhook.Name).click()
  await expect(form.save()).toBeVisible()
  await form.url().fill('http://localhost/')
  await form.save().click()
  await expect(form.summary()).toBeVisible()
  await form.url().fill('https://receiver.example.com/other')
  await form.description().fill('Changed while translated')
  await form.save().click()
  await expect
    .poll(async () => (await sandbox.readWebhook(webhook.Id)).Description)
    .toBe('Changed while translated')
  // until the answer is here, closing asks whether to leave
  await expect(webhooksPage.notices()).toContainText(webhook.Name)
  await form.close().click()
  await webhooksPage.menuButton(webhook.Name).click()
  await webhooksPage.menuItem('Delete…').click()
  await expect(webhooksPage.question(/Delete/)).toBeVisible()
  await page.keyboard.press('Escape')
  await expectAlive(page)
})

test('in a translated form a person creates a webhook', async ({ page, form, sandbox }) => {
  const { search, name } = prefillLink()
  await form.openNew(search)
  await expect(form.create()).toBeVisible()
  await translate(page)
  await form.url().fill('http://n8n.example.com/webhook-test/')
  await form.url().fill('https://receiver.example.com/')
  await form.create().click()
  await expect.poll(async () => (await sandbox.webhooksNamed(name)).length).toBe(1)
  await expectAlive(page)
})

test('in translated coverage a person points at, ticks and presses tiles', async ({ page }) => {
  await page.goto('/coverage')
  const grid = page.getByRole('grid')
  await expect(grid).toBeVisible()
  await translate(page)
  const tiles = grid.getByRole('gridcell').getByRole('button')
  for (const at of [0, 1, 2, 3]) {
    await tiles.nth(at).hover()
    await tiles.nth(at).click()
    await expectAlive(page)
    if ((await page.getByRole('dialog').count()) > 0) await page.keyboard.press('Escape')
  }
})

for (const path of [
  '/webhooks',
  '/webhooks/new',
  '/webhooks/fan-out',
  '/webhooks/import',
  '/coverage',
  '/destinations',
  '/activity',
  '/developers',
  '/sandbox',
  '/tools/signature',
  '/docs/events',
  '/help',
  '/nowhere',
]) {
  test(`the translated ${path} survives its buttons and leaving it`, async ({ page }) => {
    await page.goto(path)
    await expect(page.getByRole('heading').first()).toBeVisible()
    await translate(page)
    for (const summary of (await page.locator('main summary').all()).slice(0, 3)) {
      await summary.click()
    }
    for (const place of ['Coverage', 'Activity', 'Destinations', 'Webhooks']) {
      await page.getByRole('navigation', { name: 'Main' }).getByText(place).click()
      await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible()
      await expectAlive(page)
    }
  })
}
