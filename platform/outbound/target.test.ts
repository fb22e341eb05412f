import { afterAll, beforeAll, expect, test } from 'vitest'

import { createOutbound } from './send.ts'
import type { Policy } from './target.ts'
import { startReceiver, type Receiver } from './test-receiver.ts'
import { forbiddenUrls } from './test-spellings.ts'

let tripwire: Receiver
let tripwire6: Receiver
beforeAll(async () => {
  tripwire = await startReceiver((_request, response) => response.end('inside'))
  tripwire6 = await startReceiver((_request, response) => response.end('inside'), '::1')
})
afterAll(async () => {
  await Promise.all([tripwire.close(), tripwire6.close()])
})

const internet: Policy = { allowHttp: true, extraPorts: [], exceptions: [] }

/** Sends with the tripwires' ports allowed, so that only the address can be the reason. */
const send = (url: string, resolve = async (): Promise<string[]> => ['127.0.0.1']) =>
  createOutbound({
    policy: { ...internet, extraPorts: [tripwire.port, tripwire6.port] },
    resolve,
    limits: { totalMs: 500, handshakeMs: 300 },
  })({ url, method: 'POST' })

test('no internal address or name is called, however it is spelled', async () => {
  const spellings = [...forbiddenUrls(tripwire.port), ...forbiddenUrls(tripwire6.port)]
  expect(spellings.length).toBeGreaterThan(600)

  for (const url of spellings) {
    const result = await send(url)
    expect(result.isDelivered, url).toBe(false)
    if (!result.isDelivered) {
      expect(['target_blocked', 'target_invalid'], url).toContain(result.failure)
    }
  }
  expect(tripwire.connections()).toBe(0)
  expect(tripwire6.connections()).toBe(0)
})

test.each([
  'ftp://example.com/',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'data:text/plain,x',
  '',
  'gopher://127.0.0.1/',
  'https://',
  'http://[',
  'http://a b/',
  '//example.com',
  'example.com',
  'https://user@example.com/',
  'https://user:pw@example.com/',
  'https://example.com:22/',
  `https://example.com/${'x'.repeat(2100)}`,
])('%j is not called at all', async (url) => {
  let asked = 0
  const result = await send(url, async () => {
    asked += 1
    return ['93.184.216.34']
  })
  expect(result).toMatchObject({ isDelivered: false, failure: 'target_invalid' })
  expect(asked).toBe(0)
})

test.each([
  ['one private answer', ['127.0.0.1']],
  ['a public and a private answer', ['93.184.216.34', '127.0.0.1']],
  ['the private one last, in the other family', ['93.184.216.34', '2606:4700::1111', '::1']],
  ['a mapped one', ['::ffff:127.0.0.1']],
  ['no answer', []],
  ['a thousand answers, one of them private', [...Array(999).fill('93.184.216.34'), '10.0.0.1']],
])('a name that resolves to %s is refused', async (_what, addresses: string[]) => {
  const result = await send(`http://rebind.example.com:${tripwire.port}/`, async () => addresses)
  expect(result).toMatchObject({ isDelivered: false, failure: 'target_blocked' })
  expect(tripwire.connections()).toBe(0)
})

test('a rebound name cannot redirect a call: it goes to the address that was checked', async () => {
  const checked = await startReceiver((_request, response) => response.end('checked'), '127.0.0.2')
  const answers = [['127.0.0.2'], ['127.0.0.1']]
  let asked = 0
  const send = createOutbound({
    policy: {
      ...internet,
      extraPorts: [checked.port],
      exceptions: [{ range: '127.0.0.2/32', port: checked.port }],
    },
    resolve: async () => answers[Math.min(asked++, 1)] ?? [],
  })
  const url = `http://rebind.example.com:${checked.port}/`

  expect(await send({ url, method: 'POST' })).toMatchObject({
    isDelivered: true,
    measured: { address: '127.0.0.2', body: 'checked' },
  })
  expect(asked).toBe(1)
  // the next call resolves again, gets the other address, and is refused
  expect(await send({ url, method: 'POST' })).toMatchObject({ failure: 'target_blocked' })
  expect(checked.connections()).toBe(1)
  expect(tripwire.connections()).toBe(0)
  await checked.close()
})

test('an exception holds for names that resolve into it, and for no others on its port', async () => {
  const inner = await startReceiver((_request, response) => response.end('inner'), '127.0.0.3')
  const answers: Record<string, string[]> = {
    'inner.example.com': ['127.0.0.3'],
    'public.example.com': ['93.184.216.34'],
    'mixed.example.com': ['127.0.0.3', '127.0.0.1'],
  }
  const call = createOutbound({
    policy: {
      allowHttp: false,
      extraPorts: [],
      exceptions: [{ range: '127.0.0.3/32', port: inner.port }],
    },
    resolve: async (hostname) => answers[hostname] ?? [],
  })
  const result = (host: string) => call({ url: `http://${host}:${inner.port}/`, method: 'POST' })
  expect(await result('inner.example.com')).toMatchObject({ isDelivered: true })
  expect(await result('public.example.com')).toMatchObject({ failure: 'target_blocked' })
  expect(await result('mixed.example.com')).toMatchObject({ failure: 'target_blocked' })
  expect(await result('localhost')).toMatchObject({ isDelivered: false })
  await inner.close()
})

test('a refusal reads the same for every port', async () => {
  const closed = await send('http://127.0.0.1:443/')
  const listening = await send(`http://127.0.0.1:${tripwire.port}/`)
  expect({ ...closed, measured: 0 }).toEqual({ ...listening, measured: 0 })
})
