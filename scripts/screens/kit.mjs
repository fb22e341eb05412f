import path from 'node:path'

import { addSession, credentialsOf } from '#tools/desk-session.mjs'
import { openSandbox } from '#tools/sandbox-controls.mjs'

import { changingIn, settled } from './changing.mjs'

/**
 * @import { Browser, BrowserContext, BrowserContextOptions, Page } from '@playwright/test'
 * @import { Account } from '#tools/network.mjs'
 * @import { Product } from '#tools/product.mjs'
 * @import { FaultOrder } from '#tools/sandbox-controls.mjs'
 * @import { Taken } from './accepted.mjs'
 *
 * @typedef {object} State
 * @property {string} name of its pictures
 * @property {string} caption
 * @property {Account} [account] without one, no person is signed in
 * @property {string} [address] the list by default
 * @property {BrowserContext} [context] replaces the account's own
 *
 * @typedef {Awaited<ReturnType<typeof createKit>>} Kit
 */

/** Ways to look at a page; Windows calls `contrast` a contrast theme. */
const SCHEMES = /** @type {const} */ ({
  light: { colorScheme: 'light', forcedColors: 'none' },
  dark: { colorScheme: 'dark', forcedColors: 'none' },
  contrast: { colorScheme: 'dark', forcedColors: 'active' },
})
const HEIGHT = { wide: 1000, narrow: 700 }
/** The tallest picture; the product itself shows the fortieth row. */
const TALLEST = 2600
const PATIENCE_MS = 8000

/**
 * Gives the screens their shared parts: a page for each state, of a stranger or of an account that
 * signs in once, and the controls of the sandbox. A state that cannot be reached is noted, and its
 * picture is taken as it is.
 *
 * @param {{ browser: Browser, product: Product, width: number, folder: string }} options
 */
export async function createKit({ browser, product, width, folder }) {
  const controls = await openSandbox(product.sandboxUrl)
  const sandbox = {
    ...controls,
    /**
     * Orders a fault for the next calls that begin like this; twenty times, because reads are
     * repeated.
     *
     * @param {FaultOrder} order
     */
    fault: (order) => controls.fault({ times: 20, ...order }),
  }
  /** @type {Map<Account, BrowserContext>} */
  const signedIn = new Map()
  /** @type {{ name: string, caption: string }[]} */
  const states = []
  /** @type {string[]} */
  const problems = []
  /** @type {Taken[]} */
  const taken = []
  let part = ''
  const isNarrow = width < 600

  const newContext = async (/** @type {BrowserContextOptions} */ options = {}) => {
    const viewport = { width, height: isNarrow ? HEIGHT.narrow : HEIGHT.wide }
    const context = await browser.newContext({ viewport, reducedMotion: 'reduce', ...options })
    context.setDefaultTimeout(PATIENCE_MS)
    return context
  }
  const stranger = await newContext()

  /** @param {Account | undefined} account */
  async function contextOf(account) {
    if (!account) return stranger
    const known = signedIn.get(account)
    if (known) return known
    const context = await newContext()
    await addSession(context, product.url, await credentialsOf(account, sandbox))
    signedIn.set(account, context)
    return context
  }

  /**
   * @param {Page} page
   * @param {string} name
   */
  async function take(page, name) {
    await settled(page)
    const height = await page.evaluate(() => document.documentElement.scrollHeight)
    for (const [scheme, media] of Object.entries(SCHEMES)) {
      await page.emulateMedia(media)
      // one frame after the frame in which the page has learned of it
      await page.evaluate(
        () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
      )
      const file = fileOf(name, width, scheme)
      const before = await changingIn(page)
      await page.screenshot({
        path: path.join(folder, file),
        fullPage: true,
        clip: { x: 0, y: 0, width, height: Math.min(height, TALLEST) },
        animations: 'disabled',
        timeout: 30_000,
      })
      // the page may have moved under the camera
      taken.push({ file, part, changing: [...before, ...(await changingIn(page))] })
    }
  }

  return {
    width,
    isNarrow,
    url: product.url,
    sandboxUrl: product.sandboxUrl,
    sandbox,
    states,
    problems,
    /** The pictures so far. */
    taken,
    /** Names the part that the next states belong to. */
    begin: (/** @type {string} */ name) => {
      part = name
    },
    newContext,
    /** The cookies of an account, for a state that breaks its own session. */
    sessionOf: async (/** @type {Account} */ account) => (await contextOf(account)).storageState(),

    /**
     * Opens `address` as `account`, has `act` bring about the state, and takes its pictures.
     *
     * @param {State} state
     * @param {(page: Page) => Promise<unknown>} act
     */
    async state({ name, caption, account, address = '/webhooks', context }, act = headed) {
      states.push({ name, caption })
      const page = await (context ?? (await contextOf(account))).newPage()
      page.on('pageerror', (error) => problems.push(`${name} at ${width}: ${error.message}`))
      try {
        await page.goto(new URL(address, product.url).href)
        await act(page)
      } catch (error) {
        problems.push(`${name} at ${width} was not reached: ${firstLineOf(error)}`)
      }
      await take(page, name).catch((error) =>
        problems.push(`${name} at ${width} has no picture: ${firstLineOf(error)}`),
      )
      await page.close()
      await sandbox.clearFaults()
    },
  }
}

/** @param {Page} page */
const headed = (page) => page.getByRole('heading', { level: 1 }).first().waitFor()

/** @param {unknown} error */
const firstLineOf = (error) => String(error).split('\n')[0]

/**
 * @param {string} name
 * @param {number} width
 * @param {string} scheme
 */
export const fileOf = (name, width, scheme) => `${name}-${width}-${scheme}.png`
export const SCHEMES_SHOWN = Object.keys(SCHEMES)

export const ADMIN = /** @type {const} */ ({ account: 'admin' })

/**
 * A state that the administrator sees.
 *
 * @param {string} name
 * @param {string} caption
 * @param {string} [address]
 * @returns {State}
 */
export const asAdmin = (name, caption, address) => ({ ...ADMIN, name, caption, address })
