import { launchChromium } from '#tools/chromium.mjs'
import { addSession } from '#tools/desk-session.mjs'
import { listShown } from '#tools/pages/webhooks-page.mjs'
import { startProduct } from '#tools/product.mjs'

/**
 * @import { Browser } from '@playwright/test'
 * @import { Env, Product } from '#tools/product.mjs'
 */

const PATIENCE_MS = 60_000

/**
 * Runs `act` with a running product and a browser, and always ends both.
 *
 * @template Result
 * @param {Env} env
 * @param {(subject: { product: Product, browser: Browser }) => Promise<Result>} act
 * @returns {Promise<Result>}
 */
export async function withProduct(env, act) {
  const product = await startProduct(env)
  try {
    const browser = await launchChromium()
    try {
      return await act({ product, browser })
    } finally {
      await browser.close()
    }
  } finally {
    await product.stop()
  }
}

/**
 * Opens a browser where the administrator is signed in, at the page of the list.
 *
 * @param {Browser} browser
 * @param {string} url
 */
export async function openSignedIn(browser, url) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  context.setDefaultTimeout(PATIENCE_MS)
  await addSession(context, url)
  const page = await context.newPage()
  await page.goto(`${url}/webhooks`)
  await listShown(page)
  return { context, page }
}

/**
 * @param {number} ms
 * @returns {Promise<undefined>}
 */
export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
