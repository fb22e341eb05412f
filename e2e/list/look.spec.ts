import type { Locator } from '@playwright/test'

import { expectAccessible } from '#e2e/support/accessible.ts'
import { expect, test } from '#e2e/support/fixtures.ts'

test.beforeEach(({ signIn }) => signIn('admin'))

const heightOf = (row: Locator) => row.evaluate((element) => element.getBoundingClientRect().height)

test('rows are one line high, however long their texts, and a choice makes them higher', async ({
  page,
  webhooksPage,
  sandbox,
}) => {
  const { Id, Name } = await sandbox.seedWebhook({
    Name: `Long ${'name '.repeat(20)}${Date.now()}`,
    URL: `https://receiver.with-a-long-name.of-an-integrator.example.com/${'path-'.repeat(30)}`,
  })
  await sandbox.changeWebhook(Id, { Description: 'Why it is there' })
  await webhooksPage.openFor(Name)
  const row = webhooksPage.rows().first()
  expect(await heightOf(row)).toBeLessThan(45)
  await page.getByRole('button', { name: 'Layout' }).click()
  const menu = page.getByRole('menu', { name: 'Layout' })
  await expectAccessible(page)
  await page.setViewportSize({ width: 1280, height: 900 })
  await menu.getByRole('menuitemradio', { name: 'Comfortable' }).click()
  await expect.poll(() => heightOf(row)).toBeGreaterThan(50)
  await page.reload()
  await expect.poll(() => heightOf(row)).toBeGreaterThan(50)
})

test('columns can be hidden, and stay hidden', async ({ page, webhooksPage }) => {
  await webhooksPage.open()
  await page.getByRole('button', { name: 'Layout' }).click()
  const menu = page.getByRole('menu', { name: 'Layout' })
  await menu.getByRole('menuitemcheckbox', { name: 'Action' }).click()
  await expect(webhooksPage.columnHeader('Action')).toBeHidden()
  await page.reload()
  await expect(webhooksPage.columnHeader('Location')).toBeVisible()
  await expect(webhooksPage.columnHeader('Action')).toBeHidden()
})

test('the heads stay in sight, and opening a webhook does not move its row', async ({
  page,
  webhooksPage,
}) => {
  await webhooksPage.open()
  const row = webhooksPage.rows().nth(6)
  await expect(row).toBeVisible()
  const topOf = () => row.evaluate((element) => Math.round(element.getBoundingClientRect().top))
  const before = await topOf()
  await row.getByRole('link').click()
  await expect(page).toHaveURL(/\/webhooks\/\d+$/)
  await expect(page.getByRole('button', { name: 'Close', exact: true })).toBeVisible()
  expect(await topOf()).toBe(before)
  await page.getByRole('button', { name: 'Close', exact: true }).click()
  await webhooksPage.rows().last().scrollIntoViewIfNeeded()
  await expect(webhooksPage.columnHeader('Name')).toBeInViewport()
})

test('what the filters show is exported, and many are created from the menu', async ({
  page,
  webhooksPage,
  sandbox,
}) => {
  const { Name } = await sandbox.seedWebhook({})
  await webhooksPage.openFor(Name)
  await expect(webhooksPage.rows()).toHaveCount(1)
  await page.getByRole('button', { name: 'Export list…' }).click()
  await expect(page.getByRole('dialog', { name: /1 webhook/ })).toBeVisible()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'More ways to add webhooks' }).click()
  await page.getByRole('menuitem', { name: 'Several at once…' }).click()
  await expect(page).toHaveURL('/webhooks/fan-out')
})
