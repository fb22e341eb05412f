import { listShown } from '#tools/pages/webhooks-page.mjs'

import { openSignedIn, withProduct } from './browser.mjs'
import {
  cardMembers,
  editForms,
  newForms,
  pageTurns,
  pickerKeys,
  searchKeys,
  switches,
} from './inp-acts.mjs'
import { installProbe, UNSEEN_MS } from './inp-probe.mjs'
import { median, number, quantile, spread } from './report.mjs'

/**
 * @import { BrowserContext, Page } from '@playwright/test'
 * @import { Report } from './report.mjs'
 */

const SLOWED = 4

const INTERACTIONS = [
  { name: 'a key in the search of the list', path: '/webhooks', act: searchKeys },
  { name: 'a key in the action picker', path: '/webhooks', act: pickerKeys },
  { name: 'a page turn', path: '/webhooks', act: pageTurns },
  // sorted by name, where nearly all of them work
  { name: 'the switch', path: '/webhooks?sort=name', act: switches },
  { name: 'opening the form, new', path: '/webhooks', act: newForms },
  { name: 'opening the form, edit', path: '/webhooks', act: editForms },
  { name: 'the webhooks of a card, start page', path: '/', act: cardMembers },
]

/**
 * Interaction to Next Paint with 10,000 webhooks in the browser.
 *
 * @param {Report} report
 */
export function inp(report) {
  return withProduct({ SANDBOX_SEED: 'large', WATCH: '1' }, async ({ product, browser }) => {
    const { context, page } = await openSignedIn(browser, product.url)
    await page.close()
    report(
      await run(context, product.url, {
        title: 'Interaction to Next Paint, 10,000 webhooks, processor as it is',
        rate: 1,
        budgets: { median: 40, p95: 80 },
      }),
    )
    report(
      await run(context, product.url, {
        title: `Interaction to Next Paint, 10,000 webhooks, processor slowed ${SLOWED} times`,
        rate: SLOWED,
        budgets: { p95: 200 },
      }),
    )
  })
}

/** @param {Page} page */
const cardsShown = (page) => page.getByRole('list', { name: /^Needs attention/ }).waitFor()

/**
 * @param {BrowserContext} context
 * @param {string} url
 * @param {{ title: string, rate: number, budgets: { median?: number, p95: number } }} options
 */
async function run(context, url, { title, rate, budgets }) {
  const rows = []
  for (const { name, path, act } of INTERACTIONS) {
    const page = await context.newPage()
    await installProbe(page)
    await page.goto(url + path)
    await (path === '/' ? cardsShown(page) : listShown(page))
    const devtools = await context.newCDPSession(page)
    await devtools.send('Emulation.setCPUThrottlingRate', { rate })
    // work that the page does once after its first paint is not measured
    await page.waitForTimeout(2000)
    const { durations, unseen, shown } = await act(page)
    await page.close()
    rows.push([
      name,
      `${durations.length}`,
      number(median(durations), { unit: 'ms', budget: budgets.median }),
      number(quantile(durations, 0.95), { unit: 'ms', budget: budgets.p95 }),
      number(Math.max(...durations), { unit: 'ms' }),
      `${unseen}`,
      spread(shown),
    ])
  }
  return {
    title,
    head: ['interaction', 'number', 'median', 'p95', 'max', '< 16 ms', 'press → content, ms'],
    rows,
    notes: [
      `Per interaction its longest event, in steps of 8 ms; one below 16 ms counts as ${UNSEEN_MS}.`,
    ],
  }
}
