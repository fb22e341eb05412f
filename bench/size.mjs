import { readFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'

import { listShown, openSignedIn, withProduct } from './browser.mjs'
import { number } from './report.mjs'

const CLIENT = 'dist/client'
const KB = 1024
const CSS_BUDGET = 30
const ANY_ROUTE_BUDGET = 230

const ENTRY = 'index.html'
/** A part of the build that has no module of its own is known by its name. */
const LIST = [ENTRY, 'signed-in']

/** What each route loads, by the names of the build's manifest, and what its screen waits for. */
const ROUTES = [
  {
    name: 'sign-in',
    budget: 115,
    modules: [ENTRY],
    path: () => '/sign-in',
    shown: (page) => page.getByRole('button', { name: 'Sign in' }).waitFor(),
  },
  {
    name: 'list',
    budget: 190,
    modules: LIST,
    path: () => '/webhooks',
    shown: listShown,
  },
  {
    name: 'new webhook',
    budget: ANY_ROUTE_BUDGET,
    modules: [...LIST, 'src/features/webhooks/panel/new-webhook-panel.tsx'],
    path: () => '/webhooks/new',
    shown: (page) => page.getByRole('button', { name: 'Create webhook' }).waitFor(),
  },
  {
    name: 'edit webhook',
    budget: ANY_ROUTE_BUDGET,
    modules: [...LIST, 'src/features/webhooks/panel/edit-webhook-panel.tsx'],
    path: (webhook) => webhook,
    shown: (page) => page.getByRole('button', { name: 'Save changes' }).waitFor(),
  },
  page('coverage', 'coverage/coverage-page', 'Coverage'),
  page('destinations', 'destinations/destinations-page', 'Destinations'),
  page('webhooks/fan-out', 'fan-out/fan-out-page', 'Create several webhooks'),
  page('webhooks/import', 'plan/import-plan-page', 'Import a plan'),
  page('runs', 'runs/runs-page', 'Runs'),
  page('history', 'history/history-page', 'History'),
  page('sandbox', 'sandbox/sandbox-page', 'Sandbox'),
  page('tools/signature', 'signature/signature-page', /signature/i),
]

/** A screen of its own, which is there with its heading. */
function page(name, module, heading) {
  return {
    ...{ name, budget: ANY_ROUTE_BUDGET, path: () => `/${name}` },
    modules: [...LIST, `src/features/${module}.tsx`],
    shown: (shown) => shown.getByRole('heading', { level: 1, name: heading }).waitFor(),
  }
}

/** JavaScript and CSS of every route: as built, and as a browser with an empty cache fetches it. */
export async function size(report) {
  const transferred = await transfers()
  const rows = ROUTES.map(({ name, budget, modules }, index) => {
    const { js, css } = weigh(modules)
    const { gzip, brotli } = transferred[index]
    return [
      name,
      number(js, { unit: 'kB', digits: 1, budget }),
      number(css, { unit: 'kB', digits: 1, budget: CSS_BUDGET }),
      number(gzip.js, { unit: 'kB', digits: 1, budget }),
      number(gzip.css, { unit: 'kB', digits: 1, budget: CSS_BUDGET }),
      `${brotli.js.toFixed(1)} + ${brotli.css.toFixed(1)} kB`,
      `${gzip.files} files, their headers ${gzip.headers.toFixed(1)} kB`,
    ]
  })
  report({
    title: 'JavaScript and CSS per route, gzip, kB of 1024 bytes',
    head: [
      'route',
      'JS by the manifest',
      'CSS by the manifest',
      'JS transferred',
      'CSS transferred',
      'JS + CSS with brotli',
      'transferred as',
    ],
    rows,
    notes: [
      'Transferred: by a visit with an empty cache, up to a second after the screen was there.',
      ...heaviest(ROUTES[0].modules),
    ],
  })
}

const readManifest = () => JSON.parse(readFileSync(path.join(CLIENT, '.vite/manifest.json')))

/** Every file that these modules and what they import statically consist of. */
function filesOf(modules) {
  const manifest = readManifest()
  const seen = new Set()
  const files = new Set()
  const visit = (wanted) => {
    const id = manifest[wanted]
      ? wanted
      : Object.keys(manifest).find((other) => manifest[other].name === wanted)
    const chunk = manifest[id]
    if (!chunk) throw new Error(`The build's manifest has no ${wanted}`)
    if (seen.has(id)) return
    seen.add(id)
    files.add(chunk.file)
    for (const file of chunk.css ?? []) files.add(file)
    chunk.imports?.forEach(visit)
  }
  modules.forEach(visit)
  return [...files].map((file) => ({
    file,
    kb: gzipSync(readFileSync(path.join(CLIENT, file)), { level: 9 }).byteLength / KB,
  }))
}

function weigh(modules) {
  const files = filesOf(modules)
  const sum = (end) =>
    files.filter(({ file }) => file.endsWith(end)).reduce((total, { kb }) => total + kb, 0)
  return { js: sum('.js'), css: sum('.css') }
}

/** Which files of the smallest route weigh most: where to look when it is over. */
function heaviest(modules) {
  const files = filesOf(modules)
    .filter(({ kb, file }) => file.endsWith('.js') && kb > 4)
    .toSorted((a, b) => b.kb - a.kb)
    .map(({ file, kb }) => `${path.basename(file)} ${kb.toFixed(1)}`)
  return [`Sign-in is made of: ${files.join(', ')}`]
}

function transfers() {
  return withProduct({}, async ({ product, browser }) => {
    const { context, page } = await openSignedIn(browser, product.url)
    const webhook = await page.getByRole('rowheader').first().getByRole('link').getAttribute('href')
    const stranger = await browser.newContext()
    const results = []
    for (const route of ROUTES) {
      const visitor = route.name === 'sign-in' ? stranger : context
      const visit = { visitor, url: product.url + route.path(webhook), shown: route.shown }
      results.push({
        gzip: await transfer({ ...visit, encoding: 'gzip' }),
        brotli: await transfer({ ...visit, encoding: 'br' }),
      })
    }
    return results
  })
}

/** What really crosses the wire for one visit with an empty cache. */
async function transfer({ visitor, url, shown, encoding }) {
  const page = await visitor.newPage()
  const devtools = await visitor.newCDPSession(page)
  const requests = new Map()
  const total = { js: 0, css: 0, headers: 0, files: 0 }
  devtools.on('Network.responseReceived', ({ requestId, response }) => {
    // at this moment only the headers have come
    const kind = new URL(response.url).pathname.match(/\.(js|css)$/)?.[1]
    if (kind) requests.set(requestId, { kind, headers: response.encodedDataLength })
  })
  devtools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const { kind, headers } = requests.get(requestId) ?? {}
    if (!kind) return
    total[kind] += (encodedDataLength - headers) / KB
    total.headers += headers / KB
    total.files += 1
  })
  await devtools.send('Network.enable')
  await devtools.send('Network.clearBrowserCache')
  await page.setExtraHTTPHeaders({ 'Accept-Encoding': encoding })
  await page.goto(url)
  await shown(page)
  // what is fetched ahead in idle moments counts too
  await page.waitForTimeout(1000)
  await page.close()
  return total
}
