import { once } from 'node:events'
import http from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { createUpstream } from './upstream.ts'

let server: http.Server
let url: string
beforeAll(async () => {
  server = http
    .createServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' })
      response.write('{"a": "')
      const drip = setInterval(() => response.write('x'), 50)
      response.on('close', () => clearInterval(drip))
    })
    .listen(0, '127.0.0.1')
  await once(server, 'listening')
  const at = server.address()
  url = `http://127.0.0.1:${typeof at === 'object' ? at?.port : 0}`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

test('an answer that drips is cut at the deadline, whatever was collected as garbage meanwhile', async () => {
  const limits = { firstByteMs: 800, totalMs: 1_500, maxBytes: 1e7 }
  const log = pino({ level: 'silent' })
  const upstream = createUpstream({ url, fetch: (request) => fetch(request), log, limits })
  // what a busy server does all the time
  let rubbish: unknown[] = []
  const busy = setInterval(() => {
    rubbish = Array.from({ length: 200_000 }, (_, at) => ({ at, text: `x${at}` }))
  }, 20)
  const one = () =>
    Promise.race([
      upstream({ method: 'GET', path: '/drip', account: 'a' }).catch(({ code }) => code),
      sleep(8_000).then(() => 'never ended'),
    ])
  const outcomes = await Promise.all(Array.from({ length: 10 }, one))
  clearInterval(busy)
  expect(rubbish.length).toBeGreaterThan(0)
  expect(new Set(outcomes)).toEqual(new Set(['upstream_timeout']))
})
