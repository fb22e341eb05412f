import type { Locator, Page } from '@playwright/test'

import { expectAccessible } from '#e2e/support/accessible.ts'
import { expect, test } from '#e2e/support/fixtures.ts'
import { SHOREDITCH } from '#tools/network.mjs'

const PHONE = { width: 320, height: 568 }
const LOOKS = [
  { width: 320, colorScheme: 'light' },
  { width: 320, colorScheme: 'dark' },
] as const

/** The least that a thumb hits well, in pixels. */
const TARGET = 44

test.use({ viewport: PHONE, hasTouch: true })
test.beforeEach(({ signIn }) => signIn('admin'))

async function expectTarget(target: Locator) {
  const box = await target.boundingBox()
  expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(TARGET)
}

const expectHigh = async (target: Locator) =>
  expect((await target.boundingBox())?.height).toBeGreaterThanOrEqual(TARGET)

/** Turns the wheel over the page, which must stay where it is. */
async function expectStill(page: Page) {
  const at = () => page.evaluate(() => scrollY)
  const before = await at()
  await page.mouse.move(160, 10)
  await page.mouse.wheel(0, 300)
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)))
  expect(await at()).toBe(before)
}

const expectNothingCut = async (page: Page) =>
  expect(
    await page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement
      return scrollWidth - clientWidth
    }),
  ).toBeLessThanOrEqual(0)

test('order and filters are in one sheet, which gives the focus back', async ({
  page,
  webhooksPage,
}) => {
  await webhooksPage.open()
  const button = webhooksPage.sheetButton()
  const sheet = webhooksPage.sheet()
  const names = webhooksPage.names()
  const [worst = ''] = await names.allTextContents()
  await expect(webhooksPage.filterButton('Location')).toBeHidden()
  await button.click()
  await expect(sheet.locator(':focus')).toHaveCount(1)
  await expectStill(page)

  await sheet.getByLabel('Sort by').selectOption('Name')
  await expect(page).toHaveURL(/sort=name/)
  await expect(names.first()).not.toHaveText(worst)
  const [first = ''] = await names.allTextContents()
  await sheet.getByLabel('Reversed').check()
  await expect(names.first()).not.toHaveText(first)

  await webhooksPage.sheetFold('Location').click()
  const option = sheet.getByRole('checkbox', { name: SHOREDITCH.name })
  await expectHigh(sheet.locator('label', { hasText: SHOREDITCH.name }))
  await option.check()
  await expectNothingCut(page)
  await expectAccessible(page, LOOKS)
  await page.setViewportSize(PHONE)
  const show = sheet.getByRole('button', { name: /^Show \d+ webhooks$/ })
  await expectHigh(show)
  const count = Number((await show.textContent())?.replaceAll(/\D/g, ''))
  await expect(webhooksPage.rows()).toHaveCount(count)
  await show.click()
  await expect(sheet).toBeHidden()
  await expect(button).toBeFocused()
  await expect(button).toHaveText('Filters: 1')

  await page.keyboard.press('Enter')
  await sheet.getByRole('button', { name: 'Clear' }).click()
  await expect(page).not.toHaveURL(/locations=/)
  await page.keyboard.press('Escape')
  await expect(sheet).toBeHidden()
  await expect(button).toBeFocused()
  await expect(button).toHaveText('Filters')
})

test('the phone’s own Back closes the sheet, and nothing more', async ({ page, webhooksPage }) => {
  // no test can press Android's button; the browser tells of it by this event
  await page.addInitScript(() => {
    class FakeWatcher extends EventTarget {
      constructor() {
        super()
        window.addEventListener('test-back', () => this.dispatchEvent(new Event('close')))
      }
      destroy() {}
    }
    Object.assign(window, { CloseWatcher: FakeWatcher })
  })
  await webhooksPage.open('?health=failing')
  await webhooksPage.sheetButton().click()
  await expect(webhooksPage.sheet()).toBeVisible()
  await page.evaluate(() => window.dispatchEvent(new Event('test-back')))
  await expect(webhooksPage.sheet()).toBeHidden()
  await expect(webhooksPage.sheetButton()).toBeFocused()
  await expect(page).toHaveURL(/health=failing/)
})

test('a filter of coverage is a sheet as well', async ({ page }) => {
  await page.goto('/coverage')
  const button = page.getByRole('search').getByRole('button', { name: 'Location' })
  await button.click()
  const sheet = page.getByRole('dialog', { name: 'Location' })
  await sheet.getByRole('checkbox', { name: SHOREDITCH.name }).check()
  await expectNothingCut(page)
  await sheet.getByRole('button', { name: 'Done' }).click()
  await expect(sheet).toBeHidden()
  await expect(button).toBeFocused()
  await expect(button).toHaveText('Location: 1')
})

test('an open picker fills the screen, with its field on top', async ({ page, form }) => {
  await form.openNew()
  await form.action().click()
  const list = page.getByRole('listbox', { name: 'Action' })
  await expect(form.action()).toBeFocused()
  const [field, box] = await Promise.all([form.action().boundingBox(), list.boundingBox()])
  expect(field?.y).toBeLessThan(60)
  expect(box?.width).toBe(PHONE.width)
  expect((box?.y ?? 0) + (box?.height ?? 0)).toBe(PHONE.height)
  for (const at of [0, 1, 30]) await expectHigh(form.options().nth(at))
  await expectStill(page)
  await expectNothingCut(page)
  await expectAccessible(page, LOOKS)
  await page.setViewportSize(PHONE)

  const close = page.getByRole('button', { name: 'Close the list' })
  await expectTarget(close)
  await close.click()
  await expect(form.action()).toHaveAttribute('aria-expanded', 'false')
  await expect(form.action()).toBeFocused()

  await form.action().fill('invoice paid')
  await form.options().first().click()
  await expect(form.action()).toHaveValue('Invoice – fully paid')
  await expect(close).toBeHidden()
  await expect(form.create()).toBeVisible()
})

test('what one presses most is as large as a thumb', async ({
  page,
  webhooksPage,
  sandbox,
  form,
}) => {
  const { Name } = await sandbox.seedWebhook()
  await webhooksPage.openFor(Name)
  // its cell is the target, of which the switch is the visible part
  await expectTarget(webhooksPage.activeSwitch(Name).locator('..'))
  await expectTarget(webhooksPage.link(Name))
  await expectTarget(webhooksPage.menuButton(Name))
  await webhooksPage.link(Name).click()
  await expectHigh(form.save())

  for (const way of await page.getByRole('navigation', { name: 'Main' }).getByRole('link').all()) {
    await expectTarget(way)
    await expect(way.locator('svg')).toBeVisible()
  }
})

for (const viewport of [PHONE, { width: 390, height: 844 }]) {
  test(`the first webhook is above the fold at ${viewport.width} px`, async ({
    page,
    webhooksPage,
  }) => {
    await page.setViewportSize(viewport)
    await webhooksPage.open()
    const card = await webhooksPage.rows().first().boundingBox()
    expect(card?.y).toBeLessThan(300)
    await expect(webhooksPage.rows().first().getByRole('switch')).toBeInViewport()
  })
}
