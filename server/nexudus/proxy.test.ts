import { createServer, type IncomingMessage, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { connect, type AddressInfo, type Socket } from 'node:net'
import { pino } from 'pino'
import { generate } from 'selfsigned'
import { afterEach, expect, test } from 'vitest'

import { createFetch } from './fetch.ts'
import { createUpstream } from './upstream.ts'

const log = pino({ level: 'silent' })
const servers: Server[] = []
const sockets: Socket[] = []

async function started(server: Server): Promise<number> {
  servers.push(server)
  // a tunnelled socket no longer belongs to the server
  server.on('connection', (socket: Socket) => sockets.push(socket))
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  // a server that listens on a port has an address of this type
  return (server.address() as AddressInfo).port
}
afterEach(async () => {
  delete process.env.NODE_TLS_REJECT_UNAUTHORIZED
  for (const server of servers.splice(0)) {
    for (const socket of sockets.splice(0)) socket.destroy()
    await new Promise((done) => server.close(done))
  }
})

/** A proxy that forwards everything to one port, and remembers the requests. */
async function startProxy(toPort: number, status = 200) {
  const asked: string[] = []
  const note = ({ method, url, headers }: IncomingMessage) =>
    asked.push(`${method} ${url} ${headers['proxy-authorization'] ?? ''}`.trim())
  const server = createServer((request, response) => {
    note(request)
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"from": "proxy"}')
  })
  server.on('connect', (request, socket) => {
    note(request)
    socket.on('error', () => {})
    if (status !== 200) return socket.end(`HTTP/1.1 ${status} No\r\n\r\n`)
    const far = connect(toPort, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n')
      far.pipe(socket).pipe(far)
    })
    return far.on('error', () => {})
  })
  return { asked, port: await started(server) }
}

async function startNexudus() {
  const arrived: string[] = []
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'nexudus.test' }])
  const server = createTlsServer({ key, cert }, (request, response) => {
    arrived.push(`${request.method} ${request.headers.host}${request.url}`)
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"from": "nexudus"}')
  })
  return { arrived, port: await started(server) }
}

const over = (target: string, proxy: string) =>
  createUpstream({
    url: target,
    log,
    fetch: createFetch({ target: new URL(target), proxy: new URL(proxy) }),
  })

const get = { method: 'GET', path: '/api/x', account: 'ana' } as const
const post = { method: 'POST', path: '/api/x', account: 'ana', body: '{}' } as const

test('https goes through an authenticated tunnel of the proxy, and each write gets its own', async () => {
  const nexudus = await startNexudus()
  const proxy = await startProxy(nexudus.port)
  // the next test checks certificates
  process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'
  const upstream = over('https://nexudus.test', `http://ana:p%40ss@127.0.0.1:${proxy.port}`)
  for (const call of [get, post, get, post]) {
    expect((await upstream(call)).json).toEqual({ from: 'nexudus' })
  }
  expect(nexudus.arrived).toEqual(
    ['GET', 'POST', 'GET', 'POST'].map((method) => `${method} nexudus.test/api/x`),
  )
  // the second read reused the connection of the first
  const tunnel = `CONNECT nexudus.test:443 Basic ${btoa('ana:p@ss')}`
  expect(proxy.asked).toEqual([tunnel, tunnel, tunnel])
})

test('an untrusted certificate is refused before anything is sent', async () => {
  const nexudus = await startNexudus()
  const proxy = await startProxy(nexudus.port)
  const failing = over('https://nexudus.test', `http://127.0.0.1:${proxy.port}`)(post)
  await expect(failing).rejects.toMatchObject({ code: 'upstream_unreachable', details: {} })
  await expect(failing).rejects.not.toHaveProperty('details.outcome')
  expect(nexudus.arrived).toEqual([])
})

test('a proxy that refuses is named, and nothing was sent', async () => {
  const proxy = await startProxy(0, 407)
  const failing = over('https://nexudus.test', `http://127.0.0.1:${proxy.port}`)(post)
  await expect(failing).rejects.toMatchObject({
    code: 'upstream_unreachable',
    cause: { message: `No connection: the proxy 127.0.0.1:${proxy.port} refused it (407)` },
  })
  await expect(failing).rejects.not.toHaveProperty('details.outcome')
})

test('plain HTTP requests go to the proxy with the whole URL', async () => {
  const proxy = await startProxy(0)
  const upstream = over('http://nexudus.test', `http://ana:x@127.0.0.1:${proxy.port}`)
  expect((await upstream(get)).json).toEqual({ from: 'proxy' })
  expect((await upstream(post)).json).toEqual({ from: 'proxy' })
  const credentials = `Basic ${btoa('ana:x')}`
  expect(proxy.asked).toEqual([
    `GET http://nexudus.test/api/x ${credentials}`,
    `POST http://nexudus.test/api/x ${credentials}`,
  ])
})
