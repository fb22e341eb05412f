import { randomUUID } from 'node:crypto'

import type { Locator } from '@playwright/test'

import { expectAccessible } from '#e2e/support/accessible.ts'
import { expect, test } from '#e2e/support/fixtures.ts'

test.beforeEach(({ signIn }) => signIn('admin'))

test('a host is moved without a mouse; a failing URL and similar hosts are left out', async ({
  page,
  product,
  sandbox,
}) => {
  const host = `old-${randomUUID()}.example.com`
  const [good, broken] = [randomUUID(), randomUUID()]
  const { host: target } = new URL(product.sandboxUrl)
  const path = `/receiver/${good}?key=s3cr3t%2f&host=${host}&b#Top`
  const first = await sandbox.seedWebhook({ URL: `http://${host}${path}` })
  const second = await sandbox.seedWebhook({ URL: `http://${host}${path}`, Action: 7 })
  const failing = await sandbox.seedWebhook({ URL: `http://${host}/receiver/${broken}` })
  const other = await sandbox.seedWebhook({ URL: `http://${host}.evil.test/receiver/x` })
  await sandbox.tell(broken, '500')
  const press = (key: string) => page.keyboard.press(key)
  const tabTo = async (wanted: Locator) => {
    await expect(wanted).toBeVisible()
    while (!(await wanted.evaluate((node) => node === document.activeElement))) await press('Tab')
  }

  await page.goto('/destinations')
  await tabTo(page.getByRole('searchbox', { name: 'Search destinations' }))
  await page.keyboard.type(host)
  const table = page.getByRole('table', { name: 'Destinations' })
  await expect(table.getByRole('rowheader')).toHaveText([host, `${host}.evil.test`])
  await expect(table.getByRole('row').filter({ hasText: '3 webhooks' })).toContainText('Not yet')
  await tabTo(page.getByRole('link', { name: `Move ${host}…` }))
  await press('Enter')

  await expect(page.getByRole('heading', { name: `Move ${host}` })).toBeFocused()
  await tabTo(page.getByRole('textbox', { name: 'New host' }))
  await page.keyboard.type(`http://${target}`)
  await press('Enter')
  await expect(page.getByRole('heading', { name: '2 URLs change' })).toBeVisible()
  const addresses = page.getByRole('list', { name: 'URLs' }).locator('> li')
  await expect(addresses.first()).toContainText(`http://${host}/receiver/${good}?key=••••`)
  await expect(addresses.first()).toContainText(`http://${target}/receiver/${good}?key=••••`)
  await expect(page.getByText('s3cr3t')).toBeHidden()
  await tabTo(page.getByRole('button', { name: 'Check 2 new URLs' }))
  await press('Enter')
  await expect(addresses.first()).toContainText(/Answered in \d+ ms/)
  await expect(addresses.nth(1)).toContainText('Answer: 500')
  await expect(addresses.first().getByRole('checkbox')).toBeChecked()
  await expect(addresses.nth(1).getByRole('checkbox')).not.toBeChecked()

  await tabTo(page.getByRole('textbox', { name: 'Type 2 to move that many webhooks' }))
  await page.keyboard.type('3')
  await press('Enter')
  await expect(page.getByText('Type 2 to continue')).toBeVisible()
  await press('Backspace')
  await page.keyboard.type('2')
  await press('Enter')
  await expect(page).toHaveURL(/\/runs\/\d+$/)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(
    `Move ${host} to http://${target}`,
  )
  const begin = page
    .getByRole('region', { name: 'Dry run' })
    .getByRole('button', { name: 'Change 2 webhooks' })
  await tabTo(begin)
  await press('Enter')

  await expect(page.getByRole('region', { name: 'Result' })).toBeVisible()
  for (const { Id, Name } of [first, second]) {
    expect(await sandbox.readWebhook(Id)).toMatchObject({ Name, URL: `http://${target}${path}` })
  }
  for (const { Id, URL } of [failing, other]) {
    expect((await sandbox.readWebhook(Id)).URL).toBe(URL)
  }
})

test('a host is checked in its row, and a URL that Nexudus cannot reach is never offered', async ({
  page,
  product,
  sandbox,
}) => {
  // axe checks six times
  test.slow()
  const host = `old-${randomUUID()}.example.com`
  await sandbox.seedWebhook({ URL: `https://${host}/in` })
  const { host: receivers } = new URL(product.sandboxUrl)
  await page.goto('/destinations')
  const row = page
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader', { name: receivers }) })
  await row.getByRole('button', { name: `Check ${receivers}` }).click()
  await expect(row).toContainText(/Answered in \d+ ms/)
  await expect(row).toContainText('none: not encrypted')
  await expectAccessible(page)

  await page.goto(`/destinations?move=${host}&to=10.0.0.7`)
  await expect(page.getByText('Nexudus cannot reach this URL')).toBeVisible()
  await expect(page.getByRole('checkbox')).toBeDisabled()
  await expectAccessible(page)
})

test('a person with read access only sees the destinations, and why they cannot be moved', async ({
  page,
  newPerson,
}) => {
  await page.close()
  const viewer = await newPerson('viewer')
  await viewer.goto('/destinations')
  await expect(viewer.getByRole('link', { name: /^Move/ })).toHaveCount(0)
  await viewer.goto('/destinations?move=hooks.example.com')
  await expect(viewer.getByText('a right that Nexudus calls WebHook-Edit')).toBeVisible()
})

test('a new host gets the same warnings and errors as a URL', async ({ page, sandbox }) => {
  const host = `old-${randomUUID()}.example.com`
  await sandbox.seedWebhook({ URL: `https://${host}/in` })
  await page.goto(`/destinations?move=${host}`)
  const field = page.getByRole('textbox', { name: 'New host' })
  await field.fill('example.com:99999')
  await field.press('Enter')
  await expect(field).toHaveAccessibleDescription(/Port 99999 does not exist/)
  await field.fill('\u200b\u0430pple.com\u200b')
  await field.press('Enter')
  await expect(page.getByRole('list', { name: 'About this URL' })).toContainText(
    /mixes look-alike letters/,
  )
  await expect(page.getByRole('list', { name: 'URLs' })).toContainText(
    'https://xn--pple-43d.com/in',
  )
})
