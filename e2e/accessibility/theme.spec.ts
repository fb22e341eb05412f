import type { Page } from '@playwright/test'

import { expect, test } from '#e2e/support/fixtures.ts'

declare global {
  var schemesSeen: (string | undefined)[]
}

/** Records the colour scheme of every frame once the page has a body. */
const watchScheme = (page: Page) =>
  page.addInitScript(() => {
    globalThis.schemesSeen = []
    const look = () => {
      const scheme = document.documentElement?.dataset.mantineColorScheme
      if (document.body) globalThis.schemesSeen.push(scheme)
      requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
  })

const schemesSeen = (page: Page) => page.evaluate(() => [...new Set(globalThis.schemesSeen)])

const background = (page: Page) =>
  page.evaluate(() => {
    const [red = 0] = getComputedStyle(document.body).backgroundColor.match(/\d+/g) ?? []
    return Number(red) < 128 ? 'dark' : 'light'
  })

test.beforeEach(({ signIn }) => signIn('admin'))

for (const colorScheme of ['light', 'dark'] as const) {
  test(`a ${colorScheme} system gets a ${colorScheme} page from the first frame on`, async ({
    page,
    webhooksPage,
  }) => {
    await page.emulateMedia({ colorScheme })
    await watchScheme(page)
    await webhooksPage.open('?q=door')
    await expect(webhooksPage.table()).toBeVisible()
    expect(await schemesSeen(page)).toEqual([colorScheme])
    expect(await background(page)).toBe(colorScheme)
  })
}

test('a chosen colour scheme lasts over a reload, without a flash of the other', async ({
  page,
  webhooksPage,
}) => {
  await page.emulateMedia({ colorScheme: 'light' })
  await webhooksPage.open('?q=door')
  await page.getByRole('button', { name: /^Account/ }).click()
  await page.getByRole('menuitemradio', { name: 'Dark' }).click()
  await expect.poll(() => background(page)).toBe('dark')

  await watchScheme(page)
  await page.reload()
  await expect(webhooksPage.table()).toBeVisible()
  expect(await schemesSeen(page)).toEqual(['dark'])
  await page.getByRole('button', { name: /^Account/ }).click()
  await expect(page.getByRole('menuitemradio', { name: 'Dark' })).toBeChecked()
})

test('set back to the system’s colours, the page follows them while it is open', async ({
  page,
  webhooksPage,
}) => {
  await page.emulateMedia({ colorScheme: 'light' })
  await webhooksPage.open('?q=door')
  const menu = page.getByRole('button', { name: /^Account/ })
  await menu.click()
  await page.getByRole('menuitemradio', { name: 'Dark' }).click()
  await menu.click()
  await expect(page.getByRole('menuitemradio', { name: 'Dark' })).toBeChecked()
  await page.getByRole('menuitemradio', { name: 'Same as system' }).click()
  await expect.poll(() => background(page)).toBe('light')
  await page.emulateMedia({ colorScheme: 'dark' })
  await expect.poll(() => background(page)).toBe('dark')
})

test('the sign-in page follows the choice, too', async ({ page, context }) => {
  await page.goto('/webhooks?q=door')
  await page.getByRole('button', { name: /^Account/ }).click()
  await page.getByRole('menuitemradio', { name: 'Dark' }).click()
  await expect.poll(() => background(page)).toBe('dark')
  await context.clearCookies()
  await watchScheme(page)
  await page.goto('/')
  await expect(page.getByRole('form', { name: 'Sign in' })).toBeVisible()
  expect(await schemesSeen(page)).toEqual(['dark'])
  expect(await background(page)).toBe('dark')
})
