import type { Locator, Page } from '@playwright/test'

import { ANCOATS, LISBON, SHOREDITCH } from '#tools/network.mjs'
import { expect, test } from '#e2e/support/fixtures.ts'
import { openKeyboard } from '#e2e/support/keys.ts'

// Every quick tick is kept, and address, boxes and chips show the same.

const idsInAddress = (page: Page, name = 'locations') =>
  new URL(page.url()).searchParams.get(name)?.split(',').toSorted() ?? []

/** Checks which boxes of an open menu are ticked. */
async function expectTicked(page: Page, boxes: Locator, wanted: number[], name = 'locations') {
  await expect.poll(() => idsInAddress(page, name)).toHaveLength(wanted.length)
  for (const at of [0, 1, 2, 3, 4]) {
    await expect(boxes.nth(at)).toBeChecked({ checked: wanted.includes(at) })
  }
}

/** Clicks as a macro or a speech program does: the page gets no turn in between. */
const clickInOneTurn = (boxes: Locator, ...which: number[]) =>
  boxes.evaluateAll((all, at) => {
    for (const index of at) if (all[index] instanceof HTMLElement) all[index].click()
  }, which)

test.beforeEach(async ({ signIn }) => {
  test.slow()
  await signIn('admin')
})

test('quick ticks in a filter menu of the list are all kept, by mouse and by keys', async ({
  page,
  webhooksPage,
}) => {
  const keyboard = await openKeyboard(page)
  for (const rate of [1, 5]) {
    await keyboard.slowDown(1)
    await webhooksPage.open()
    await expect(webhooksPage.rows().first()).toBeVisible()
    await webhooksPage.filterButton('Location').click()
    const menu = webhooksPage.filterMenu('Location')
    const boxes = menu.getByRole('checkbox')
    await expect(boxes.nth(4)).toBeVisible()
    await keyboard.slowDown(rate)

    const [first, second, third] = [boxes.nth(0), boxes.nth(1), boxes.nth(2)]
    await keyboard.click(first, second, third)
    await expectTicked(page, boxes, [0, 1, 2])
    // unticked and ticked again
    await keyboard.click(second, third, second)
    await expectTicked(page, boxes, [0, 1])
    await keyboard.click(first, first)
    await expectTicked(page, boxes, [0, 1])
    const removes = webhooksPage.chosenFilters().getByRole('button', { name: /^Remove/ })
    await expect(removes).toHaveCount(2)

    await second.focus()
    await keyboard.tap(' ', 'Tab', ' ', 'Tab', ' ')
    await expectTicked(page, boxes, [0, 2, 3])
    await clickInOneTurn(boxes, 3, 4, 1)
    await expectTicked(page, boxes, [0, 1, 2, 4])
    await expect(removes).toHaveCount(4)
  }
})

test('quick presses are all kept, both of chips and of buttons that remove filters', async ({
  page,
  webhooksPage,
}) => {
  const keyboard = await openKeyboard(page)
  await webhooksPage.open(`?locations=${SHOREDITCH.id},${ANCOATS.id},${LISBON.id}`)
  await expect(webhooksPage.rows().first()).toBeVisible()
  await keyboard.slowDown(5)
  const chip = webhooksPage.healthChip
  await keyboard.click(chip('Stopped'), chip('Working'), chip('Failing'), chip('Working'))
  await expect.poll(() => idsInAddress(page, 'health')).toEqual(['failing', 'stopped'])
  await expect(chip('Failing')).toHaveAttribute('aria-current', 'true')
  await expect(chip('Working')).toHaveAttribute('aria-current', 'false')

  const removes = webhooksPage.chosenFilters().getByRole('button', { name: /^Remove Location/ })
  await expect(removes).toHaveCount(3)
  await clickInOneTurn(removes, 0, 2)
  await expect.poll(() => idsInAddress(page)).toEqual([String(ANCOATS.id)])
  await clickInOneTurn(page.getByRole('group', { name: 'Health' }).getByRole('link'), 0, 1)
  await expect.poll(() => idsInAddress(page, 'health')).toEqual(['about-to-stop', 'failing'])
})

test('quick ticks are all kept, above coverage and in the form for several webhooks', async ({
  page,
}) => {
  const keyboard = await openKeyboard(page)
  await page.goto('/coverage')
  await expect(page.getByRole('grid', { name: 'Coverage' })).toBeVisible()
  await page.getByRole('search').getByRole('button', { name: 'Location' }).click()
  const boxes = page.getByRole('dialog', { name: /^Location/ }).getByRole('checkbox')
  await expect(boxes.nth(4)).toBeVisible()
  await keyboard.slowDown(5)
  await keyboard.click(boxes.nth(0), boxes.nth(1), boxes.nth(2))
  await expectTicked(page, boxes, [0, 1, 2])
  await clickInOneTurn(boxes, 1, 2, 4)
  await expectTicked(page, boxes, [0, 4])
  await page.keyboard.press('Escape')
  await expect(boxes).toHaveCount(0)
  // the legend follows the address: before, it has states that the two locations do not have
  await expect(page.getByText(/^2 of 12 locations, /)).toBeVisible()
  await clickInOneTurn(page.getByRole('group', { name: 'Health' }).getByRole('button'), 0, 1)
  await expect.poll(() => idsInAddress(page, 'health')).toHaveLength(2)

  await page.goto('/webhooks/fan-out')
  const places = page.getByRole('group', { name: 'Locations' }).getByRole('checkbox')
  await expect(places.nth(2)).toBeVisible()
  await clickInOneTurn(places, 0, 1, 2)
  await expect(page.getByRole('textbox', { name: 'Locations' })).toHaveAccessibleDescription(
    '3 ticked',
  )
})
