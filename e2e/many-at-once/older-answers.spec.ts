import { randomUUID } from 'node:crypto'

import type { Page, Request } from '@playwright/test'

import { SHOREDITCH, uniqueName } from '#tools/network.mjs'
import { expect, test } from '#e2e/support/fixtures.ts'
import { hold } from '#e2e/support/hold.ts'

// An answer appears below the question it belongs to, or not at all.

test.beforeEach(({ signIn }) => signIn('admin'))

const discarded = (page: Page) =>
  page.waitForResponse(
    (response) => /\/desk\/runs\/\d+\/discard$/.test(response.url()) && response.ok(),
  )

test('the plan of a move belongs to the host in the field, or disappears', async ({
  page,
  sandbox,
}) => {
  const host = `old-${randomUUID()}.example.com`
  await sandbox.seedWebhook({ URL: `https://${host}/in` })
  await page.goto(`/destinations?move=${host}`)
  const field = page.getByRole('textbox', { name: 'New host' })
  const plan = page.getByRole('heading', { name: '1 URL changes' })
  await field.fill('new.example.com')
  await field.press('Enter')
  await expect(plan).toBeVisible()
  await expect(field).toBeFocused()

  await field.pressSequentially('x')
  await expect(plan).toBeHidden()
  await expect(page.getByRole('textbox', { name: /to move that many webhooks/ })).toBeHidden()
  await expect(page.getByRole('note').filter({ hasText: 'for another host' })).toBeVisible()
  await field.press('Backspace')
  await expect(plan).toBeVisible()

  await page.getByRole('list', { name: 'URLs' }).getByRole('checkbox').click()
  await page.getByRole('textbox', { name: 'Type 1 to move that many webhooks' }).fill('1')
  const release = await hold(page, '**/desk/runs')
  const gone = discarded(page)
  await page.getByRole('button', { name: 'Start dry run for 1 webhook' }).click()
  await field.fill('newer.example.com')
  release()
  await gone
  await expect(page).toHaveURL(/\/destinations/)
  await field.press('Enter')
  await expect(page.getByRole('list', { name: 'URLs' })).toContainText('newer.example.com')
})

test('a result of a check that arrives after the press changes nothing of what was chosen', async ({
  page,
  sandbox,
  product,
}) => {
  const host = `old-${randomUUID()}.example.com`
  for (const path of ['first', 'late']) {
    await sandbox.seedWebhook({ URL: `https://${host}/${path}` })
  }
  await page.goto(`/destinations?move=${host}`)
  await page.getByRole('textbox', { name: 'New host' }).fill('new.example.com')
  await page.getByRole('textbox', { name: 'New host' }).press('Enter')
  const urls = page.getByRole('list', { name: 'URLs' }).getByRole('listitem')
  await urls.filter({ hasText: '/first' }).getByRole('checkbox').click()

  // the new host does not exist; a receiver that does answers in its place, once it may
  let answer = () => {}
  const isTime = new Promise<void>((resolve) => (answer = resolve))
  await page.route('**/desk/probes', async (route) => {
    const url = `${product.sandboxUrl}/receiver/late`
    await isTime
    const postData = { target: { kind: 'address', url } }
    await route.fulfill({ response: await route.fetch({ postData }) })
  })
  await page.getByRole('button', { name: 'Check 2 new URLs' }).click()
  await page.getByRole('textbox', { name: 'Type 1 to move that many webhooks' }).fill('1')
  const release = await hold(page, '**/desk/runs')
  await page.getByRole('button', { name: 'Start dry run for 1 webhook' }).click()
  const isAnswered = page.waitForResponse('**/desk/probes')
  answer()
  await isAnswered
  release()
  await expect(page).toHaveURL(/\/runs\/\d+$/)
  await expect(page.getByRole('region', { name: 'Dry run' })).toBeVisible()
})

test('a dry run requested before a later change is not shown', async ({ page }) => {
  const name = uniqueName()
  await page.goto(`/webhooks/fan-out?locations=${SHOREDITCH.id}&actions=86`)
  const plan = page.getByRole('region', { name: 'Plan' })
  const names = page.getByRole('textbox', { name: 'Names', exact: true })
  await page.getByRole('textbox', { name: 'URL' }).fill('https://receiver.example.com/older')
  await names.fill(`${name} older`)
  const releaseFirst = await hold(page, '**/desk/runs')
  const firstGone = discarded(page)
  await plan.getByRole('button', { name: 'Start dry run for 1 webhook' }).click()
  await expect(plan.getByRole('button', { name: /^Preparing/ })).toBeVisible()
  await names.fill(`${name} newer`)
  await expect(plan.getByRole('button', { name: 'Start dry run for 1 webhook' })).toBeVisible()
  releaseFirst()
  await firstGone
  await expect(page).toHaveURL(/\/fan-out/)
  await plan.getByRole('button', { name: 'Start dry run for 1 webhook' }).click()
  await expect(page).toHaveURL(/\/runs\/\d+$/)
  await expect(page.getByText(`${name} newer`)).toBeVisible()

  await page.goto('/webhooks/import')
  const text = page.getByRole('textbox', { name: 'Or drop the file here, or paste its text' })
  const line = (end: string) =>
    `location,action,name,url\n${SHOREDITCH.name},6,${name},https://receiver.example.com/${end}`
  await text.fill(line('older'))
  await expect(page.getByText('1 new')).toBeVisible()
  const releaseSecond = await hold(page, '**/desk/runs')
  const secondGone = discarded(page)
  await page.getByRole('button', { name: 'Start dry run for 1 change' }).click()
  await text.fill(line('newer'))
  releaseSecond()
  await secondGone
  await expect(page).toHaveURL(/\/import/)
  const proposed = page.waitForRequest(
    (request) => request.method() === 'POST' && request.url().endsWith('/desk/runs'),
  )
  await page.getByRole('button', { name: 'Start dry run for 1 change' }).click()
  expect((await proposed).postData()).toContain('/newer')
  await expect(page).toHaveURL(/\/runs\/\d+$/)
})

test('results of the history and of URL checks never belong to an older text', async ({
  page,
  form,
  webhooksPage,
  product,
  sandbox,
}) => {
  const { Id, Name } = await sandbox.seedWebhook()
  await webhooksPage.openFor(Name)
  await webhooksPage.activeSwitch(Name).click()
  await expect(webhooksPage.notices()).toContainText(`Paused “${Name}”.`)
  await page.goto('/activity')
  const entries = page.getByRole('region', { name: 'Changes' }).getByRole('listitem')
  await expect(entries.first()).toContainText(Name)
  const releaseHistory = await hold(page, '**/desk/history*', 'GET')
  await page.getByRole('searchbox', { name: 'Webhook' }).fill(uniqueName())
  await expect(entries).toHaveCount(0)
  await expect(page).toHaveURL(/webhook=/)
  await expect(entries).toHaveCount(0)
  releaseHistory()
  await expect(page.getByText('No change matches these filters.')).toBeVisible()

  await form.open(Id)
  await form.url().fill(`${product.sandboxUrl}/receiver/older`)
  const releaseProbe = await hold(page, '**/desk/probes')
  const isAsked = page.waitForRequest('**/desk/probes')
  await page.getByRole('button', { name: 'Check this URL' }).click()
  await isAsked
  await expect(page.getByText('Checking …')).toBeVisible()
  const isProbe = (request: Request) => request.url().endsWith('/desk/probes')
  const isOver = Promise.race([
    page.waitForEvent('requestfinished', isProbe),
    page.waitForEvent('requestfailed', isProbe),
  ])
  await form.url().fill(`${product.sandboxUrl}/receiver/newer`)
  releaseProbe()
  await isOver
  // the announcer does not read it either: only a later announcement is heard
  await expect(page.getByText('Checking …')).toBeHidden()
  await expect(webhooksPage.status()).not.toContainText(/receiver|address|answer/i)
})
