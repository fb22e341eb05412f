import { once } from 'node:events'
import { Agent, get, type IncomingMessage } from 'node:http'
import { connect } from 'node:net'

import { afterAll, beforeAll, expect, test } from 'vitest'

import { listen } from './listen.ts'

let running: Awaited<ReturnType<typeof listen>>
beforeAll(async () => {
  running = await listen({
    fetch: () => new Response('here'),
    host: '127.0.0.1',
    port: 0,
    limits: { headersTimeout: 300, requestTimeout: 600, keepAliveTimeout: 60_000 },
  })
})
afterAll(() => {
  running.server.close()
  running.server.closeAllConnections()
})

/** A client that never ends its headers; resolves with the server's answer once it is cut off. */
async function dawdle(): Promise<string> {
  const socket = connect(running.address.port, '127.0.0.1')
  socket.write('GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ')
  let told = ''
  socket.on('data', (chunk) => (told += String(chunk)))
  await once(socket, 'close')
  return told
}

// by itself Node checks only every 30 s
test('a slow client is cut off when its time is over, not half a minute later', async () => {
  expect(await dawdle()).toContain('408')
}, 240_000)

test('an idle keep-alive connection outlives the time limit for headers', async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  async function ask() {
    const request = get({ port: running.address.port, host: '127.0.0.1', agent })
    // the types of node:events do not say what an event carries
    const [response] = (await once(request, 'response')) as [IncomingMessage]
    response.resume()
    await once(response, 'end')
    return { status: response.statusCode, reused: request.reusedSocket }
  }
  expect(await ask()).toEqual({ status: 200, reused: false })
  // the slow client takes long enough for the other connection to idle
  await dawdle()
  expect(await ask()).toEqual({ status: 200, reused: true })
  agent.destroy()
})
