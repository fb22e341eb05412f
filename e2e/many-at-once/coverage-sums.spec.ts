import type { Page } from '@playwright/test'

import { expectAccessible } from '#e2e/support/accessible.ts'
import { expect, testWith } from '#e2e/support/fixtures.ts'

// the sample network as it is; no test changes it
const test = testWith({})

const ANCOATS = 'Northlight Ancoats'
const DUMBO = 'Northlight Dumbo'

test.beforeEach(({ signIn }) => signIn('admin'))

const grid = (page: Page) => page.getByRole('grid', { name: 'Coverage' })
const cellsOf = (page: Page, name: string) =>
  grid(page)
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader', { name }) })
    .getByRole('gridcell')
const health = (page: Page) => page.getByRole('group', { name: 'Health' })

test('the sums, the sentence and the legend of coverage follow the filters', async ({ page }) => {
  await page.goto('/coverage?view=grid')
  await expect(page.getByText('12 locations, 60 webhooks, 19 in trouble,')).toBeVisible()
  await expect(cellsOf(page, '12 locations').first()).toHaveText(/^60 webhooks\s*19 in trouble$/)
  await expect(cellsOf(page, ANCOATS).first()).toHaveText(/^7 webhooks\s*2 in trouble$/)
  await expect(health(page).getByRole('button', { name: /^Working/ })).toHaveText('Working29')

  await page.getByRole('search').getByRole('button', { name: 'Location' }).click()
  const menu = page.getByRole('dialog', { name: 'Location' })
  await menu.getByRole('checkbox', { name: DUMBO }).check()
  await menu.getByRole('button', { name: `Only ${ANCOATS}` }).click()
  await expect(menu.getByRole('checkbox', { checked: true })).toHaveCount(1)
  const only = await menu.getByRole('button', { name: `Only ${DUMBO}` }).boundingBox()
  expect(Math.min(only?.width ?? 0, only?.height ?? 0)).toBeGreaterThanOrEqual(24)
  await page.keyboard.press('Escape')
  await expect(page.getByText('1 of 12 locations, 7 webhooks, 2 in trouble,')).toBeVisible()
  await expect(cellsOf(page, '1 location').first()).toHaveText(/^7 webhooks\s*2 in trouble$/)
  await expect(health(page).getByRole('button', { name: /^Working/ })).toHaveText('Working3')

  await page.getByRole('search').getByRole('button', { name: 'Group', exact: true }).click()
  await page.getByRole('checkbox', { name: 'Billing' }).check()
  await page.keyboard.press('Escape')
  await expect(page.getByText('1 of 12 locations, 2 webhooks, 1 in trouble, 2 of 13')).toBeVisible()
  await expect(cellsOf(page, ANCOATS).first()).toHaveText(/^2 webhooks\s*1 in trouble$/)
  // the group is open: each of its actions has its own sum
  await expect(cellsOf(page, '1 location').nth(2)).toHaveText(/^1 webhook(\s*1 in trouble)?$/)

  await page.getByRole('button', { name: 'List' }).click()
  await expect(page.getByRole('list', { name: 'Coverage' })).toContainText(
    /Ancoats\s*2 webhooks, 1 in trouble/,
  )
  await expectAccessible(page)
})

test('coverage has those with most trouble first on request, and its sums by keyboard', async ({
  page,
}) => {
  // axe looks at the whole grid three times
  test.slow()
  await page.goto('/coverage?view=grid')
  await page.getByRole('checkbox', { name: 'Most trouble first' }).check()
  await expect(page).toHaveURL('/coverage?view=grid&sort=trouble')
  await page.reload()
  await expect(grid(page).getByRole('rowheader').nth(1)).toContainText(DUMBO)
  await expect(grid(page).getByRole('columnheader').nth(2)).toHaveText('Billing')
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '15')

  await grid(page).locator('[tabindex="0"]').focus()
  await page.keyboard.press('ArrowUp')
  await expect(grid(page).getByRole('rowheader', { name: '12 locations' })).toBeFocused()
  await page.keyboard.press('ArrowRight')
  const all = cellsOf(page, '12 locations').first()
  await expect(all).toBeFocused()
  await expect(all).toHaveAttribute('aria-colindex', '2')
  await page.keyboard.press('ArrowRight')
  await expect(cellsOf(page, '12 locations').nth(1)).toBeFocused()
  await expect(page.getByText('12 locations · Billing: 10 webhooks, 5 in trouble')).toBeVisible()
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Enter')
  // at once: the columns of the group come while the focus is at the last cell, and push it away
  await page.keyboard.press('Control+End')
  await expect(page).toHaveURL('/coverage?view=grid&sort=trouble&open=billing')
  await expect(grid(page)).toHaveAttribute('aria-colcount', '14')
  // names and sums stay beside the last column
  await expect(grid(page).locator('[data-at]:focus')).toBeInViewport()
  await expect(all).toBeInViewport({ ratio: 1 })
  await expectAccessible(page)
})

test('the legend of coverage takes one line; what does not fit is folded', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 800 })
  await page.goto('/coverage?view=grid')
  const marks = page.getByRole('list', { name: 'Other tile marks' })
  await expect(marks).toBeInViewport()
  const [states, others] = await Promise.all([health(page).boundingBox(), marks.boundingBox()])
  expect(Math.abs((states?.y ?? 0) - (others?.y ?? 99))).toBeLessThan(8)
  expect(Math.max(states?.height ?? 99, others?.height ?? 99)).toBeLessThan(50)
  const isCut = await health(page).evaluate(
    ({ scrollWidth, clientWidth }) => scrollWidth > clientWidth,
  )
  expect(isCut).toBe(false)

  await page.setViewportSize({ width: 320, height: 800 })
  await expect(marks).toBeHidden()
  expect((await health(page).boundingBox())?.height).toBeLessThan(60)
  await page.getByText('Other tiles').click()
  await expect(marks).toContainText('Gap: most others have one')
})
