import type { Page } from '@playwright/test'

import { expectAccessible } from '#e2e/support/accessible.ts'
import { expect, testWith } from '#e2e/support/fixtures.ts'
import { WebhooksPage } from '#tools/pages/webhooks-page.mjs'
import { NO_LIMITS } from '#tools/product.mjs'

const test = testWith({ ...NO_LIMITS, WATCH: '1' })

test.beforeEach(({ signIn }) => signIn('admin'))

async function askUntil(page: Page, name: string) {
  await page.getByRole('button', { name: `More for ${name}` }).click()
  await page.getByRole('menuitem', { name: 'Pause until…' }).click()
  return page.getByRole('dialog', { name: `Pause “${name}” until …` })
}

test('a webhook is paused until a time, which stands wherever it is shown', async ({
  page,
  sandbox,
}) => {
  const { Id, Name } = await sandbox.seedWebhook({})
  const list = new WebhooksPage(page)
  await list.openFor(Name)
  const dialog = await askUntil(page, Name)
  await dialog.getByRole('radio', { name: 'at another time' }).check()
  await dialog.getByLabel(/^At\b/).fill('2020-01-01T10:00')
  await expect(dialog.getByText('Choose a time that is not over yet.')).toBeVisible()
  await dialog.getByRole('button', { name: 'Pause', exact: true }).click()
  await expect(dialog).toBeVisible()
  expect((await sandbox.readWebhook(Id)).Active).toBe(true)
  await dialog.getByRole('radio', { name: 'in an hour' }).check()
  await dialog.getByLabel('Why? (optional)').fill('CRM migration')
  await expectAccessible(page)
  await page.setViewportSize({ width: 1280, height: 900 })
  await dialog.getByRole('button', { name: 'Pause', exact: true }).click()
  await expect(dialog).toBeHidden()
  await expect(list.row(Name)).toContainText(/Paused until /)
  expect((await sandbox.readWebhook(Id)).Active).toBe(false)

  await list.link(Name).click()
  await expect(
    page.getByText(/^Resumes .+, planned by admin@hookdesk.test: CRM migration$/),
  ).toBeVisible()
  await page.goto('/')
  const card = page.getByRole('region', { name: 'Paused until' })
  await expect(card.getByRole('listitem').filter({ hasText: Name })).toContainText('CRM migration')
  await expectAccessible(page)
  await page.setViewportSize({ width: 1280, height: 900 })
  await card.getByRole('link', { name: Name }).click()
  await page.getByRole('button', { name: 'Do not resume by itself' }).click()
  await expect(page.getByText(/^Resumes /)).toHaveCount(0)
  await expect(list.row(Name)).not.toContainText('Paused until')
})

test('several are paused until a time by a run', async ({ page, sandbox }) => {
  const host = `several-${Date.now()}.example.com`
  const both = [
    await sandbox.seedWebhook({ URL: `https://${host}/a` }),
    await sandbox.seedWebhook({ URL: `https://${host}/b`, Action: 7 }),
  ]
  await page.goto(`/webhooks?q=${host}`)
  await page.getByRole('checkbox', { name: 'Select all on this page' }).check()
  await page.getByRole('button', { name: 'Pause until…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Pause 2 webhooks until …' })
  await dialog.getByRole('button', { name: 'Start dry run' }).click()
  await expect(page).toHaveURL(/\/runs\/\d+$/)
  const dryRun = page.getByRole('region', { name: 'Dry run' })
  await dryRun.getByRole('button', { name: /2 webhooks/ }).click()
  await expect
    .poll(async () =>
      (await Promise.all(both.map(({ Id }) => sandbox.readWebhook(Id)))).every(
        ({ Active }) => !Active,
      ),
    )
    .toBe(true)
  await page.goto(`/webhooks?q=${host}`)
  await expect(page.getByText(/^Paused until /)).toHaveCount(2)
})

test('a webhook is paused every week, which begins by itself and can be ended', async ({
  page,
  sandbox,
  consoleWatch,
}) => {
  consoleWatch.expected.push(/status of 400 .*pauses\/windows/)
  const { Id, Name } = await sandbox.seedWebhook({})
  const list = new WebhooksPage(page)
  await list.openFor(Name)
  const dialog = await askUntil(page, Name)
  await dialog.getByRole('radio', { name: 'pause and resume every week' }).check()
  for (const day of ['Sat', 'Sun']) await dialog.getByRole('checkbox', { name: day }).check()
  await dialog.getByLabel('From').fill('00:00')
  await dialog.getByLabel('Until').fill('23:59')
  await dialog.getByLabel('Time zone').fill('Mars/Base')
  await dialog.getByLabel('Why? (optional)').fill('Backups')
  await dialog.getByRole('button', { name: 'Plan' }).click()
  await expect(dialog.getByText(/Not a known time zone/)).toBeVisible()
  await dialog.getByLabel('Time zone').fill('UTC')
  await expectAccessible(page)
  await page.setViewportSize({ width: 1280, height: 900 })
  await dialog.getByRole('button', { name: 'Plan' }).click()
  const notices = page.getByRole('region', { name: 'Notices (F8)' })
  await expect(notices.getByText(/^Planned: Every day, 00:00 to 23:59/)).toBeVisible()

  // the window lasts already
  await expect.poll(async () => (await sandbox.readWebhook(Id)).Active).toBe(false)
  await page.goto('/')
  const card = page.getByRole('region', { name: 'Paused every week' })
  await expect(card.getByRole('listitem').filter({ hasText: Name })).toContainText('Backups')
  await expectAccessible(page)
  await page.setViewportSize({ width: 1280, height: 900 })
  await card.getByRole('link', { name: Name }).click()
  await expect(page.getByText(/^Paused every week: Every day, 00:00 to 23:59/)).toBeVisible()
  await page.getByRole('button', { name: /^Stop pausing every week/ }).click()
  await expect(page.getByText(/^Paused every week/)).toHaveCount(0)
})

test('all of a destination, or of a location, are paused in one act', async ({
  page,
  sandbox,
  consoleWatch,
}) => {
  // the watch has not looked yet
  consoleWatch.expected.push(/status of 404 .*timeline/)
  const host = `all-${Date.now()}.example.com`
  await sandbox.seedWebhook({ URL: `https://${host}/a` })
  await sandbox.seedWebhook({ URL: `https://${host}/b`, Active: false })
  await page.goto(`/destinations?timeline=${host}`)
  await page.getByRole('button', { name: `Pause all to ${host} until…` }).click()
  const dialog = page.getByRole('dialog', { name: `Pause 1 webhook to ${host} until …` })
  await dialog.getByRole('button', { name: 'Start dry run' }).click()
  await expect(page).toHaveURL(/\/runs\/\d+$/)
  await expect(page.getByRole('region', { name: 'Dry run' })).toContainText('1 webhook')

  await page.goto('/webhooks?locations=1400000004')
  await page.getByRole('button', { name: 'Pause all at Northlight Dublin until…' }).click()
  await expect(
    page.getByRole('dialog', { name: /^Pause \d+ webhooks? at Northlight Dublin/ }),
  ).toBeVisible()
  await expectAccessible(page)
})
