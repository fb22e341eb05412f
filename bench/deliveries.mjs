import { createServer } from 'node:http'
import { createGzip } from 'node:zlib'

import * as z from 'zod'

import { QUIET_ACTION, SHOREDITCH } from '#tools/network.mjs'
import { freePort } from '#tools/ports.mjs'
import { startProduct } from '#tools/product.mjs'
import { openSandbox } from '#tools/sandbox-controls.mjs'

import { sleep } from './browser.mjs'
import { onEachEngine } from './engines.mjs'
import { memoryOf } from './memory.mjs'
import { number, quantile } from './report.mjs'

/**
 * @import { ServerResponse } from 'node:http'
 * @import { Product } from '#tools/product.mjs'
 * @import { Engine } from './engines.mjs'
 * @import { Report } from './report.mjs'
 *
 * @typedef {Awaited<ReturnType<typeof startReceiver>>} Receiver
 * @typedef {(action: number, record: { Id: number }) => Promise<unknown>} Raise
 */

const ACTION = QUIET_ACTION.number
/** Another action that the seeded network has no webhook for. */
const OTHER_ACTION = 86
const HOOKS = 100
const WARM_UP_EVENTS = 5
const EVENTS = 40
/** Events sent at a steady pace, to measure the time from the event to its arrival. */
const PACED_EVENTS = 30
const PACE_MS = 700
const BAD = 10

/**
 * Measures deliveries, with every attempt written to the disk, and the cost of bad receivers to
 * good ones.
 *
 * @param {Report} report
 */
export async function deliveries(report) {
  report({
    title: `Deliveries to ${HOOKS} webhooks; sender, database and receiver share this machine`,
    head: [
      'database',
      'per second',
      'p99 ms, good alone',
      `p99 ms, with ${BAD} hanging and ${BAD} without a name`,
      'memory of a gzip bomb, MB',
      'of an endless body, MB',
    ],
    rows: await onEachEngine(measure),
    notes: [
      'Per second: from the first event to the last arrival, 4,000 deliveries. p99: from asking for the event to its arrival, at a pace.',
    ],
  })
}

/** @param {Engine} engine */
async function measure({ name, isEmbedded, env }) {
  const receiver = await startReceiver()
  const product = await startProduct({
    ...env,
    OUTBOUND_EXCEPTIONS: `127.0.0.1/32:${receiver.port}`,
  })
  try {
    const sandbox = await openSandbox(product.sandboxUrl)
    const url = (/** @type {string} */ path) => `http://localhost:${receiver.port}${path}`
    const make = (/** @type {number} */ Action, /** @type {string} */ URL) =>
      sandbox.seedWebhook({ Action, Name: URL.slice(0, 80), URL })
    /** @type {Raise} */
    const raise = (Action, record) => sandbox.raise(SHOREDITCH.id, Action, record)

    for (let hook = 0; hook < HOOKS; hook += 1) await make(ACTION, url(`/good/${hook}`))
    for (let event = 0; event < WARM_UP_EVENTS; event += 1) await raise(ACTION, { Id: event + 1 })
    await receiver.has(WARM_UP_EVENTS * HOOKS)

    receiver.forget()
    const startedAt = performance.now()
    for (let event = 0; event < EVENTS; event += 1) await raise(ACTION, { Id: event + 1 })
    await receiver.has(EVENTS * HOOKS)
    const perSecond = (EVENTS * HOOKS * 1000) / (performance.now() - startedAt)

    const alone = await paced(receiver, raise)
    for (let bad = 0; bad < BAD; bad += 1) {
      await make(ACTION, url(`/hang/${bad}`))
      await make(ACTION, `https://nobody-${bad}.example.invalid/in`)
    }
    const beside = await paced(receiver, raise)

    await make(OTHER_ACTION, url('/bomb'))
    const bomb = await growth(product, () => raise(OTHER_ACTION, { Id: 1 }))
    const endless = await growth(product, async () => {
      await make(OTHER_ACTION, url('/endless'))
      await raise(OTHER_ACTION, { Id: 2 })
    })
    for (const kind of ['bomb', 'endless', 'hang']) {
      if (!receiver.wasCalled(kind)) throw new Error(`Nothing was sent to /${kind}`)
    }
    return [
      name,
      number(perSecond, { atLeast: isEmbedded ? 200 : 500 }),
      number(alone),
      number(beside, { budget: Math.round((alone ?? 0) * 2) }),
      number(bomb, { budget: 32 }),
      number(endless, { budget: 32 }),
    ]
  } finally {
    await product.kill()
    await receiver.close()
  }
}

/**
 * The 99th percentile of the time to arrival, one event after another at a steady pace.
 *
 * @param {Receiver} receiver
 * @param {Raise} raise
 */
async function paced(receiver, raise) {
  receiver.forget()
  /** @type {Map<number, number>} */
  const sentAt = new Map()
  for (let event = 1; event <= PACED_EVENTS; event += 1) {
    sentAt.set(event, performance.now())
    await raise(ACTION, { Id: event })
    await sleep(PACE_MS)
  }
  await receiver.has(PACED_EVENTS * HOOKS)
  return quantile(
    receiver.arrivals().map(({ id, at }) => at - (sentAt.get(id) ?? NaN)),
    0.99,
  )
}

/**
 * The most resident memory that an answer adds, in MB.
 *
 * @param {Product} product
 * @param {() => Promise<unknown>} act
 */
async function growth(product, act) {
  const rss = () => memoryOf(product.process.pid) ?? NaN
  const before = rss()
  let most = before
  const watching = setInterval(() => (most = Math.max(most, rss())), 20)
  await act()
  await sleep(4_000)
  clearInterval(watching)
  return most - before
}

const bodySchema = z.tuple([z.object({ Id: z.number() })])

/** Starts a receiver that misbehaves on the paths in `BAD_WAYS`, and accepts all others. */
async function startReceiver() {
  /** @type {{ id: number, at: number }[]} */
  let arrivals = []
  /** @type {Set<string>} */
  const called = new Set()
  const server = createServer((request, response) => {
    const kind = request.url?.split('/')[1] ?? ''
    called.add(kind)
    const misbehave = BAD_WAYS[kind]
    if (misbehave) {
      request.resume()
      return misbehave(response)
    }
    /** @type {Buffer[]} */
    const chunks = []
    request.on('data', (/** @type {Buffer} */ chunk) => chunks.push(chunk))
    request.on('end', () => {
      const [{ Id }] = bodySchema.parse(JSON.parse(Buffer.concat(chunks).toString()))
      arrivals.push({ id: Id, at: performance.now() })
      response.writeHead(204).end()
    })
    return undefined
  })
  const port = await freePort()
  await new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve(undefined)))
  return {
    port,
    arrivals: () => arrivals,
    wasCalled: (/** @type {string} */ kind) => called.has(kind),
    forget() {
      arrivals = []
    },
    /** @param {number} count */
    async has(count) {
      const end = performance.now() + 120_000
      while (arrivals.length < count) {
        if (performance.now() > end) throw new Error(`${arrivals.length} of ${count} arrived`)
        await sleep(5)
      }
    },
    close() {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(resolve))
    },
  }
}

/** @type {Record<string, (response: ServerResponse) => void>} */
const BAD_WAYS = { hang: () => {}, bomb: answerWithBomb, endless: answerWithoutEnd }

/** @param {ServerResponse} response */
function answerWithBomb(response) {
  response.writeHead(200, { 'content-encoding': 'gzip' })
  const gzip = createGzip()
  gzip.pipe(response)
  const block = Buffer.alloc(1024 * 1024)
  for (let megabyte = 0; megabyte < 200; megabyte += 1) gzip.write(block)
  gzip.end()
}

/** @param {ServerResponse} response */
function answerWithoutEnd(response) {
  response.writeHead(200)
  const block = Buffer.alloc(64 * 1024, 'x')
  const pour = () => {
    while (!response.destroyed && response.write(block));
    if (!response.destroyed) response.once('drain', pour)
  }
  pour()
}
