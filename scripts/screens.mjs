import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'

import { launchChromium } from '#tools/chromium.mjs'
import { freePort } from '#tools/ports.mjs'
import { startProduct } from '#tools/product.mjs'

import { bulkScreens } from './screens-bulk.mjs'
import { coverageScreens } from './screens-coverage.mjs'
import { dialogScreens } from './screens-dialogs.mjs'
import { editScreens } from './screens-edit.mjs'
import { indexPage } from './screens-index.mjs'
import { createKit } from './screens-kit.mjs'
import { emptyNetworkScreen, listScreens } from './screens-list.mjs'
import { newScreens } from './screens-new.mjs'
import { runScreens } from './screens-runs.mjs'
import { destinationScreens, planScreens } from './screens-plan.mjs'
import { toolScreens } from './screens-tools.mjs'
import { unreadScreens } from './screens-unread.mjs'
import { signInScreens } from './screens-sign-in.mjs'

// drives the built product through every screen in every state, and keeps a picture of each

const FOLDER = 'screens'
const WIDTHS = [1440, 320]
/** `npm run screens -- tools edit` takes only those. */
const ONLY = process.argv.slice(2)
/** A name that is not this machine's own, so that browsers take its http for what it is. */
const INSECURE_HOST = 'desk.test'

const startedAt = performance.now()
rmSync(FOLDER, { recursive: true, force: true })
mkdirSync(FOLDER)

const browser = await launchChromium(`--host-resolver-rules=MAP ${INSECURE_HOST} 127.0.0.1`)
const insecurePort = await freePort()
const insecureUrl = `http://${INSECURE_HOST}:${insecurePort}`
const products = [
  await startProduct({
    PORT: String(insecurePort),
    PUBLIC_URL: `https://${INSECURE_HOST}:${insecurePort}`,
  }),
  // one for each width, because faults are for a whole sandbox
  ...(await Promise.all(WIDTHS.map(() => startProduct()))),
]
const [, ...productOfWidth] = products

try {
  const kits = await Promise.all(
    WIDTHS.map((width, index) => photograph(productOfWidth[index], width)),
  )
  const { states } = kits[0]
  writeFileSync(path.join(FOLDER, 'index.html'), indexPage(states, WIDTHS))

  const pictures = readdirSync(FOLDER).filter((file) => file.endsWith('.png')).length
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(0)
  console.log(
    `${pictures} pictures of ${states.length} states in ${seconds} s: ${FOLDER}/index.html`,
  )

  const problems = kits.flatMap((kit) => kit.problems)
  for (const problem of problems) console.error(problem)
  process.exitCode = problems.length > 0 ? 1 : 0
} finally {
  await browser.close()
  await Promise.all(products.map((product) => product.stop()))
}

async function photograph(product, width) {
  const kit = await createKit({ browser, product, width, folder: FOLDER })
  const rooms = { signIn: signInScreens, list: listScreens, new: newScreens }
  const more = { edit: editScreens, dialogs: dialogScreens, tools: toolScreens }
  const many = {
    ...{ runs: runScreens, bulk: bulkScreens, destinations: destinationScreens, plan: planScreens },
    // it sows webhooks for its own pictures
    coverage: coverageScreens,
    unread: unreadScreens,
  }
  for (const [name, take] of Object.entries({ ...rooms, ...more, ...many })) {
    if (ONLY.length === 0 || ONLY.includes(name)) await take(kit, insecureUrl)
  }
  if (ONLY.length > 0) return kit
  // last, because it leaves nothing behind
  await emptyNetworkScreen(kit)
  return kit
}
