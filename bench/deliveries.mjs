import { createServer } from 'node:http'
import { readFileSync } from 'node:fs'
import { createGzip } from 'node:zlib'

import { findPostgres, startPostgres } from '#tools/postgres.mjs'
import { freePort } from '#tools/ports.mjs'
import { startProduct } from '#tools/product.mjs'

import { number, quantile } from './report.mjs'

const LOCATION = 1_400_000_002
/** Nothing in the seeded network listens to these. */
const ACTION = 79
const OTHER_ACTION = 86
const HOOKS = 100
const WARM_UP_EVENTS = 5
const EVENTS = 40
/** At a steady pace, for the time from "it happened" to "it arrived". */
const PACED_EVENTS = 30
const PACE_MS = 700
const BAD = 10

/** How fast the sandbox delivers, every attempt on the disk, and what bad receivers cost the good. */
export async function deliveries(report) {
  const rows = []
  rows.push(await onEngine('PGlite', {}, 200))
  if (findPostgres()) {
    const postgres = await startPostgres({ isDurable: true })
    const env = { DATABASE_URL: postgres.url, SECRET: 'a secret that only the benchmark uses' }
    try {
      rows.push(await onEngine('PostgreSQL, fsync on', env, 500))
    } finally {
      postgres.stop()
    }
  }
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
    rows,
    notes: [
      'Per second: from the first event to the last arrival, 4,000 deliveries. p99: from asking for the event to its arrival, at a pace.',
    ],
  })
}

async function onEngine(name, env, atLeast) {
  const receiver = await startReceiver()
  const product = await startProduct({
    ...env,
    OUTBOUND_EXCEPTIONS: `127.0.0.1/32:${receiver.port}`,
  })
  try {
    const post = await clientOf(product.sandboxUrl)
    const url = (path) => `http://localhost:${receiver.port}${path}`
    const make = (Action, URL) =>
      post('/api/sys/webhooks', {
        ...{ BusinessId: LOCATION, Action, Name: URL.slice(0, 80), URL, Active: true },
      })
    const raise = (Action, record) =>
      post('/sandbox/events', { BusinessId: LOCATION, Action, record })

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
      number(perSecond, { atLeast }),
      number(alone),
      number(beside, { budget: Math.round(alone * 2) }),
      number(bomb, { budget: 32 }),
      number(endless, { budget: 32 }),
    ]
  } finally {
    await product.kill()
    await receiver.close()
  }
}

/** The 99th percentile of the time to arrival, one event after another at a steady pace. */
async function paced(receiver, raise) {
  receiver.forget()
  const sentAt = new Map()
  for (let event = 1; event <= PACED_EVENTS; event += 1) {
    sentAt.set(event, performance.now())
    await raise(ACTION, { Id: event })
    await new Promise((resolve) => setTimeout(resolve, PACE_MS))
  }
  await receiver.has(PACED_EVENTS * HOOKS)
  return quantile(
    receiver.arrivals().map(({ id, at }) => at - sentAt.get(id)),
    0.99,
  )
}

/** How much resident memory an answer adds at its worst, in MB. */
async function growth(product, act) {
  const rss = () =>
    Number(
      /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${product.process.pid}/status`, 'utf8'))?.[1],
    ) / 1024
  const before = rss()
  let most = before
  const watching = setInterval(() => (most = Math.max(most, rss())), 20)
  await act()
  await new Promise((resolve) => setTimeout(resolve, 4_000))
  clearInterval(watching)
  return most - before
}

/** Takes what is good, and behaves as badly as its paths say. */
async function startReceiver() {
  let arrivals = []
  const called = new Set()
  const server = createServer((request, response) => {
    const kind = request.url.split('/')[1]
    called.add(kind)
    if (kind === 'hang') return request.resume()
    if (kind === 'bomb') {
      response.writeHead(200, { 'content-encoding': 'gzip' })
      const gzip = createGzip()
      gzip.pipe(response)
      const block = Buffer.alloc(1024 * 1024)
      for (let megabyte = 0; megabyte < 200; megabyte += 1) gzip.write(block)
      gzip.end()
      return request.resume()
    }
    if (kind === 'endless') {
      response.writeHead(200)
      const block = Buffer.alloc(64 * 1024, 'x')
      const pour = () => {
        while (!response.destroyed && response.write(block));
        if (!response.destroyed) response.once('drain', pour)
      }
      pour()
      return request.resume()
    }
    const chunks = []
    request.on('data', (chunk) => chunks.push(chunk))
    request.on('end', () => {
      const [{ Id }] = JSON.parse(Buffer.concat(chunks))
      arrivals.push({ id: Id, at: performance.now() })
      response.writeHead(204).end()
    })
    return undefined
  })
  const port = await freePort()
  await new Promise((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    port,
    arrivals: () => arrivals,
    wasCalled: (kind) => called.has(kind),
    forget() {
      arrivals = []
    },
    async has(count) {
      const end = performance.now() + 120_000
      while (arrivals.length < count) {
        if (performance.now() > end) throw new Error(`${arrivals.length} of ${count} arrived`)
        await new Promise((resolve) => setTimeout(resolve, 5))
      }
    },
    close() {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(resolve))
    },
  }
}

async function clientOf(sandboxUrl) {
  const form = { grant_type: 'password', username: 'admin@hookdesk.test', password: 'sandbox' }
  const answer = await fetch(`${sandboxUrl}/api/token`, {
    method: 'POST',
    body: new URLSearchParams(form),
  })
  const { access_token } = await answer.json()
  return async (path, body) => {
    const response = await fetch(sandboxUrl + path, {
      method: 'POST',
      headers: { authorization: `Bearer ${access_token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (!response.ok) throw new Error(`${path}: ${response.status}`)
    return response.json()
  }
}
