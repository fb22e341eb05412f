import type { Page } from '@playwright/test'

import { expectAccessible } from '#e2e/support/accessible.ts'
import { expect, testWith } from '#e2e/support/fixtures.ts'

const BOOKED = 6
const PAID = 21
/** All locations except the network itself, two that lack webhooks, and a suspended one. */
const WITH_BOTH = [2, 3, 5, 6, 7, 8, 9, 10]
const DUBLIN = { id: 1_400_000_004, name: 'Northlight Dublin' }
const TOKYO = { id: 1_400_000_012, name: 'Northlight 中目黒' }
const ANCOATS = { id: 1_400_000_003, name: 'Northlight Ancoats' }
const BOOKING_URL = 'https://doors.example.com/booked'

/** A network in which most locations have two webhooks: Dublin has neither, Tokyo one. */
const test = testWith({}, async (sandbox) => {
  await sandbox.deleteEveryWebhook()
  for (const n of [...WITH_BOTH, 12]) {
    const BusinessId = 1_400_000_000 + n
    await sandbox.seedWebhook({ BusinessId, Action: BOOKED, URL: BOOKING_URL })
    if (n === 12) continue
    const URL = 'https://books.example.com/paid?key=very-secret'
    await sandbox.seedWebhook({ BusinessId, Action: PAID, URL })
  }
  // a duplicate
  await sandbox.seedWebhook({ BusinessId: ANCOATS.id, Action: BOOKED, URL: BOOKING_URL })
})

test.beforeEach(({ signIn }) => signIn('admin'))

const OPEN = '/coverage?open=all'
const grid = (page: Page) => page.getByRole('grid', { name: 'Coverage' })
const rowOf = (page: Page, name: string) =>
  grid(page)
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader', { name }) })
const ticked = (page: Page) => page.getByRole('region', { name: 'Ticked gaps' })

test('the grid shows webhooks, duplicates and gaps', async ({ page }) => {
  await page.goto('/coverage')
  await expect(page.getByText('12 locations, 18 webhooks, 2 of 89 actions used')).toContainText(
    '3 gaps where most others have a webhook, 1 duplicate.',
  )
  const group = grid(page).getByRole('columnheader', { name: 'Billing' })
  await expect(rowOf(page, DUBLIN.name).getByRole('gridcell').first()).toHaveText('0 webhooks')
  await expect(rowOf(page, DUBLIN.name).getByRole('gridcell').nth(1)).toHaveText(/lacks 1/)
  await group.getByRole('button').click()
  await expect(group.getByRole('button')).toHaveAttribute('aria-expanded', 'true')
  await expect(page).toHaveURL('/coverage?open=billing')

  await page.goto(OPEN)
  const dublin = rowOf(page, DUBLIN.name)
  await expect(
    dublin.getByRole('link', { name: 'No webhook; 9 of 9 other locations have one' }),
  ).toBeVisible()
  await expect(
    rowOf(page, ANCOATS.name).getByRole('button', { name: '2 webhooks, 1 duplicate' }),
  ).toBeVisible()
  await rowOf(page, ANCOATS.name).getByRole('button', { name: '2 webhooks' }).click()
  await expect(page.getByRole('menuitem', { name: 'duplicate' })).toHaveCount(2)
  await page.keyboard.press('Escape')
  await expectAccessible(page)
})

test('a gap opens a form filled in except for a URL with a key', async ({ page, form }) => {
  await page.goto(OPEN)
  await rowOf(page, DUBLIN.name).getByRole('link', { name: '9 of 9 other' }).click()
  await expect(form.url()).toHaveValue(BOOKING_URL)
  await expect(form.name()).toHaveValue(`Booking – created – ${DUBLIN.name}`)
  await page.goBack()
  await rowOf(page, TOKYO.name).getByRole('link', { name: 'No webhook; 8 of 9' }).click()
  await expect(form.name()).toHaveValue(`Invoice – fully paid – ${TOKYO.name}`)
  await expect(form.url()).toHaveValue('')
})

test('gaps are ticked by keyboard and become a fan-out', async ({ page }) => {
  await page.goto('/coverage')
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key)
  }
  await expect(grid(page)).toBeVisible()
  // one tab stop leads into the grid, to the first name; the groups open by their heads
  while (!(await grid(page).evaluate((all) => all.contains(document.activeElement)))) {
    await press('Tab')
  }
  // past the sums of the locations, and those of the groups
  await press('Home', 'ArrowRight', 'ArrowRight', 'ArrowUp', 'ArrowUp', 'Enter')
  await expect(page).toHaveURL('/coverage?open=billing')
  const cell = (location: { id: number }, action: number) =>
    grid(page).locator(`[data-at="${location.id}|billing/${action}"]`)
  await expect(cell(DUBLIN, PAID)).toBeVisible()
  // from the head down: the sums, the network, Ancoats, Dublin
  await press('ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown')
  await expect(cell(DUBLIN, PAID)).toBeFocused()
  await press('Space')
  await expect(ticked(page)).toContainText('1 gap ticked')
  await press('Control+End')
  await press('ArrowLeft')
  await expect(grid(page).getByRole('gridcell', { selected: true })).toHaveCount(1)
  await cell(TOKYO, PAID).focus()
  await press('Space')
  await expect(ticked(page)).toContainText('2 gaps ticked')
  await press('Tab')
  await expect(ticked(page).getByRole('button', { name: 'Create webhooks…' })).toBeFocused()
  await press('Enter')
  await expect(page).toHaveURL(/\/webhooks\/fan-out\?/)
  expect(new URL(page.url()).searchParams.get('cells')).toBe(
    `${DUBLIN.id}:${PAID},${TOKYO.id}:${PAID}`,
  )
})

test('filters last over a reload, in the grid and in the list', async ({ page }) => {
  await page.goto('/coverage')
  await page.getByRole('checkbox', { name: 'Only gaps' }).check()
  await page.getByRole('button', { name: 'Open all groups' }).click()
  await expect(page).toHaveURL(/gaps=only/)
  const names = ['2 locations', DUBLIN.name, TOKYO.name]
  await expect(grid(page).getByRole('rowheader')).toContainText(names)
  await page.reload()
  await expect(grid(page).getByRole('rowheader')).toContainText(names)
  await expect(page.getByRole('checkbox', { name: 'Only gaps' })).toBeChecked()

  await page.getByRole('button', { name: 'List' }).click()
  const cards = page.getByRole('list', { name: 'Coverage' })
  await expect(cards.getByRole('heading', { level: 2 })).toHaveText([DUBLIN.name, TOKYO.name])
  const lacks = cards.getByRole('region', { name: `Gaps at ${DUBLIN.name}` })
  await expect(lacks.getByRole('checkbox')).toHaveCount(2)
  await expect(lacks).toContainText('9 of 9 other locations have one')
  await lacks.getByRole('checkbox', { name: 'Booking – created' }).check()
  await expect(ticked(page)).toContainText('1 gap ticked')
  await expectAccessible(page)
})

test('a location gets the webhooks of its siblings with three clicks and a dry run', async ({
  page,
}) => {
  await page.goto('/webhooks')
  await page.getByRole('link', { name: 'Coverage' }).click()
  const copy = page.getByRole('button', { name: `Copy 2 from other locations to ${DUBLIN.name}` })
  await expect(copy).toHaveAccessibleDescription(
    /Invoice – fully paid; Booking – created\. Nothing/,
  )
  await copy.click()
  await expect(page).toHaveURL(/\/runs\/\d+/)
  await expect(page.getByRole('heading', { level: 1 })).toContainText(
    `Copy from other locations to ${DUBLIN.name}`,
  )
})

test('a person who may not create webhooks is told why, and can still look', async ({
  newPerson,
}) => {
  const page = await newPerson('viewer')
  await page.goto(OPEN)
  await page.locator('summary', { hasText: 'View only' }).click()
  await expect(page.getByText('To create webhooks you need a right that Nexudus')).toBeVisible()
  await expect(rowOf(page, DUBLIN.name).getByRole('link')).toHaveCount(0)
  const copy = rowOf(page, DUBLIN.name).getByRole('button', { name: /^Copy 2/ })
  await expect(copy).toBeDisabled()
  await expect(copy).toHaveAccessibleDescription(/You need the right WebHook-Create/)
})
