import { readFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'

import * as z from 'zod'

import { listShown } from '#tools/pages/webhooks-page.mjs'

import { openSignedIn, withProduct } from './browser.mjs'
import { number } from './report.mjs'

/**
 * @import { BrowserContext, Page } from '@playwright/test'
 * @import { Report } from './report.mjs'
 *
 * @typedef {object} Route
 * @property {string} name
 * @property {number} budget
 * @property {string[]} modules by the names of the build's manifest
 * @property {(webhook: string) => string} path
 * @property {(page: Page) => Promise<void>} shown waits for the main content of the screen
 */

const CLIENT = 'dist/client'
const KB = 1024
const CSS_BUDGET = 30
const ANY_ROUTE_BUDGET = 230

const ENTRY = 'index.html'
/** A part of the build without a module of its own is known by its name. */
const LIST = [ENTRY, 'signed-in']

/** @type {Route} */
const SIGN_IN = {
  name: 'sign-in',
  budget: 115,
  modules: [ENTRY],
  path: () => '/sign-in',
  shown: (page) => page.getByRole('button', { name: 'Sign in' }).waitFor(),
}

/** @type {Route[]} */
const ROUTES = [
  SIGN_IN,
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
  page('coverage', 'coverage/page/coverage-page', 'Coverage'),
  page('destinations', 'destinations/destinations-page', 'Destinations'),
  page('webhooks/fan-out', 'fan-out/fan-out-page', 'Create several webhooks'),
  page('webhooks/import', 'plan/import-plan-page', 'Import a plan'),
  page('activity', 'activity/activity-page', 'Activity'),
  page('developers', 'developers/developers-page', 'Developers'),
  page('sandbox', 'sandbox/sandbox-page', 'Sandbox'),
  page('tools/signature', 'signature/signature-page', /signature/i),
]

/**
 * A screen with a page of its own, which has loaded when its heading appears.
 *
 * @param {string} name
 * @param {string} module
 * @param {string | RegExp} heading
 * @returns {Route}
 */
function page(name, module, heading) {
  return {
    name,
    budget: ANY_ROUTE_BUDGET,
    path: () => `/${name}`,
    modules: [...LIST, `src/features/${module}.tsx`],
    shown: (shown) => shown.getByRole('heading', { level: 1, name: heading }).waitFor(),
  }
}

/**
 * Measures JavaScript and CSS of every route: as built, and as a browser with an empty cache loads
 * it.
 *
 * @param {Report} report
 */
export async function size(report) {
  const rows = (await transfers()).map(({ route, gzip, brotli }) => {
    const { name, budget, modules } = route
    const { js, css } = weigh(modules)
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
      ...heaviest(SIGN_IN.modules),
    ],
  })
}

const manifestSchema = z.record(
  z.string(),
  z.object({
    file: z.string(),
    name: z.string().optional(),
    css: z.array(z.string()).optional(),
    imports: z.array(z.string()).optional(),
  }),
)

const readManifest = () =>
  manifestSchema.parse(JSON.parse(readFileSync(path.join(CLIENT, '.vite/manifest.json'), 'utf8')))

/**
 * All files of these modules and of their static imports.
 *
 * @param {string[]} modules
 */
function filesOf(modules) {
  const manifest = readManifest()
  const seen = new Set()
  const files = new Set()
  const visit = (/** @type {string} */ wanted) => {
    const chunk = manifest[wanted] ?? Object.values(manifest).find(({ name }) => name === wanted)
    if (!chunk) throw new Error(`The build's manifest has no ${wanted}`)
    if (seen.has(chunk)) return
    seen.add(chunk)
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

/** @param {string[]} modules */
function weigh(modules) {
  const files = filesOf(modules)
  const sum = (/** @type {string} */ end) =>
    files.filter(({ file }) => file.endsWith(end)).reduce((total, { kb }) => total + kb, 0)
  return { js: sum('.js'), css: sum('.css') }
}

/**
 * The largest files of the smallest route, which are the ones to look at when it is over budget.
 *
 * @param {string[]} modules
 */
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
    const link = page.getByRole('rowheader').first().getByRole('link')
    const webhook = (await link.getAttribute('href')) ?? ''
    const stranger = await browser.newContext()
    const results = []
    for (const route of ROUTES) {
      const visitor = route === SIGN_IN ? stranger : context
      const visit = { visitor, url: product.url + route.path(webhook), shown: route.shown }
      results.push({
        route,
        gzip: await transfer({ ...visit, encoding: 'gzip' }),
        brotli: await transfer({ ...visit, encoding: 'br' }),
      })
    }
    return results
  })
}

/**
 * The bytes that really cross the wire for one visit with an empty cache.
 *
 * @param {{ visitor: BrowserContext, url: string, shown: Route['shown'], encoding: string }} visit
 */
async function transfer({ visitor, url, shown, encoding }) {
  const page = await visitor.newPage()
  const devtools = await visitor.newCDPSession(page)
  /** @type {Map<string, { kind: 'js' | 'css', headers: number }>} */
  const requests = new Map()
  const total = { js: 0, css: 0, headers: 0, files: 0 }
  devtools.on('Network.responseReceived', ({ requestId, response }) => {
    // only the headers have arrived at this moment
    const kind = path.extname(new URL(response.url).pathname).slice(1)
    if (kind === 'js' || kind === 'css')
      requests.set(requestId, { kind, headers: response.encodedDataLength })
  })
  devtools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const request = requests.get(requestId)
    if (!request) return
    const { kind, headers } = request
    total[kind] += (encodedDataLength - headers) / KB
    total.headers += headers / KB
    total.files += 1
  })
  await devtools.send('Network.enable')
  await devtools.send('Network.clearBrowserCache')
  await page.setExtraHTTPHeaders({ 'Accept-Encoding': encoding })
  await page.goto(url)
  await shown(page)
  // parts fetched ahead in idle moments count too
  await page.waitForTimeout(1000)
  await page.close()
  return total
}
