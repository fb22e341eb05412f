import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { createFetch } from './fetch.ts'
import { routeTo } from './route.ts'
import { createUpstream, type Fetch, type Upstream } from './upstream.ts'

const LIMITS = { firstByteMs: 300, totalMs: 700, maxBytes: 1e7 }
const log = pino({ level: 'silent' })

/** The server's behaviour, by path. */
const ANSWERS: Record<string, RequestListener> = {
  '/good': (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
  },
  '/silent': () => {},
  '/half': (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).write('{"a": "')
  },
  '/drip': (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    const drip = setInterval(() => response.write(' '), 50)
    response.on('close', () => clearInterval(drip))
  },
}

let server: Server
let url: string
let opened = 0
let open = 0
beforeAll(async () => {
  server = createServer((request, response) => ANSWERS[request.url ?? '']?.(request, response))
  server.on('connection', (socket) => {
    opened += 1
    open += 1
    socket.on('close', () => {
      open -= 1
    })
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  // a server that listens on a port has an address of this type
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const over = (fetch: Fetch, limits = LIMITS) => createUpstream({ url, fetch, log, limits })
const endOf = (upstream: Upstream, method: 'GET' | 'POST', path: string) =>
  upstream({ method, path, account: 'a' }).then(
    () => 'answered',
    ({ code }) => code,
  )

const endless = () => new Response(new ReadableStream({ pull: () => new Promise(() => {}) }))

test.each<[string, Fetch]>([
  ['before there are headers', () => new Promise(() => {})],
  ['before the body is whole', () => Promise.resolve(endless())],
])('a call that ignores its signal ends at its limit, %s', async (_when, fetch) => {
  expect(await endOf(over(fetch), 'GET', '/')).toBe('upstream_timeout')
  expect(await endOf(over(fetch), 'POST', '/')).toBe('upstream_timeout')
})

test('calls end at their limits and close their connections, even during garbage collection', async () => {
  const fetch = createFetch(routeTo(url, {}))
  const patient = over(fetch, { ...LIMITS, firstByteMs: 20_000, totalMs: 20_000 })
  // often enough for the code to be compiled, which then keeps no unused object alive
  for (let round = 0; round < 30; round += 1) {
    await Promise.all(Array.from({ length: 10 }, () => endOf(patient, 'POST', '/good')))
  }
  setFlagsFromString('--expose-gc')
  // the flag only affects contexts created from now on
  const collect: () => void = runInNewContext('gc')
  const collecting = setInterval(collect, 100)

  const before = opened
  // long enough to open the connections, even on a busy machine
  const upstream = over(fetch, { ...LIMITS, firstByteMs: 3_000, totalMs: 5_000 })
  const ends = ['/silent', '/half', '/drip'].flatMap((path) => [
    endOf(upstream, 'GET', path),
    endOf(upstream, 'POST', path),
  ])
  expect(new Set(await Promise.all(ends))).toEqual(new Set(['upstream_timeout']))
  expect(opened - before).toBeGreaterThan(0)
  await expect.poll(() => open).toBe(0)
  clearInterval(collecting)
})
