import { openSignedIn, sleep, withProduct } from './browser.mjs'
import { installProbe, join, measure, read, untilChanged, UNSEEN_MS } from './inp-probe.mjs'
import { median, number, quantile, spread } from './report.mjs'

/**
 * @import { BrowserContext, Page } from '@playwright/test'
 * @import { Measured, Reader } from './inp-probe.mjs'
 * @import { Report } from './report.mjs'
 *
 * @typedef {(page: Page) => Promise<Measured>} Interaction
 */

const SETTLE_MS = 350
const GIVE_UP_MS = 10_000
const ROUNDS = 6
const BUDGETS = { median: 50, p95: 50 }

const WHOLE = '/coverage?actions=all'
const OPEN = `${WHOLE}&open=all`

const INTERACTIONS = [
  { name: 'an arrow key, down', path: OPEN, act: keys('ArrowDown', 25) },
  { name: 'an arrow key, across', path: OPEN, act: keys('ArrowRight', 25) },
  { name: 'Page Down', path: OPEN, act: keys('PageDown', 15) },
  { name: 'opening and closing a group', path: WHOLE, act: groups },
  { name: 'filtering by a location', path: OPEN, act: locations },
  { name: 'only gaps', path: OPEN, act: toggles('Only gaps') },
  { name: 'grid to list and back', path: OPEN, act: views },
]

/**
 * Interaction to Next Paint of the coverage grid: 500 locations, 89 actions, 10,000 webhooks.
 *
 * @param {Report} report
 */
export function grid(report) {
  return withProduct({ SANDBOX_SEED: 'large' }, async ({ product, browser }) => {
    const { context, page } = await openSignedIn(browser, product.url)
    await page.close()
    const rows = []
    for (const { name, path, act } of INTERACTIONS) {
      const { durations, unseen, shown } = await visit(context, product.url + path, act)
      rows.push([
        name,
        `${durations.length}`,
        number(median(durations), { unit: 'ms', budget: BUDGETS.median }),
        number(quantile(durations, 0.95), { unit: 'ms', budget: BUDGETS.p95 }),
        number(Math.max(...durations), { unit: 'ms' }),
        `${unseen}`,
        spread(shown),
      ])
    }
    report({
      title: 'Interaction to Next Paint of the coverage grid, 500 locations × 89 actions',
      head: ['interaction', 'number', 'median', 'p95', 'max', '< 16 ms', 'press → content, ms'],
      rows,
      notes: [
        `Per interaction its longest event, in steps of 8 ms; one below 16 ms counts as ${UNSEEN_MS}.`,
      ],
    })
  })
}

/**
 * @param {BrowserContext} context
 * @param {string} url
 * @param {Interaction} act
 */
async function visit(context, url, act) {
  const page = await context.newPage()
  await installProbe(page)
  await page.goto(url)
  await gridOf(page).getByRole('rowheader').first().waitFor()
  // work that the page does once after its first paint is not measured
  await sleep(2000)
  const result = await act(page)
  await page.close()
  return result
}

/** @param {Page} page */
const gridOf = (page) => page.getByRole('grid', { name: 'Coverage' })

/**
 * Moves the active cell press by press, waiting for each as a patient person does.
 *
 * @param {string} key
 * @param {number} count
 * @returns {Interaction}
 */
function keys(key, count) {
  return async (page) => {
    await gridOf(page).locator('[tabindex="0"]').focus()
    return measure(page, count, () => press(page, () => page.keyboard.press(key), 'focused'))
  }
}

/** @type {Interaction} */
function groups(page) {
  const heads = gridOf(page).getByRole('columnheader').getByRole('button')
  return measure(page, ROUNDS * 2, (index) =>
    press(page, () => heads.nth(Math.floor(index / 2) % 5).click(), 'columns'),
  )
}

/** @type {Interaction} */
async function locations(page) {
  await page.getByRole('search').getByRole('button', { name: 'Location' }).click()
  const boxes = page.getByRole('group', { name: 'Location' }).getByRole('checkbox')
  return measure(page, ROUNDS, (index) => press(page, () => boxes.nth(index).click(), 'rows'))
}

/**
 * @param {string} label
 * @returns {Interaction}
 */
function toggles(label) {
  return async (page) => {
    const box = page.getByRole('checkbox', { name: label })
    return measure(page, ROUNDS * 2, () => press(page, () => box.click(), 'coverage'))
  }
}

/** @type {Interaction} */
async function views(page) {
  const parts = []
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const name of ['List', 'Grid']) {
      const button = page.getByRole('button', { name, exact: true })
      parts.push(await measure(page, 1, () => press(page, () => button.click(), 'coverage')))
    }
  }
  return join(parts)
}

/**
 * Measures from the press until the target looks different.
 *
 * @param {Page} page
 * @param {() => Promise<unknown>} act
 * @param {Reader} reader
 */
async function press(page, act, reader) {
  const shown = untilChanged(page, reader)
  // the page handles calls in order, and keys before calls: the first has to be under way
  await read(page, reader)
  await act()
  const ms = await Promise.race([shown, sleep(GIVE_UP_MS)])
  if (ms === undefined) throw new Error(`A press changed nothing in: ${reader}`)
  await sleep(SETTLE_MS)
  return { shown }
}
