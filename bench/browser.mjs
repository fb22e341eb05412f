import { launchChromium } from '#tools/chromium.mjs'
import { startProduct } from '#tools/product.mjs'

/** Gives `act` a running product and a browser, and ends both whatever comes of it. */
export async function withProduct(env, act) {
  const product = await startProduct(env)
  try {
    const browser = await launchChromium()
    return await act({ product, browser }).finally(() => browser.close())
  } finally {
    await product.stop()
  }
}

/** A page of somebody who has signed in and sees the list. */
export async function openSignedIn(browser, url) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  const page = await context.newPage()
  await page.goto(url)
  await page.getByLabel('E-mail').fill('admin@hookdesk.test')
  await page.getByLabel(/^Password/).fill('sandbox')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await listShown(page)
  return { context, page }
}

/** Waits until the list shows webhooks. */
export const listShown = (page) =>
  page
    .getByRole('table', { name: 'Webhooks' })
    .getByRole('rowheader')
    .first()
    .waitFor({ timeout: 60_000 })

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
