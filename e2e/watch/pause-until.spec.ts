import { expectAccessible } from '#e2e/support/accessible.ts'
import { expect, testWith } from '#e2e/support/fixtures.ts'
import { WebhooksPage } from '#tools/pages/webhooks-page.mjs'
import { NO_LIMITS } from '#tools/product.mjs'

const test = testWith({ ...NO_LIMITS, WATCH: '1' })

test.beforeEach(({ signIn }) => signIn('admin'))

test('a webhook is paused until a time, which stands wherever it is shown', async ({
  page,
  sandbox,
}) => {
  const { Id, Name } = await sandbox.seedWebhook({})
  const list = new WebhooksPage(page)
  await list.openFor(Name)
  await page.getByRole('button', { name: `More for ${Name}` }).click()
  await page.getByRole('menuitem', { name: 'Pause until…' }).click()
  const dialog = page.getByRole('dialog', { name: `Pause “${Name}” until …` })
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
