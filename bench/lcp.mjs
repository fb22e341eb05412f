import { listShown, openSignedIn, withProduct } from './browser.mjs'
import { median, number, spread } from './report.mjs'

const ROUNDS = 7
const BUDGET_MS = 2500
const SLOWED = 4
const LINE = {
  offline: false,
  latency: 150,
  downloadThroughput: 1_600_000 / 8,
  uploadThroughput: 750_000 / 8,
}

/** How soon the signed-in list is there, with nothing cached, on a slow line and a slow processor. */
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

function summary(rounds) {
  const of = (name) => rounds.map((round) => round[name]).filter((value) => value !== undefined)
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
      `Paints that were largest for a while: ${middle(rounds).candidates.join(', ')}`,
    ],
  }
}

const middle = (rounds) => rounds.toSorted((a, b) => a.lcp - b.lcp)[Math.floor(rounds.length / 2)]

const STEP_MS = 50

function waterfall(rounds) {
  const { requests } = middle(rounds)
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

/** Runs in the page, before anything of the page's own. */
function watchPaints() {
  const paints = { largest: [], fcp: undefined, firstRow: undefined }
  globalThis.hookdeskPaints = paints

  const describe = (element, size) => {
    if (!element) return `(gone) ${size} px²`
    const text = element.textContent.trim().slice(0, 24)
    return `${element.tagName.toLowerCase()} "${text}" ${size} px²`
  }
  new PerformanceObserver((list) => {
    for (const { startTime, element, size } of list.getEntries()) {
      paints.largest.push({ at: startTime, element: describe(element, size) })
    }
  }).observe({ type: 'largest-contentful-paint', buffered: true })
  new PerformanceObserver((list) => {
    paints.fcp = list.getEntriesByName('first-contentful-paint')[0]?.startTime ?? paints.fcp
  }).observe({ type: 'paint', buffered: true })

  const look = () => {
    if (!document.querySelector('tbody [role=rowheader]')) return requestAnimationFrame(look)
    paints.firstRow = performance.now()
    return undefined
  }
  requestAnimationFrame(look)
}

/** The requests of a page as they were seen on the wire, in milliseconds after the first. */
function recordRequests(devtools) {
  const seen = new Map()
  devtools.on('Network.requestWillBeSent', ({ requestId, request, timestamp }) => {
    const { pathname, search, protocol } = new URL(request.url)
    if (protocol.startsWith('http')) seen.set(requestId, { name: pathname + search, timestamp })
  })
  devtools.on('Network.responseReceived', ({ requestId, timestamp, response: { timing } }) => {
    // when it came; the event itself waits until the page has time for it
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
      const since = (timestamp) => (timestamp - start) * 1000
      return all.map(({ name, timestamp, byteAt, doneAt, kb }) => ({
        ...{ name, kb, asked: since(timestamp) },
        ...{ byte: since(byteAt), done: since(doneAt) },
      }))
    },
  }
}
