import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'

import type { Page } from '@playwright/test'

import { ANCOATS, SHOREDITCH, uniqueName } from '#tools/network.mjs'
import { expectAccessible } from '#e2e/support/accessible.ts'
import { expect, test } from '#e2e/support/fixtures.ts'

test.beforeEach(({ signIn }) => signIn('admin'))

const pasteInto = (page: Page, lines: string[]) =>
  page
    .getByRole('textbox', { name: 'Or drop the file here, or paste its text' })
    .fill(lines.join('\n'))

/** Saves the export of the open dialog, and gives the file to the import. */
async function exportAndImport(page: Page, format: 'CSV' | 'JSON', before: () => Promise<void>) {
  const dialog = page.getByRole('dialog', { name: /^Export \d+ webhooks?$/ })
  await dialog.getByRole('radio', { name: format }).check()
  const saved = page.waitForEvent('download')
  await dialog.getByRole('button', { name: /^Export/ }).click()
  const path = await (await saved).path()
  await before()
  await page.getByLabel('Plan file').setInputFiles(path)
  return readFileSync(path, 'utf8')
}

test('importing an unchanged export changes nothing, and the file contains no secret', async ({
  page,
  webhooksPage,
  sandbox,
}) => {
  test.slow()
  const name = uniqueName()
  const nasty = '=1+1;"a, b"\r\n\'x\' – שלום 😀 '
  const URL = 'https://ana:pw-s3cr3t@receiver.example.com/in?key=k-s3cr3t'
  const selected = await sandbox.seedWebhook({ Name: `${name} ${nasty}`, Description: nasty, URL })
  await sandbox.seedWebhook({ Name: `=${name}`, Description: nasty })
  const same = (count: number) =>
    page.getByRole('status').filter({ hasText: `0 new · 0 changes · ${count} unchanged` })

  await webhooksPage.open(`?q=${name}`)
  await expect(webhooksPage.rows()).toHaveCount(2)
  for (const tick of await page.getByRole('checkbox', { name: /^Select (=|E2E)/ }).all()) {
    await tick.check()
  }
  await page.getByRole('button', { name: 'Export…' }).click()
  const open = async () => void (await page.goto('/webhooks/import'))
  const csv = await exportAndImport(page, 'CSV', open)
  expect(csv).toContain(String(selected.Id))
  expect(csv).not.toContain('s3cr3t')
  await expect(page.getByText('No changes needed.')).toBeVisible()
  await expect(same(2)).toBeVisible()

  await page.getByRole('button', { name: 'Export everything' }).click()
  // there may be many webhooks, too many for a call each for their descriptions
  await page.getByRole('checkbox', { name: 'Include descriptions' }).uncheck()
  const json = await exportAndImport(page, 'JSON', async () => {})
  expect(json).not.toContain('Description')
  expect(json).not.toContain('s3cr3t')
  await expect(
    same(json.split('\n').filter((line) => line.includes('"BusinessId"')).length),
  ).toBeVisible()
  await expect(page.getByText('No changes needed.')).toBeVisible()
})

test('a plan with an error is corrected in place, and becomes a run', async ({ page, sandbox }) => {
  const made = uniqueName()
  const was = await sandbox.seedWebhook({ Description: 'Old' })
  const kept = await sandbox.seedWebhook({ BusinessId: ANCOATS.id, Description: 'Kept' })
  await page.goto('/webhooks/import')
  await pasteInto(page, [
    'id;location;action;name;url;description',
    `${was.Id};${SHOREDITCH.name};BookingCreate;${was.Name};${was.URL};New words`,
    `${kept.Id};${ANCOATS.name};6;${kept.Name};${kept.URL};Kept`,
    `;${ANCOATS.name};Booking - updatd;${made};https://receiver.example.com/${made};`,
  ])

  const problems = page.getByRole('list', { name: 'Errors to correct' })
  await expect(problems).toHaveText(/Line 4, Action “Booking - updatd” is not the number/)
  await expectAccessible(page)
  await problems.getByRole('button', { name: 'Line 4, Action' }).click()
  const text = page.getByRole('textbox', { name: 'Or drop the file here, or paste its text' })
  await expect(text).toBeFocused()
  await text.fill((await text.inputValue()).replace('updatd', 'updated'))

  await expect(page.getByText('1 new · 1 change · 1 unchanged')).toBeVisible()
  await expect(page.getByRole('list', { name: 'To change' })).toContainText(
    /Description.*Old.*New words/,
  )
  await page.getByRole('button', { name: 'Start dry run for 2 changes' }).click()
  await expect(page).toHaveURL(/\/runs\/\d+$/)
  const before = page.getByRole('region', { name: 'Dry run' })
  await before.getByRole('button', { name: 'Change 2 webhooks' }).click()

  await expect(page.getByRole('region', { name: 'Result' })).toBeVisible()
  expect(await sandbox.readWebhook(was.Id)).toMatchObject({
    ...was,
    Description: 'New words',
    UpdatedOn: expect.anything(),
    UpdatedBy: expect.anything(),
  })
  expect(await sandbox.webhooksNamed(made)).toMatchObject([
    { BusinessId: ANCOATS.id, Action: 7, Description: null, Active: true },
  ])
})

test('a plan of another network asks for its locations, and its numbers are ignored', async ({
  page,
  sandbox,
}) => {
  const here = await sandbox.seedWebhook({ Action: 79 })
  const [first, second] = [uniqueName(), uniqueName()]
  const plan = {
    format: 'hookdesk-plan',
    version: 1,
    exportedAt: '2026-05-05T10:00:00Z',
    locations: [
      { id: 71, name: SHOREDITCH.name.toUpperCase() },
      { id: 72, name: 'Brighton Pier' },
      { id: 73, name: 'Hull' },
    ],
    webhooks: [71, 72, 73].map((BusinessId, at) => ({
      Id: here.Id + at,
      BusinessId,
      Action: 79,
      Name: [first, second, 'Hull'][at],
      URL: `https://receiver.example.com/${first}/${BusinessId}`,
    })),
  }
  await page.goto('/webhooks/import')
  await pasteInto(page, [JSON.stringify(plan)])

  const ask = page.getByRole('region', { name: 'Match the locations' })
  await expect(ask).toContainText('another network')
  const shoreditch = ask.getByRole('group', { name: /^For NORTHLIGHT SHOREDITCH/ })
  await expect(shoreditch.getByRole('combobox')).toHaveValue(SHOREDITCH.name)
  const pier = ask.getByRole('group', { name: /^For Brighton Pier/ })
  await pier.getByRole('combobox').fill('ancoats')
  await page.getByRole('option', { name: ANCOATS.name }).click()
  await ask
    .getByRole('group', { name: /^For Hull/ })
    .getByRole('button', { name: 'Leave out' })
    .click()

  await expect(page.getByText('2 new · 0 changes · 0 unchanged · 1 left out')).toBeVisible()
  const fresh = page.getByRole('list', { name: 'New' }).getByRole('listitem')
  await expect(fresh.filter({ hasText: second })).toContainText(ANCOATS.name)
  await expectAccessible(page)
})

test('a typed text survives a reload, except the keys in its URLs', async ({ page }) => {
  const lines = [
    'Location number,Action,Name,URL',
    `${SHOREDITCH.id},6,Typed,https://receiver.example.com/${randomUUID()}?key=s3cr3t`,
  ]
  await page.goto('/webhooks/import')
  await pasteInto(page, lines)
  await expect(page.getByText('1 new · 0 changes · 0 unchanged')).toBeVisible()
  await page.reload()
  const text = page.getByRole('textbox', { name: 'Or drop the file here, or paste its text' })
  await expect(text).toHaveValue(lines.join('\n').replace('s3cr3t', '••••'))
  await expect(page.getByRole('note').filter({ hasText: 'not kept' })).toBeVisible()
  await expect(page.getByRole('list', { name: 'Errors to correct' })).toContainText('hidden')
  await page.getByRole('button', { name: 'Clear' }).click()
  await page.reload()
  await expect(text).toHaveValue('')
})

test('a file dropped beside the card is not opened, and one that is too large is not read', async ({
  page,
}) => {
  await page.goto('/webhooks/import')
  const heading = page.getByRole('heading', { level: 1 })
  const isPrevented = await heading.evaluate((node) => {
    const dataTransfer = new DataTransfer()
    dataTransfer.items.add(new File(['a,b'], 'a.csv'))
    return ['dragover', 'drop'].map((type) => {
      const event = new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true })
      node.dispatchEvent(event)
      return event.defaultPrevented
    })
  })
  expect(isPrevented).toEqual([true, true])

  const buffer = Buffer.from(`Name,URL\n${'a,https://x.example.com/\n'.repeat(140_000)}`)
  await page
    .getByLabel('Plan file')
    .setInputFiles({ name: 'large.csv', mimeType: 'text/csv', buffer })
  await expect(page.getByRole('alert')).toContainText('larger than 2 MB')
  await expect(
    page.getByRole('textbox', { name: 'Or drop the file here, or paste its text' }),
  ).toHaveValue('')
})
