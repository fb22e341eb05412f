import { once } from 'node:events'
import type { Socket } from 'node:net'
import { createGzip } from 'node:zlib'

import { afterEach, expect, test } from 'vitest'

import type { OutboundFailure } from '#contract/desk/probe.ts'
import { createOutbound, type OutboundRequest } from './send.ts'
import { startRawReceiver, startReceiver, type Receiver } from './test-receiver.ts'

const open: Receiver[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((receiver) => receiver.close()))
})

const LIMITS = { totalMs: 900, handshakeMs: 300 }
const MUCH_TIME = { ...LIMITS, totalMs: 60_000 }

function sendTo(receiver: Receiver, request: Partial<OutboundRequest> = {}, limits = LIMITS) {
  open.push(receiver)
  const send = createOutbound({
    policy: {
      allowHttp: true,
      extraPorts: [],
      exceptions: [{ range: '127.0.0.1/32', port: receiver.port }],
    },
    limits,
  })
  return send({ url: `http://localhost:${receiver.port}/in`, method: 'POST', ...request })
}

test('a 2xx answer counts as delivered, and each stage is measured', async () => {
  const receiver = await startReceiver((request, response) => {
    request.resume().once('end', () => response.writeHead(204).end())
  })
  const body = new TextEncoder().encode('[{"Id":1}]')
  const result = await sendTo(receiver, { body })

  expect(result).toMatchObject({
    isDelivered: true,
    measured: { status: 204, address: '127.0.0.1' },
  })
  const { resolvedMs, connectedMs, answeredMs, totalMs } = result.measured
  expect([resolvedMs, connectedMs, answeredMs, totalMs].every(Number.isInteger)).toBe(true)
})

test('the receiver gets exactly the given bytes and headers, and is not asked for compression', async () => {
  const seen: unknown[] = []
  const receiver = await startReceiver((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      seen.push(request.headers['x-signature'], request.headers['accept-encoding'])
      seen.push(request.headers.host, Buffer.concat(chunks).toString('utf8'))
      response.end()
    })
  })
  const body = new TextEncoder().encode('[{"Name":"Jos\\u00e9"}]')
  await sendTo(receiver, { body, headers: { 'x-signature': 'AB12' } })

  expect(seen).toEqual([
    'AB12',
    'identity',
    `localhost:${receiver.port}`,
    '[{"Name":"Jos\\u00e9"}]',
  ])
})

test('a redirect is a failure that names its target, which is never contacted', async () => {
  const tripwire = await startReceiver((_request, response) => response.end())
  open.push(tripwire)
  const location = `http://127.0.0.1:${tripwire.port}/inside`
  const receiver = await startReceiver((_request, response) =>
    response.writeHead(302, { location }).end(),
  )

  expect(await sendTo(receiver)).toMatchObject({
    isDelivered: false,
    failure: 'redirect',
    measured: { status: 302, location },
  })
  expect(tripwire.connections()).toBe(0)
})

test.each([400, 401, 404, 410, 429, 500, 503])(
  'status %i is a failure that carries the status',
  async (status) => {
    const receiver = await startReceiver((_request, response) =>
      response.writeHead(status, { 'retry-after': '7' }).end('no'),
    )
    expect(await sendTo(receiver)).toMatchObject({
      failure: 'status',
      measured: { status, retryAfter: '7', body: 'no' },
    })
  },
)

const raw: [string, OutboundFailure, (socket: Socket) => void][] = [
  ['a reset before the answer', 'connection_reset', (socket) => socket.resetAndDestroy()],
  [
    'an end without an answer',
    'connection_reset',
    (socket) => socket.once('data', () => socket.end()),
  ],
  ['no answer at all', 'timeout', () => {}],
  ['something that is not HTTP', 'bad_response', (socket) => socket.end('hello\r\n\r\n')],
  [
    'a status line and no end of headers',
    'timeout',
    (socket) => socket.write('HTTP/1.1 200 OK\r\nx: 1\r\n'),
  ],
  [
    'a flood of headers',
    'bad_response',
    (socket) => socket.end(`HTTP/1.1 200 OK\r\n${'x: yyyyyyyyyyyyyyyy\r\n'.repeat(2000)}\r\n`),
  ],
  [
    'two lengths that differ',
    'bad_response',
    (socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab'),
  ],
]

test.each(raw)('%s fails with %s', async (_what, failure, handler) => {
  expect(await sendTo(await startRawReceiver(handler))).toMatchObject({
    isDelivered: false,
    failure,
  })
})

test('a port without a listener is a refused connection', async () => {
  const receiver = await startReceiver(() => {})
  await receiver.close()
  expect(await sendTo(receiver)).toMatchObject({ failure: 'connection_refused' })
})

test('a plain HTTP server behind an https URL is an encryption failure', async () => {
  const receiver = await startReceiver((_request, response) => response.end())
  const result = await sendTo(receiver, { url: `https://localhost:${receiver.port}/in` })
  expect(result).toMatchObject({ failure: 'tls_handshake' })
})

test('a TLS handshake that never ends is cut off at its own limit', async () => {
  const receiver = await startRawReceiver(() => {})
  const url = `https://localhost:${receiver.port}/in`
  const result = await sendTo(receiver, { url }, MUCH_TIME)
  expect(result).toMatchObject({ failure: 'tls_handshake' })
  expect(result.measured.totalMs).toBeLessThan(MUCH_TIME.totalMs / 2)
})

test('a body that drips forever is cut off, and a good status before it still counts', async () => {
  const receiver = await startReceiver((_request, response) => {
    response.writeHead(200).flushHeaders()
    const drip = setInterval(() => response.write('.'), 20)
    response.once('close', () => clearInterval(drip))
  })
  const result = await sendTo(receiver)
  expect(result).toMatchObject({ isDelivered: true, measured: { status: 200 } })
  expect(result.measured.totalMs).toBeLessThan(30_000)
})

test('64 KiB of an endless body are read, and 4 KiB kept', async () => {
  const block = Buffer.alloc(16 * 1024, 'x')
  let sent = 0
  const receiver = await startReceiver((_request, response) => {
    response.writeHead(200)
    const pour = () => {
      while (!response.destroyed && response.write(block)) sent += block.length
      response.once('drain', pour)
    }
    pour()
  })
  const result = await sendTo(receiver)
  expect(result).toMatchObject({ isDelivered: true })
  expect(result.measured.body).toHaveLength(4096)
  // the buffers of both sides, but not an endless stream
  expect(sent).toBeLessThan(16 * 1024 * 1024)
})

test('a gzip bomb is not inflated', async () => {
  const receiver = await startReceiver((_request, response) => {
    response.writeHead(200, { 'content-encoding': 'gzip' })
    const gzip = createGzip()
    gzip.pipe(response)
    void (async () => {
      for (let block = 0; block < 200 && !response.destroyed; block += 1) {
        if (!gzip.write(Buffer.alloc(1024 * 1024))) await once(gzip, 'drain')
      }
      gzip.end()
    })()
  })
  const before = process.memoryUsage().rss
  expect(await sendTo(receiver)).toMatchObject({ isDelivered: true })
  expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 * 1024)
})
