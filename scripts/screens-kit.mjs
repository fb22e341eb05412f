import path from 'node:path'

import { controlSandbox } from './screens-sandbox.mjs'

/** How a page may be looked at; `contrast` is what Windows calls a contrast theme. */
const SCHEMES = {
  light: { colorScheme: 'light', forcedColors: 'none' },
  dark: { colorScheme: 'dark', forcedColors: 'none' },
  contrast: { colorScheme: 'dark', forcedColors: 'active' },
}
const HEIGHT = { 1440: 1000, 320: 700 }
/** Of a picture; whoever wants to see the fortieth row looks at the product. */
const TALLEST = 2600
const PATIENCE_MS = 8000

/**
 * What the screens share: a page for each state, of a stranger or of an account that is signed in
 * once, and the sandbox to tell what to do. A state that cannot be reached is noted, and pictured
 * as it is.
 */
export async function createKit({ browser, product, width, folder }) {
  const sandbox = await controlSandbox(product)
  const signedIn = new Map()
  const states = []
  const problems = []

  const newContext = async (options) => {
    const viewport = { width, height: HEIGHT[width] }
    const context = await browser.newContext({ viewport, reducedMotion: 'reduce', ...options })
    context.setDefaultTimeout(PATIENCE_MS)
    return context
  }
  const stranger = await newContext()

  async function contextOf(account) {
    if (!account) return stranger
    const known = signedIn.get(account)
    if (known) return known
    const context = await newContext()
    const page = await context.newPage()
    await page.goto(product.url)
    await fillSignIn(page, account)
    if (account === 'totp') {
      await page.getByLabel('Code').fill(await sandbox.code())
      await page.getByRole('button', { name: 'Sign in' }).click()
    }
    await page.getByRole('banner').waitFor()
    await page.close()
    signedIn.set(account, context)
    return context
  }

  async function take(page, name) {
    const height = await page.evaluate(() => document.documentElement.scrollHeight)
    for (const [scheme, media] of Object.entries(SCHEMES)) {
      await page.emulateMedia(media)
      // the frame after the one in which the page has learned of it
      await page.evaluate(
        () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
      )
      await page.screenshot({
        path: path.join(folder, fileOf(name, width, scheme)),
        fullPage: true,
        clip: { x: 0, y: 0, width, height: Math.min(height, TALLEST) },
        animations: 'disabled',
        timeout: 30_000,
      })
    }
  }

  return {
    width,
    isNarrow: width < 600,
    url: product.url,
    sandboxUrl: product.sandboxUrl,
    sandbox,
    states,
    problems,
    newContext,
    /** The cookies of an account, for a state that spoils its own session. */
    sessionOf: async (account) => (await contextOf(account)).storageState(),

    /** Opens `address` as `account`, lets `act` bring about the state, and takes its pictures. */
    async state({ name, caption, account, address = '/webhooks', context }, act = async () => {}) {
      states.push({ name, caption })
      const page = await (context ?? (await contextOf(account))).newPage()
      page.on('pageerror', (error) => problems.push(`${name} at ${width}: ${error.message}`))
      try {
        await page.goto(new URL(address, product.url).href)
        await act(page)
      } catch (error) {
        problems.push(`${name} at ${width} was not reached: ${error.message.split('\n')[0]}`)
      }
      await take(page, name).catch((error) =>
        problems.push(`${name} at ${width} has no picture: ${error.message.split('\n')[0]}`),
      )
      await page.close()
      await sandbox.clearFaults()
    },
  }
}

export const fileOf = (name, width, scheme) => `${name}-${width}-${scheme}.png`
export const SCHEMES_SHOWN = Object.keys(SCHEMES)

export async function fillSignIn(page, account, password = 'sandbox') {
  await page.getByLabel('E-mail').fill(`${account}@hookdesk.test`)
  await page.getByLabel(/^Password/).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

export const table = (page) => page.getByRole('table', { name: 'Webhooks' })

export const rowOf = (page, name) =>
  table(page)
    .getByRole('row')
    .filter({ has: page.getByRole('link', { name, exact: true }) })

export const listShown = (page) => table(page).getByRole('rowheader').first().waitFor()

export async function openMenu(page, name) {
  await page.getByRole('button', { name: `More for ${name}` }).click()
  await page.getByRole('menu').waitFor()
}

/** Chooses in a searchable field as a person does: types, and takes the first that is offered. */
export async function choose(page, label, text) {
  const field = page.getByRole('combobox', { name: label })
  await field.click()
  await field.fill(text)
  await page.getByRole('option').first().click()
}
