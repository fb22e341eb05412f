import { readdirSync, statSync } from 'node:fs'
import { Agent, request } from 'node:http'
import path from 'node:path'

import { cookieOf, signInToDesk } from '#tools/desk-session.mjs'
import { startProduct } from '#tools/product.mjs'
import { signInToSandbox } from '#tools/sandbox-controls.mjs'

import { number, quantile } from './report.mjs'

/**
 * @import { Report } from './report.mjs'
 *
 * @typedef {{ url: string, headers: Record<string, string>, agent: Agent }} Target
 */

const AT_ONCE = 10
const ASSETS = 'dist/client/assets'
const LIST = '/api/sys/webhooks?page=1'

/**
 * Counts the requests per second that the desk answers to this machine, ten at a time.
 *
 * @param {Report} report
 */
export async function load(report) {
  const product = await startProduct()
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE })
  try {
    const cookie = cookieOf(await signInToDesk(product.url))
    const token = await signInToSandbox(product.sandboxUrl)
    const asPage = { cookie, 'x-hookdesk': 'bench', 'sec-fetch-site': 'same-origin' }
    const asProgram = { authorization: `Bearer ${token}` }
    const asset = largestScript()

    /** @type {(path: string, headers: Target['headers']) => Target} */
    const desk = (path, headers) => ({ agent, headers, url: product.url + path })
    /** @type {(path: string) => Target} */
    const sandbox = (path) => ({ agent, headers: asProgram, url: product.sandboxUrl + path })
    /** @type {[name: string, target: Target, count: number][]} */
    const targets = [
      ['25 webhooks, forwarded', desk(`${LIST}&size=25`, asPage), 300],
      ['25 webhooks, the sandbox asked directly', sandbox(`${LIST}&size=25`), 300],
      ['all webhooks, forwarded', desk(`${LIST}&size=1000`, asPage), 300],
      ['all webhooks, the sandbox asked directly', sandbox(`${LIST}&size=1000`), 300],
      ['who is signed in (session alone)', desk('/desk/session', asPage), 600],
      ['the page', desk('/webhooks', { cookie }), 600],
      [`an asset (${asset})`, desk(`/assets/${asset}`, { 'accept-encoding': 'br' }), 3000],
    ]
    const rows = []
    for (const [name, target, count] of targets) {
      await run(target, AT_ONCE * 3)
      const { perSecond, times, kb } = await run(target, count)
      rows.push([
        name,
        number(perSecond),
        number(quantile(times, 0.5), { digits: 1 }),
        number(quantile(times, 0.99), { digits: 1 }),
        kb.toFixed(1),
      ])
    }
    report({
      title: `Requests from this machine, ${AT_ONCE} at a time; the sandbox runs in the same process`,
      head: ['request', 'per second', 'p50 ms', 'p99 ms', 'kB'],
      rows,
    })
  } finally {
    agent.destroy()
    await product.stop()
  }
}

/**
 * Sends `count` requests, never more than ten at a time.
 *
 * @param {Target} target
 * @param {number} count
 */
async function run(target, count) {
  /** @type {number[]} */
  const times = []
  let bytes = 0
  let left = count
  const startedAt = performance.now()
  const worker = async () => {
    while (left > 0) {
      left -= 1
      const sentAt = performance.now()
      bytes += await get(target)
      times.push(performance.now() - sentAt)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  const seconds = (performance.now() - startedAt) / 1000
  return { perSecond: count / seconds, times, kb: bytes / count / 1024 }
}

/**
 * @param {Target} target
 * @returns {Promise<number>} the bytes of the answer
 */
function get({ url, headers, agent }) {
  return new Promise((resolve, reject) => {
    const sent = request(url, { headers, agent }, (response) => {
      let bytes = 0
      response.on('data', (/** @type {Buffer} */ chunk) => (bytes += chunk.length))
      response.on('error', reject)
      response.on('end', () =>
        response.statusCode === 200
          ? resolve(bytes)
          : reject(new Error(`${url} answered ${response.statusCode}`)),
      )
    })
    sent.on('error', reject)
    sent.end()
  })
}

const largestScript = () =>
  readdirSync(ASSETS)
    .filter((file) => file.endsWith('.js'))
    .toSorted(
      (a, b) => statSync(path.join(ASSETS, b)).size - statSync(path.join(ASSETS, a)).size,
    )[0]
