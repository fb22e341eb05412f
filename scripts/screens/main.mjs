import { writeFileSync } from 'node:fs'
import path from 'node:path'

import { launchChromium } from '#tools/chromium.mjs'
import { freePort } from '#tools/ports.mjs'
import { startProduct } from '#tools/product.mjs'

import { accept, clearPictures, compare, FOLDER, noteTaken } from './accepted.mjs'
import { bulkScreens } from './bulk.mjs'
import { coverageScreens } from './coverage.mjs'
import { dialogScreens } from './dialogs.mjs'
import { editScreens } from './edit.mjs'
import { indexPage } from './index.mjs'
import { createKit } from './kit.mjs'
import { emptyNetworkScreen, listScreens } from './list.mjs'
import { newScreens } from './new.mjs'
import { runScreens } from './runs.mjs'
import { destinationScreens, planScreens } from './plan.mjs'
import { toolScreens } from './tools.mjs'
import { unreadScreens } from './unread.mjs'
import { watchScreens } from './watch.mjs'
import { signInScreens } from './sign-in.mjs'

/**
 * @import { Browser } from '@playwright/test'
 * @import { Product } from '#tools/product.mjs'
 * @import { Kit } from './kit.mjs'
 */

// opens every screen of the built product in every state, and takes pictures

/** @type {Record<string, (kit: Kit, insecureUrl: string) => Promise<void>>} */
const PARTS = {
  signIn: signInScreens,
  watch: watchScreens,
  list: listScreens,
  new: newScreens,
  edit: editScreens,
  dialogs: dialogScreens,
  tools: toolScreens,
  runs: runScreens,
  bulk: bulkScreens,
  destinations: destinationScreens,
  plan: planScreens,
  // creates webhooks for its own pictures
  coverage: coverageScreens,
  unread: unreadScreens,
}

const WIDTHS = [1440, 320]
/** A name other than localhost, so that browsers treat its http as insecure. */
const INSECURE_HOST = 'desk.test'

/** `npm run screens -- tools edit` takes only those, and `accept tools` and `compare` name some, too. */
const [first = '', ...others] = process.argv.slice(2)
if (first === 'accept') accept(others)
else if (first === 'compare') await compare(others)
else await takePictures(process.argv.slice(2))

/** @param {string[]} only the parts to take; all, if there is none */
async function takePictures(only) {
  const startedAt = performance.now()
  clearPictures()

  const browser = await launchChromium(`--host-resolver-rules=MAP ${INSECURE_HOST} 127.0.0.1`)
  const insecurePort = await freePort()
  const insecureUrl = `http://${INSECURE_HOST}:${insecurePort}`
  const insecure = await startProduct({
    PORT: String(insecurePort),
    PUBLIC_URL: `https://${INSECURE_HOST}:${insecurePort}`,
  })
  // one product for each width, because faults affect a whole sandbox
  const subjects = await Promise.all(
    WIDTHS.map(async (width) => ({ width, product: await startProduct({ WATCH: '1' }) })),
  )

  try {
    const kits = await Promise.all(
      subjects.map((subject) => photograph(browser, insecureUrl, subject, only)),
    )
    // all widths go through the same states
    const states = kits[0]?.states ?? []
    writeFileSync(path.join(FOLDER, 'index.html'), indexPage(states, WIDTHS))

    const taken = kits.flatMap((kit) => kit.taken)
    noteTaken(taken, only.length === 0)
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(0)
    console.log(
      `${taken.length} pictures of ${states.length} states in ${seconds} s: ${FOLDER}/index.html`,
    )

    const problems = kits.flatMap((kit) => kit.problems)
    for (const problem of problems) console.error(problem)
    process.exitCode = problems.length > 0 ? 1 : 0
  } finally {
    await browser.close()
    await Promise.all(
      [insecure, ...subjects.map(({ product }) => product)].map((one) => one.stop()),
    )
  }
  await compare([])
}

/**
 * @param {Browser} browser
 * @param {string} insecureUrl
 * @param {{ product: Product, width: number }} subject
 * @param {string[]} only
 */
async function photograph(browser, insecureUrl, { product, width }, only) {
  const kit = await createKit({ browser, product, width, folder: FOLDER })
  for (const [name, take] of Object.entries(PARTS)) {
    if (only.length > 0 && !only.includes(name)) continue
    kit.begin(name)
    await take(kit, insecureUrl)
  }
  if (only.length > 0) return kit
  kit.begin('list')
  // last, because it deletes every webhook
  await emptyNetworkScreen(kit)
  return kit
}
