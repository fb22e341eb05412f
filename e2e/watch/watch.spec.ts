import type { Page } from '@playwright/test'

import { expectAccessible } from '#e2e/support/accessible.ts'
import { expect, testWith } from '#e2e/support/fixtures.ts'
import { NO_LIMITS } from '#tools/product.mjs'

/** A product that watches, as often as it may, and retries failed deliveries within seconds. */
const test = testWith({ ...NO_LIMITS, WATCH: '1', WATCH_SECONDS: '30' })

test('a receiver breaks: a card, a mail, an owner; it is mended: both close by themselves', async ({
  page,
  signIn,
  sandbox,
  product,
}) => {
  // it waits for looks, mails and their repetition, as long as a busy machine needs
  test.setTimeout(600_000)
  await sandbox.setSwitches({ retries: 'short' })
  const webhook = await sandbox.seedWebhook({
    Name: 'Door codes',
    Action: 57,
    URL: `${product.sandboxUrl}/receiver/doors?key=s3cret`,
  })
  await signIn('admin')
  await page.goto('/')
  const cards = page.getByRole('article')
  const card = cards.filter({ hasText: 'Team – created' })
  await expect(cards).not.toHaveCount(0)
  await expect(page).toHaveTitle(/^\(\d+\) Attention · Hookdesk$/)
  await expect(cards.filter({ hasText: 'hooks.exmaple.com' })).toContainText(
    /does not exist; \d other webhooks that work go to hooks\.example\.com\./,
  )
  await expectAccessible(page)
  await page.setViewportSize({ width: 1280, height: 900 })

  await page.goto('/sandbox')
  const mail = page.getByRole('list', { name: 'Mail, newest first' }).getByRole('listitem')
  await expect(mail).toHaveCount(1)
  await expect(mail).toContainText('Hookdesk now watches your webhooks')
  const chat = { kind: 'slack', name: 'Ops', url: `${product.sandboxUrl}/receiver/ops?k=s3cret` }
  await addChannel(page, chat)
  await page.goto('/sandbox')
  await sandbox.tell('doors', '500')
  for (let times = 0; times < 10; times += 1) await sandbox.raise(webhook.BusinessId, 57)
  await expect(mail.first()).toContainText('Stopped', { timeout: 120_000 })
  await expect(mail.first()).toContainText('Door codes')
  await mail.first().getByText('Text, HTML and headers').click()
  await expect(mail.first()).toContainText('probably switched off a webhook to localhost')
  await expect(mail.first()).not.toContainText('s3cret')
  const shown = page.getByRole('blockquote', { name: 'As Slack shows it' })
  await expect(shown.first()).toContainText('Stopped: “Door codes”')

  await page.goto('/')
  await card.getByRole('button', { name: 'Mute' }).click()
  await card.getByLabel('Tell nobody for').selectOption('an hour')
  await card.getByRole('button', { name: 'Mute' }).click()
  await expect(card).toContainText(/Muted until .+ by admin@hookdesk\.test/)
  await expectAccessible(page)
  await page.setViewportSize({ width: 1280, height: 900 })
  await card.getByRole('button', { name: 'Unmute' }).click()
  await expect(card.getByRole('button', { name: 'Mute' })).toBeVisible()
  await expect(card).toContainText('does not reach')
  await card.getByRole('button', { name: 'I’ll take care of it' }).click()
  await expect(card.getByLabel('Note for the others (optional)')).toBeFocused()
  await page.keyboard.type('Calling the provider')
  await card.getByRole('button', { name: 'I’ll take care of it' }).click()
  await expect(card).toContainText('admin@hookdesk.test is taking care of it')
  await expect(card).toContainText('Calling the provider')

  await card.getByRole('link', { name: 'Check and switch on' }).click()
  const repair = page.getByRole('region', { name: 'Repair' })
  await repair.getByRole('button', { name: 'Check and switch on' }).click()
  await expect(repair).toContainText('It was not switched on.')
  await expect(repair.getByRole('button', { name: 'Switch on all the same' })).toBeVisible()
  await repair.getByRole('button', { name: 'Replace the URL' }).click()
  await expect(page.getByRole('textbox', { name: 'URL' })).toBeFocused()
  await expectAccessible(page)
  await page.setViewportSize({ width: 1280, height: 900 })
  await sandbox.tell('doors', '200')
  await repair.getByRole('button', { name: 'Check again' }).click()
  await expect(page.getByText('Switched on again', { exact: false }).first()).toBeVisible()
  await expect(repair).toHaveCount(0)
  await sandbox.raise(webhook.BusinessId, 57)
  await page.goto('/sandbox')
  await expect(mail.first()).toContainText('Working again: “Door codes”', { timeout: 150_000 })
  await page.goto('/')
  const over = page.getByRole('region', { name: 'Over within the last 7 days' })
  await expect(over).toContainText('Door codes')
  await expect(over).toContainText('Working again')

  await page.goto(`/webhooks/${webhook.Id}?tab=history`)
  const timeline = page.getByRole('region', { name: 'As the watch saw it' })
  const seen = timeline.getByRole('list', { name: 'Seen, newest first' }).getByRole('listitem')
  await expect(seen.filter({ hasText: 'Stopped' })).toHaveCount(1)
  await timeline.getByRole('button', { name: '7 days' }).click()
  await expect(timeline.getByRole('button', { name: '7 days' })).toBeFocused()
  await timeline.getByText('States as a table').click()
  await expectAccessible(page)
})

type NewChannel = { kind: string; name: string; url: string }

async function addChannel(page: Page, { kind, name, url }: NewChannel) {
  await page.goto('/settings/watch')
  await page.getByText('Add a channel', { exact: true }).click()
  await page.getByLabel('Kind').selectOption(kind)
  await page.getByLabel('URL').fill(url)
  await page.getByRole('textbox', { name: 'Name' }).fill(name)
  await page.getByRole('button', { name: 'Add the channel' }).click()
  await expect(page.getByRole('list', { name: 'Channels' })).toContainText(name)
}

test('a person chooses what to be told, and verifies another address with a code', async ({
  page,
  signIn,
  sandbox,
  expectConsole,
}) => {
  await signIn('manager')
  await page.goto('/')
  await page.getByRole('button', { name: /^Account:/ }).click()
  await page.getByRole('menuitem', { name: 'Notifications' }).click()
  await expect(page.getByRole('heading', { name: 'Notifications', level: 1 })).toBeVisible()
  await page.getByLabel('Tell me by e-mail').check()
  await page.getByLabel('E-mail address').fill('desk at shoreditch')
  expectConsole(/400 \(Bad Request\)/)
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('This is not one e-mail address.')).toBeVisible()
  await page.getByLabel('E-mail address').fill('desk@shoreditch.test')
  await page.getByLabel('Tell me from').selectOption('stopped')
  await page.getByLabel('Quiet hours').check()
  await page.getByLabel(/^From/).fill('23:30')
  await page.getByLabel('Daily summary').check()
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Enter the code')).toBeVisible()
  const [mail] = await sandbox.mails()
  expect(mail?.to).toEqual(['desk@shoreditch.test'])
  const code = mail?.subject.slice(0, 6) ?? ''
  const wrong = code === '000000' ? '111111' : '000000'
  const field = page.getByRole('textbox', { name: 'Code' })
  await field.fill('12 34')
  await page.getByRole('button', { name: 'Verify' }).click()
  await expect(page.getByText('Enter the six digits in the mail.')).toBeVisible()
  await field.fill(wrong)
  await page.getByRole('button', { name: 'Verify' }).click()
  await expect(page.getByRole('alert')).toHaveText('This is not the code in the mail.')
  await expectAccessible(page)
  await page.setViewportSize({ width: 1280, height: 900 })
  await field.fill(code)
  await page.getByRole('button', { name: 'Verify' }).click()
  await expect(page.getByText('Enter the code')).toBeHidden()
  await page.reload()
  await expect(page.getByLabel('E-mail address')).toHaveValue('desk@shoreditch.test')
  await expect(page.getByLabel('Tell me from')).toHaveValue('stopped')
  await expect(page.getByLabel(/^From/)).toHaveValue('23:30')
  await expect(page.getByLabel('Until')).toHaveValue('07:00')
  await expect(page.getByLabel('Every day at')).toHaveValue('08:30')
})

test('an administrator sets channels up, and each says whether its test arrived', async ({
  page,
  signIn,
  sandbox,
  product,
  expectConsole,
}) => {
  await signIn('admin')
  const url = `${product.sandboxUrl}/receiver/chat-of-teams?sig=s3cret`
  await addChannel(page, { kind: 'teams', name: 'Front desk', url })
  const channel = page.getByRole('listitem').filter({ hasText: 'Front desk' })
  await expect(channel).toContainText('…cret')
  await expect(page.getByText('sig=s3cret')).toHaveCount(0)
  await sandbox.tell('chat-of-teams', '410')
  expectConsole(/422 \(Unprocessable/)
  const test = channel.getByRole('button', { name: 'Send a test to Front desk' })
  await test.click()
  await expect(channel).toContainText('The last message failed: Answered 410')
  await sandbox.tell('chat-of-teams', '200')
  await test.click()
  await expect(channel).toContainText('The last message arrived')

  await page.getByText('Add a channel', { exact: true }).click()
  const form = page.getByRole('form', { name: 'Add a channel' })
  await form.getByLabel('Kind').selectOption('discord')
  await form.getByLabel('URL').fill('https://hooks.slack.com/services/T0/B0/x')
  await form.getByRole('textbox', { name: 'Name' }).fill('Wrong')
  expectConsole(/400 \(Bad Request\)/)
  await form.getByRole('button', { name: 'Add the channel' }).click()
  await expect(form.getByText(/^This is a URL of another kind of chat/)).toBeVisible()
  await expect(form.getByLabel('URL')).toHaveValue('https://hooks.slack.com/services/T0/B0/x')
  await expectAccessible(page)
  await page.setViewportSize({ width: 1280, height: 900 })
  await form.getByLabel('Kind').selectOption('webhook')
  await form.getByLabel('URL').fill(`${product.sandboxUrl}/receiver/program`)
  await form.getByRole('button', { name: 'Add the channel' }).click()
  await expect(page.getByText(/^whsec_/)).toBeVisible()
  await page.goto('/docs/events')
  await expect(page.getByRole('rowheader', { name: 'webhooks.stopped' })).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Samples' })).toBeVisible()
  await expectAccessible(page)
  await page.setViewportSize({ width: 1280, height: 900 })
  await page.goto('/settings/watch')
  await page.reload()
  await expect(page.getByText('Wrong')).toBeVisible()
  await expect(page.getByText(/whsec_/)).toHaveCount(0)
  await page.getByRole('button', { name: 'Remove the channel Wrong' }).click()
  await expect(page.getByRole('list', { name: 'Channels' })).not.toContainText('Wrong')
})

test('a person reads incidents in a feed and pauses in a calendar, until they revoke them', async ({
  page,
  signIn,
  request,
}) => {
  await signIn('admin')
  await page.goto('/settings/notifications')
  await page.getByRole('button', { name: 'Make the addresses' }).click()
  const card = page.getByRole('region', { name: 'Feed and calendar' })
  await expect(card.locator('code')).toHaveCount(2)
  const [atom = '', ical = ''] = await card.locator('code').allTextContents()
  await expectAccessible(page)
  await page.setViewportSize({ width: 1280, height: 900 })
  await expect
    .poll(async () => (await (await request.get(atom)).text()).includes('<entry>'))
    .toBe(true)
  const text = await (await request.get(atom)).text()
  // the desk's own pages make no markup from texts
  const blank = await page.context().newPage()
  const problems = await blank.evaluate((xml) => {
    const read = new DOMParser().parseFromString(xml, 'application/xml')
    return [...read.querySelectorAll('parsererror')].map((node) => node.textContent)
  }, text)
  expect(problems).toEqual([])
  expect(await (await request.get(ical)).text()).toMatch(/^BEGIN:VCALENDAR\r\n/)
  await page.reload()
  await expect(card).toContainText('last read')
  await expect(card.locator('code')).toHaveCount(0)
  await card.getByRole('button', { name: 'Revoke' }).click()
  await expect(card.getByRole('button', { name: 'Make the addresses' })).toBeVisible()
  expect((await request.get(atom)).status()).toBe(404)
})

test('three things to know are shown once, until they are put away', async ({ page, signIn }) => {
  await signIn('admin')
  await page.goto('/')
  const welcome = page.getByRole('region', { name: 'New here?' })
  await expect(welcome).toContainText('Repair it.')
  await expectAccessible(page)
  await page.setViewportSize({ width: 1280, height: 900 })
  await welcome.getByRole('button', { name: 'Got it' }).click()
  await expect(welcome).toBeHidden()
  await page.reload()
  await expect(page.getByRole('heading', { name: 'Attention', level: 1 })).toBeVisible()
  await expect(page.getByText(/^Looked/).first()).toBeVisible()
  await expect(welcome).toBeHidden()
})

test('an administrator sees the watch and its outbox, and others are told why not', async ({
  page,
  signIn,
  newPerson,
}) => {
  await signIn('admin')
  await page.goto('/settings/watch')
  await expect(page.getByText('watch@hookdesk.test')).toBeVisible()
  await expect(page.getByText(/notices? sent within the last day/)).toBeVisible()
  await expectAccessible(page)
  const viewer = await newPerson('viewer')
  await viewer.goto('/settings/watch')
  await expect(viewer.getByText(/^Only administrators/)).toBeVisible()
})
