import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { pino } from 'pino'
import { afterEach, expect, test } from 'vitest'

import type { Call, Limits } from './call.ts'
import { createFetch } from './fetch.ts'
import { createUpstream } from './upstream.ts'

const QUICK: Limits = { firstByteMs: 2_000, totalMs: 6_000, maxBytes: 1024 * 1024 }
const log = pino({ level: 'silent' })

const servers: Server[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    await new Promise((done) => server.close(done))
  }
})

/** A Nexudus that answers every call with `answer`, and remembers the requests. */
async function listen(answer: RequestListener) {
  const arrived: string[] = []
  const server = createServer({ maxHeaderSize: 64 * 1024 }, (request, response) => {
    arrived.push(`${request.method} ${request.url}`)
    answer(request, response)
  })
  servers.push(server)
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  // a server that listens on a port has an address of this type
  const { port } = server.address() as AddressInfo
  return { arrived, url: `http://127.0.0.1:${port}` }
}

const over = (url: string, limits = QUICK) =>
  createUpstream({ url, log, limits, fetch: createFetch({ target: new URL(url) }) })

const get: Call = { method: 'GET', path: '/api/x', account: 'ana' }
const post: Call = { method: 'POST', path: '/api/x', account: 'ana', body: '{}' }

const json = (body: string | Buffer, headers = {}): RequestListener => {
  return (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(body)
  }
}

async function closedPort() {
  const { url } = await listen(json('{}'))
  const server = servers.pop()
  await new Promise((done) => server?.close(done))
  return url
}

test('a port without a listener is unreachable, and a write to it certainly did not happen', async () => {
  const upstream = over(await closedPort())
  const failure = { code: 'upstream_unreachable', details: {} }
  await expect(upstream(get)).rejects.toMatchObject(failure)
  await expect(upstream(post)).rejects.toMatchObject(failure)
  await expect(upstream(post)).rejects.not.toHaveProperty('details.outcome')
})

test('an unknown host name is unreachable, and a write to it certainly did not happen', async () => {
  const failing = over('http://nexudus.invalid')(post)
  await expect(failing).rejects.toMatchObject({ code: 'upstream_unreachable', details: {} })
  await expect(failing).rejects.not.toHaveProperty('details.outcome')
})

test('if the connection breaks, a read is tried six times and a write once', async () => {
  const { url, arrived } = await listen((request) => request.socket.destroy())
  await expect(over(url)(get)).rejects.toMatchObject({ code: 'upstream_unreachable' })
  expect(arrived).toHaveLength(6)
  await expect(over(url)(post)).rejects.toMatchObject({ details: { outcome: 'unknown' } })
  expect(arrived).toHaveLength(7)
})

test('a redirect is not followed, and gets no token', async () => {
  const elsewhere = await listen(json('{}'))
  const { url, arrived } = await listen((_request, response) => {
    response.writeHead(307, { location: `${elsewhere.url}/api/x`, 'content-type': 'text/json' })
    response.end('{}')
  })
  const headers = { authorization: 'Bearer secret' }
  for (const call of [get, post]) {
    const failing = over(url)({ ...call, headers })
    await expect(failing).rejects.toMatchObject({ code: 'upstream_not_json' })
  }
  expect(arrived).toHaveLength(2)
  expect(elsewhere.arrived).toEqual([])
})

test('a small body that inflates to a large one is cut off', async () => {
  const bomb = gzipSync(Buffer.alloc(16 * 1024 * 1024, ' '))
  expect(bomb.length).toBeLessThan(100_000)
  const { url, arrived } = await listen(json(bomb, { 'content-encoding': 'gzip' }))
  await expect(over(url)(get)).rejects.toMatchObject({ code: 'upstream_too_large' })
  expect(arrived).toHaveLength(1)
})

test('a body that never ends is cut off', async () => {
  const { url } = await listen((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    const more = () => response.write(' '.repeat(64 * 1024), more)
    more()
  })
  await expect(over(url)(get)).rejects.toMatchObject({ code: 'upstream_too_large' })
})

test('a body that drips is cut off when the time is over', async () => {
  const { url, arrived } = await listen((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    const drip = setInterval(() => response.write(' '), 20)
    response.on('close', () => clearInterval(drip))
  })
  const failing = over(url, { ...QUICK, totalMs: 2_000 })(post)
  const details = { outcome: 'unknown' }
  await expect(failing).rejects.toMatchObject({ code: 'upstream_timeout', details })
  expect(arrived).toHaveLength(1)
})

test('silence ends at the first-byte limit, without another attempt', async () => {
  const { url, arrived } = await listen(() => {})
  const failing = over(url, { ...QUICK, firstByteMs: 2_000 })(get)
  await expect(failing).rejects.toMatchObject({ code: 'upstream_timeout' })
  expect(arrived).toHaveLength(1)
})

test('attempts and waits together stay within the total time', async () => {
  const { url } = await listen((_request, response) => {
    setTimeout(() => response.writeHead(500).end(), 200)
  })
  const failing = over(url, { ...QUICK, totalMs: 500 })(get)
  await expect(failing).rejects.toMatchObject({ code: 'upstream_timeout' })
})

test('an answer with too many headers fails', async () => {
  const { url } = await listen(json('{}', { 'x-flood': 'x'.repeat(32 * 1024) }))
  await expect(over(url)(post)).rejects.toMatchObject({ code: 'upstream_unreachable' })
})

test('characters split between packets arrive whole, and a byte-order mark is removed', async () => {
  const bytes = Buffer.from('\uFEFF{"a":"José 😀 שלום"}')
  const { url } = await listen((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/json; charset=utf-8' })
    let at = 0
    const next = () => {
      if (at === bytes.length) return response.end()
      at += 1
      return response.write(bytes.subarray(at - 1, at), () => setImmediate(next))
    }
    next()
  })
  const { text, json } = await over(url)(get)
  expect([text, json]).toEqual(['{"a":"José 😀 שלום"}', { a: 'José 😀 שלום' }])
})

test('deeply nested brackets do not take the server down', async () => {
  const { url } = await listen(json('['.repeat(500_000)))
  await expect(over(url)(get)).rejects.toMatchObject({ code: 'upstream_bad_json' })
})

test('Nexudus’ text for an unforeseen error makes a read try again, but is a refusal of a write', async () => {
  const body = { Message: 'Ooops! There was a problem while running this action.' }
  let left = 5
  const { url, arrived } = await listen((_request, response) => {
    left -= 1
    response.writeHead(left < 0 ? 200 : 400, { 'content-type': 'application/json' })
    response.end(JSON.stringify(left < 0 ? {} : body))
  })
  expect(await over(url)(get)).toMatchObject({ status: 200 })
  expect(arrived).toHaveLength(6)

  left = 1
  expect(await over(url)(post)).toMatchObject({ status: 400, json: body })
  expect(arrived).toHaveLength(7)
})

test.each(['', '"Not found"', '{"Message":"Access Denied"}'])(
  'a 403 is a missing role, whatever its body: %s',
  async (body) => {
    const { url } = await listen((_request, response) => {
      response.writeHead(403, { 'content-type': 'application/json' }).end(body)
    })
    expect(await over(url)(get)).toEqual({ status: 403, text: '', json: null })
  },
)

test.each([400, 404, 405])('a %i is returned unchanged', async (status) => {
  const { url, arrived } = await listen((_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end('"Not found"')
  })
  expect(await over(url)(get)).toEqual({ status, text: '"Not found"', json: 'Not found' })
  expect(arrived).toHaveLength(1)
})
