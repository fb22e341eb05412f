import type { Socket } from 'node:net'

import { afterAll, beforeAll, expect, test } from 'vitest'

import { OutboundError } from '#platform/outbound/failures.ts'
import { startRawReceiver, startReceiver, type Receiver } from '#platform/outbound/test-receiver.ts'

import { openTestDeliveries, type Deliveries } from './test-deliveries.ts'

// the effect of each receiver fault on its webhook and delivery

/** In milliseconds: hanging receivers run into it, others stay below it even on a busy machine. */
const TOTAL_MS = 4_000

/**
 * Receivers that write raw bytes, by their behaviour. Some never end by themselves; they are cut
 * off.
 */
const RAW: Record<string, (socket: Socket) => void> = {
  reset: (socket) => socket.once('data', () => socket.resetAndDestroy()),
  fin: (socket) => socket.once('data', () => socket.end()),
  hang: () => {},
  flood: (socket) =>
    socket.end(`HTTP/1.1 200 OK\r\n${'x: yyyyyyyyyyyyyyyyyyyy\r\n'.repeat(2000)}\r\n`),
  folded: (socket) => socket.end('HTTP/1.1 200 OK\r\nX: a\r\n b\r\nContent-Length: 0\r\n\r\n'),
  chunks: (socket) =>
    socket.end('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nnot a number\r\n'),
  lengths: (socket) =>
    socket.end('HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab'),
  // announces more bytes than it sends, then ends
  short: (socket) =>
    socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\nab')),
  drip: (socket) => {
    socket.write('HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n')
    const drip = setInterval(() => socket.write('.'), 30)
    socket.once('close', () => clearInterval(drip))
  },
  endless: (socket) => {
    socket.write('HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n')
    const block = 'x'.repeat(16 * 1024)
    const pour = () => {
      while (!socket.destroyed && socket.write(block));
      if (!socket.destroyed) socket.once('drain', pour)
    }
    pour()
  },
}

let desk: Deliveries
let tripwire: Receiver
const raw: Record<string, Receiver> = {}
beforeAll(async () => {
  tripwire = await startReceiver((_request, response) => response.end('inside'))
  for (const [name, handler] of Object.entries(RAW)) raw[name] = await startRawReceiver(handler)
  const gone = await startReceiver(() => {})
  await gone.close()
  raw.refused = gone
  desk = await openTestDeliveries({
    ports: Object.values(raw).map(({ port }) => port),
    limits: { totalMs: TOTAL_MS, handshakeMs: TOTAL_MS },
    resolve: async (hostname) => {
      const code = hostname.split('.')[0]
      if (code === 'nxdomain') throw new OutboundError('dns_not_found', 'No such name.')
      if (code === 'silent') throw new OutboundError('dns_timeout', 'Nobody answered.')
      return ['93.184.216.34', '127.0.0.1']
    },
  })
})
afterAll(async () => {
  await desk.close()
  await Promise.all([tripwire, ...Object.values(raw)].map((receiver) => receiver.close()))
})

async function deliverTo(URL: string) {
  const id = await desk.makeWebhook({ URL })
  await desk.raise()
  await desk.drained()
  const [attempt] = await desk.attemptsOf(id)
  const [delivery] = await desk.deliveriesOf(id)
  const webhook = await desk.wireOf(id)
  await desk.admin.delete(`/api/sys/webhooks/${id}`)
  return { attempt, delivery, webhook }
}

const rawUrl = (name: string) => `http://localhost:${raw[name]?.port}/in`

test.each([
  ['refused', 'connection_refused'],
  ['reset', 'connection_reset'],
  ['fin', 'connection_reset'],
  ['hang', 'timeout'],
  ['flood', 'bad_response'],
  ['lengths', 'bad_response'],
  ['folded', 'bad_response'],
  ['chunks', 'bad_response'],
])('a receiver that does %s fails with %s, which counts', async (name, failure) => {
  const { attempt, delivery, webhook } = await deliverTo(rawUrl(name))
  expect(attempt).toMatchObject({ state: 'failed', failure, isCounted: true })
  expect(delivery?.state).toBe('retry')
  expect(webhook).toMatchObject({ ErrorCount: 1, Active: true })
  expect(webhook.LastError).not.toBe('')
})

test.each(['drip', 'endless', 'short'])(
  'a receiver whose good status is followed by %s has accepted the delivery',
  async (name) => {
    const { attempt, delivery, webhook } = await deliverTo(rawUrl(name))
    // the rest of an answer says nothing about what was received
    expect(attempt).toMatchObject({ state: 'succeeded', status: 200 })
    expect(delivery?.state).toBe('delivered')
    expect(webhook.ErrorCount).toBe(0)
  },
)

test('a redirect, even in a circle, is a failure that names its target', async () => {
  const location = `http://127.0.0.1:${tripwire.port}/loop`
  desk.answerStatus(302, { location })
  const { attempt, webhook } = await deliverTo(desk.url())
  expect(attempt).toMatchObject({ failure: 'redirect', status: 302, isCounted: true })
  expect(webhook.LastError).toBe(
    `The remote server returned an error: (302) Found. Location: ${location}`,
  )
  expect(tripwire.connections()).toBe(0)
})

test('a plain HTTP server behind an https URL is a handshake failure', async () => {
  const { attempt } = await deliverTo(`https://localhost:${desk.receiver.port}/in`)
  expect(attempt).toMatchObject({ failure: 'tls_handshake', isCounted: true })
})

test.each([
  ['a private address', 'http://10.1.2.3/in'],
  ['loopback where nobody allowed it', () => `http://127.0.0.1:${tripwire.port}/in`],
  ['a name with a private answer among its answers', 'https://mixed.example.com/in'],
])('%s is refused before any packet is sent: parked, and not counted', async (_what, url) => {
  const { attempt, delivery, webhook } = await deliverTo(typeof url === 'string' ? url : url())
  expect(attempt).toMatchObject({ failure: 'target_blocked', isCounted: false })
  expect(delivery?.state).toBe('parked')
  expect(webhook).toMatchObject({ ErrorCount: 0, Active: true })
  expect(webhook.LastError).toContain('not on the public internet')
  expect(tripwire.connections()).toBe(0)
})

test.each([
  ['nxdomain', 'dns_not_found'],
  ['silent', 'dns_timeout'],
])('a name that is %s fails with %s', async (name, failure) => {
  const { attempt } = await deliverTo(`https://${name}.example.com/in`)
  expect(attempt).toMatchObject({ failure, isCounted: true })
})

test('a hanging receiver takes four slots and does not delay others', async () => {
  desk.answerStatus(200)
  const hanging = await desk.makeWebhook({ URL: rawUrl('hang') })
  const good = await desk.makeWebhook()
  const before = raw.hang?.connections() ?? 0
  for (let event = 0; event < 30; event += 1) await desk.raise()
  const all = desk.drained()
  await expect.poll(() => desk.statesOf(good)).toEqual({ delivered: 30 })
  expect((raw.hang?.connections() ?? 0) - before).toBeLessThanOrEqual(30)

  await all
  expect(await desk.wireOf(hanging)).toMatchObject({ ErrorCount: 10, Active: false })
  expect(await desk.wireOf(good)).toMatchObject({ ErrorCount: 0, Active: true })
  await desk.admin.delete(`/api/sys/webhooks/${good}`)
})
