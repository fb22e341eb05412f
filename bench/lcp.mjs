import { listShown } from '#tools/pages/webhooks-page.mjs'

import { openSignedIn, withProduct } from './browser.mjs'
import { median, number, spread } from './report.mjs'

/**
 * @import { BrowserContext, CDPSession } from '@playwright/test'
 * @import { Report, Table } from './report.mjs'
 *
 * @typedef {object} Paints
 * @property {{ at: number, element: string }[]} largest paints that were the largest for a while
 * @property {number} [fcp]
 * @property {number} [firstRow]
 *
 * @typedef {Awaited<ReturnType<typeof visit>>} Round
 * @typedef {'lcp' | 'firstRow' | 'fcp' | 'pageByte' | 'dataAsked' | 'dataByte' | 'dataDone' | 'scriptsDone'} Moment
 */

const ROUNDS = 7
const BUDGET_MS = 2500
const SLOWED = 4
const LINE = {
  offline: false,
  latency: 150,
  downloadThroughput: 1_600_000 / 8,
  uploadThroughput: 750_000 / 8,
}

/**
 * Measures the time until the list is there, without a cache, on a slow connection and a slow
 * processor.
 *
 * @param {Report} report
 */
export function lcp(report) {
  return withProduct({}, async ({ product, browser }) => {
    const { context, page } = await openSignedIn(browser, product.url)
    await page.close()
    const rounds = []
    for (let round = 0; round < ROUNDS; round += 1) {
      rounds.push(await visit(context, `${product.url}/webhooks`))
    }
    report(summary(rounds))
    report(waterfall(rounds))
  })
}

/**
 * @param {Round[]} rounds
 * @returns {Table}
 */
function summary(rounds) {
  const of = (/** @type {Moment} */ name) =>
    rounds.map((round) => round[name]).filter((value) => value !== undefined)
  /** @type {(label: string, name: Moment, options?: { budget?: number }) => Table['rows'][number]} */
  const row = (label, name, options = {}) => [
    label,
    number(median(of(name)), { unit: 'ms', ...options }),
    spread(of(name)),
  ]
  return {
    title: `The signed-in list, nothing cached, 1.6 Mbit/s, 150 ms, processor slowed ${SLOWED} times`,
    head: ['moment', 'median', `of ${rounds.length} rounds`],
    rows: [
      row('Largest Contentful Paint', 'lcp', { budget: BUDGET_MS }),
      row('first row in the page', 'firstRow'),
      row('First Contentful Paint', 'fcp'),
      row('page: first byte', 'pageByte'),
      row('list data: asked', 'dataAsked'),
      row('list data: first byte', 'dataByte'),
      row('list data: complete', 'dataDone'),
      row('last script complete', 'scriptsDone'),
    ],
    notes: [
      `Largest is: ${[...new Set(rounds.map(({ element }) => element))].join('; ')}`,
      `Paints that were largest for a while: ${middle(rounds)?.candidates.join(', ')}`,
    ],
  }
}

/** @param {Round[]} rounds */
const middle = (rounds) =>
  rounds.toSorted((a, b) => (a.lcp ?? 0) - (b.lcp ?? 0))[Math.floor(rounds.length / 2)]

const STEP_MS = 50

/**
 * @param {Round[]} rounds
 * @returns {Table}
 */
function waterfall(rounds) {
  const requests = middle(rounds)?.requests ?? []
  return {
    title: `Its requests, in the round of the median (one sign = ${STEP_MS} ms; . waits, = arrives)`,
    head: ['request', 'asked', 'first byte', 'complete', 'kB', ''],
    rows: requests.map(({ name, asked, byte, done, kb }) => [
      name,
      asked.toFixed(0),
      byte.toFixed(0),
      done.toFixed(0),
      kb.toFixed(1),
      ' '.repeat(asked / STEP_MS) +
        '.'.repeat(Math.max(0, byte - asked) / STEP_MS) +
        '='.repeat(1 + Math.max(0, done - byte) / STEP_MS),
    ]),
  }
}

/**
 * @param {BrowserContext} context
 * @param {string} url
 */
async function visit(context, url) {
  const page = await context.newPage()
  const devtools = await context.newCDPSession(page)
  const requests = recordRequests(devtools)
  await devtools.send('Network.enable')
  await devtools.send('Network.clearBrowserCache')
  await devtools.send('Network.emulateNetworkConditions', LINE)
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWED })
  await page.addInitScript(watchPaints)

  await page.goto(url, { waitUntil: 'commit' })
  await listShown(page)
  // a later and larger paint would still come
  await page.waitForTimeout(1500)
  const paints = await page.evaluate(() => globalThis.hookdeskPaints)
  await page.close()

  const list = requests.list()
  const data = list.find(({ name }) => name.startsWith('/api/sys/webhooks'))
  const last = paints.largest.at(-1)
  return {
    lcp: last?.at,
    element: last?.element,
    candidates: paints.largest.map(({ at, element }) => `${element} at ${at.toFixed(0)}`),
    fcp: paints.fcp,
    firstRow: paints.firstRow,
    pageByte: list[0]?.byte,
    dataAsked: data?.asked,
    dataByte: data?.byte,
    dataDone: data?.done,
    scriptsDone: Math.max(
      ...list.filter(({ name }) => name.endsWith('.js')).map(({ done }) => done),
    ),
    requests: list,
  }
}

/** Runs in the page before the page's own scripts. */
function watchPaints() {
  /** @type {Paints} */
  const paints = { largest: [] }
  globalThis.hookdeskPaints = paints

  /** @type {(element: Element | null, size: number) => string} */
  const describe = (element, size) => {
    if (!element) return `(gone) ${size} px²`
    const text = element.textContent.trim().slice(0, 24)
    return `${element.tagName.toLowerCase()} "${text}" ${size} px²`
  }
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if (!(entry instanceof LargestContentfulPaint)) continue
      const { startTime, element, size } = entry
      paints.largest.push({ at: startTime, element: describe(element, size) })
    }
  }).observe({ type: 'largest-contentful-paint', buffered: true })
  new PerformanceObserver((list) => {
    paints.fcp = list.getEntriesByName('first-contentful-paint')[0]?.startTime ?? paints.fcp
  }).observe({ type: 'paint', buffered: true })

  const look = () => {
    if (document.querySelector('tbody [role=rowheader]')) paints.firstRow = performance.now()
    else requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
}

/**
 * @typedef {object} Seen
 * @property {string} name
 * @property {number} timestamp
 * @property {number} [byteAt]
 * @property {number} [doneAt]
 * @property {number} [kb]
 */

/**
 * The requests of a page as seen on the wire, in milliseconds after the first.
 *
 * @param {CDPSession} devtools
 */
function recordRequests(devtools) {
  /** @type {Map<string, Seen>} */
  const seen = new Map()
  devtools.on('Network.requestWillBeSent', ({ requestId, request, timestamp }) => {
    const { pathname, search, protocol } = new URL(request.url)
    if (protocol.startsWith('http')) seen.set(requestId, { name: pathname + search, timestamp })
  })
  devtools.on('Network.responseReceived', ({ requestId, timestamp, response: { timing } }) => {
    // the time of arrival; the event itself waits until the page has time for it
    const byteAt = timing ? timing.requestTime + timing.receiveHeadersEnd / 1000 : timestamp
    Object.assign(seen.get(requestId) ?? {}, { byteAt })
  })
  devtools.on('Network.loadingFinished', ({ requestId, timestamp, encodedDataLength }) => {
    Object.assign(seen.get(requestId) ?? {}, { doneAt: timestamp, kb: encodedDataLength / 1024 })
  })
  return {
    list() {
      const all = [...seen.values()].filter(({ doneAt }) => doneAt !== undefined)
      const start = all[0]?.timestamp ?? 0
      const since = (/** @type {number} */ timestamp) => (timestamp - start) * 1000
      return all.map(({ name, timestamp, byteAt = NaN, doneAt = NaN, kb = NaN }) => ({
        name,
        kb,
        asked: since(timestamp),
        byte: since(byteAt),
        done: since(doneAt),
      }))
    },
  }
}
