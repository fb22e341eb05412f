import { randomUUID } from 'node:crypto'

import type { Page } from '@playwright/test'

import type { WebhookInput } from '#contract/nexudus/webhook.ts'
import { ANCOATS, uniqueName } from '#tools/network.mjs'
import type { Sandbox } from '#tools/sandbox-controls.mjs'
import { expectAccessible } from '#e2e/support/accessible.ts'
import { openRuns } from '#e2e/support/runs-client.ts'
import { expect, test } from '#e2e/support/fixtures.ts'

const act = (page: Page, name: string | RegExp) => page.getByRole('button', { name })
const stand = (page: Page) => page.getByRole('region', { name: 'Result' })

const seed = (sandbox: Sandbox, name: string, count: number) =>
  Promise.all(
    Array.from({ length: count }, (_, at) => sandbox.seedWebhook({ Name: `${name} ${at}` })),
  )

test('a bulk pause goes on when its tab is closed, and is undone from its page', async ({
  context,
  page,
  signIn,
  sandbox,
  webhooksPage,
}) => {
  await signIn('admin')
  const name = uniqueName()
  const seeded = await seed(sandbox, name, 6)
  await webhooksPage.openFor(name)
  await page.getByRole('checkbox', { name: 'Select all on this page' }).click()
  await page
    .getByRole('region', { name: /^Selection/ })
    .getByRole('button', { name: 'Pause', exact: true })
    .click()
  await expect(act(page, 'Pause 6 webhooks')).toBeVisible()
  await page.getByRole('checkbox', { name: new RegExp(`${name} 0`) }).click()
  await expectAccessible(page)

  await sandbox.fault({ kind: 'slow', method: 'PUT', delayMs: 400, times: 5 })
  await act(page, 'Pause 5 webhooks').click()
  await expect(act(page, 'Stop after this one')).toBeVisible()
  const address = page.url()
  await page.close()

  const later = await context.newPage()
  await later.goto(address)
  await expect(stand(later)).toContainText('5 of 5 done')
  const states = await Promise.all(
    seeded.map(async ({ Id }) => (await sandbox.readWebhook(Id)).Active),
  )
  expect(states).toEqual([true, false, false, false, false, false])

  await act(later, 'Undo 5 changes…').click()
  await act(later, 'Resume 5 webhooks').click()
  await expect(stand(later)).toContainText('5 of 5 done')
  await expectAccessible(later)
  for (const { Id } of seeded) expect((await sandbox.readWebhook(Id)).Active).toBe(true)
})

test('failed items are shown with reasons, and retried by keyboard alone', async ({
  page,
  signIn,
  sandbox,
  webhooksPage,
}) => {
  await signIn('admin')
  const name = uniqueName()
  await seed(sandbox, name, 3)
  await webhooksPage.openFor(name)
  await page.getByRole('checkbox', { name: 'Select all on this page' }).press('Space')
  await page
    .getByRole('region', { name: /^Selection/ })
    .getByRole('button', { name: 'Pause', exact: true })
    .press('Enter')
  await sandbox.fault({ kind: 'throttle', method: 'PUT', retryAfter: 2 })
  await sandbox.fault({ kind: 'refuse', method: 'PUT', times: 2, message: 'Not today.' })
  await act(page, 'Pause 3 webhooks').press('Enter')
  await expect(page.getByText(/Nexudus asked Hookdesk to wait/)).toBeVisible()

  await expect(stand(page)).toContainText('1 of 3 done, 2 failed')
  await expect(page.getByRole('list', { name: 'Failed' })).toContainText('Not today.')
  await expectAccessible(page)
  await act(page, 'Retry 2 failed').press('Enter')
  await expect(stand(page)).toContainText('3 of 3 done')

  await page
    .getByRole('navigation', { name: 'Main' })
    .getByRole('link', { name: 'Activity' })
    .press('Enter')
  await expect(page.getByRole('list', { name: 'Runs' })).toContainText('3 of 3 done')
  const change = page
    .getByRole('region', { name: 'Changes' })
    .getByRole('listitem')
    .filter({ hasText: 'Pause 3 webhooks' })
    .first()
  await expect(change).toContainText('by admin@hookdesk.test · 3 of 3 done')
  await change.getByText('3 changes made').click()
  await expect(change.getByRole('listitem')).toHaveCount(3)
  await expectAccessible(page)
})

test('failed items do not count as progress, and show their present values', async ({
  page,
  signIn,
  sandbox,
  webhooksPage,
}) => {
  await signIn('admin')
  const name = uniqueName()
  await seed(sandbox, name, 4)
  await webhooksPage.openFor(name)
  await page.getByRole('checkbox', { name: 'Select all on this page' }).click()
  await page
    .getByRole('region', { name: /^Selection/ })
    .getByRole('button', { name: 'Pause', exact: true })
    .click()
  await sandbox.fault({ kind: 'refuse', method: 'PUT', message: 'Not today.' })
  await sandbox.fault({ kind: 'slow', method: 'PUT', delayMs: 5000, times: 3 })
  await act(page, 'Pause 4 webhooks').click()
  await expect(page.getByText('1 failed', { exact: true })).toBeVisible()
  // it is held there for as long as the test needs to look at it
  await act(page, 'Pause').click()
  await expect(act(page, 'Continue')).toBeVisible()

  const bar = page.getByRole('progressbar')
  await expect(bar).toHaveAccessibleName('Done')
  await expect(bar).toHaveAttribute('aria-valuetext', /^[1-3] of 4 done, 1 failed$/)
  const { done, parts } = await bar.evaluate((whole) => ({
    done: Number(whole.ariaValueNow),
    parts: [...whole.children].map((part) => {
      const { backgroundColor, backgroundImage } = getComputedStyle(part)
      const share = part.getBoundingClientRect().width / whole.getBoundingClientRect().width
      return { share: Math.round(share * 4), look: `${backgroundColor} ${backgroundImage}` }
    }),
  }))
  expect(parts.map(({ share }) => share)).toEqual([done, 1])
  expect(parts[1]?.look).not.toBe(parts[0]?.look)
  await expectAccessible(page)

  await act(page, 'Stop after this one').click()
  const failed = page.getByRole('list', { name: 'Failed' }).getByRole('listitem')
  await expect(failed).toHaveCount(1)
  await expect(failed).toContainText('Active: still On')
  // neither a change that happened nor the wanted value
  await expect(failed).not.toContainText(/changed to|Off/)
  await expect(stand(page)).toContainText(/Stopped: [1-3] of 4 done, 1 failed/)
})

test('a switched-off duplicate is not created again, and one press switches it on', async ({
  page,
  signIn,
  sandbox,
  product,
}) => {
  await signIn('admin')
  const desk = await openRuns(product.url)
  const input = (): WebhookInput => ({
    BusinessId: ANCOATS.id,
    Action: 7,
    Name: uniqueName(),
    Description: '',
    Active: true,
    URL: `https://receiver.example.com/${randomUUID()}`,
  })
  const [early, late] = [input(), input()]
  const off = (duplicate: WebhookInput) =>
    sandbox.seedWebhook({ ...duplicate, Name: uniqueName(), Active: false })
  const first = await off(early)
  const { id } = await desk.propose([early, late].map((each) => ({ kind: 'create', input: each })))

  await page.goto(`/runs/${id}`)
  await expect(page.getByRole('alert')).toContainText('1 webhook to create already exists')
  await expect(act(page, 'Switch it on instead…')).toBeVisible()
  await expectAccessible(page)
  const second = await off(late)
  await act(page, 'Create 1 webhook').click()

  await expect(stand(page)).toContainText('0 of 2 done, 2 with no change needed')
  await expect(stand(page)).toContainText('2 webhooks to create already exist, switched off')
  await expectAccessible(page)
  await act(page, 'Switch 2 on instead…').click()
  await act(page, 'Resume 2 webhooks').click()
  await expect(stand(page)).toContainText('2 of 2 done')
  for (const { Id } of [first, second]) {
    expect((await sandbox.readWebhook(Id)).Active).toBe(true)
  }
  for (const { Name } of [early, late]) expect(await sandbox.webhooksNamed(Name)).toEqual([])
})

test('an empty location gets its siblings’ webhooks, and undo deletes them', async ({
  page,
  signIn,
  sandbox,
}) => {
  await signIn('admin')
  for (const { Id } of await sandbox.webhooksAt(ANCOATS.id)) await sandbox.deleteWebhook(Id)
  await page.goto('/webhooks')

  await page.getByRole('link', { name: 'Coverage' }).click()
  await page
    .getByRole('row')
    .filter({ has: page.getByText(ANCOATS.name, { exact: true }) })
    .getByRole('button', { name: /^Copy/ })
    .click()
  await act(page, /^Create \d+ webhooks?$/).click()
  await expect(stand(page)).toContainText(/^(\d+) of \1 done/)
  const made = await sandbox.webhooksAt(ANCOATS.id)
  expect(made.length).toBeGreaterThan(0)

  await act(page, /^Undo \d+ changes?…$/).click()
  const start = act(page, /^Delete \d+ webhooks?$/)
  await expect(start).toBeVisible()
  const number = page.getByLabel(/to confirm/)
  if (await number.isVisible()) await number.fill(String(made.length))
  await start.click()
  await expect(stand(page)).toContainText(/^(\d+) of \1 done/)
  expect(await sandbox.webhooksAt(ANCOATS.id)).toEqual([])
})
