import { afterAll, beforeAll, expect, test } from 'vitest'

import { createOutbound } from './send.ts'
import type { Policy } from './target.ts'
import { startReceiver, type Receiver } from './test-receiver.ts'

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

/** Calls with the tripwires' ports allowed, so that only the address can be the reason. */
const send = (url: string, resolve = async (): Promise<string[]> => ['127.0.0.1']) =>
  createOutbound({
    policy: { ...internet, extraPorts: [tripwire.port, tripwire6.port] },
    resolve,
    limits: { totalMs: 500, handshakeMs: 300 },
  })({ url, method: 'POST' })

const LOOPBACK = [
  ...['127.0.0.1', '127.1', '127.0.1', '2130706433', '0x7f000001', '0x7f.1', '0x7f.0.0.1'],
  ...[
    '017700000001',
    '0177.0.0.1',
    '0177.1',
    '127.0.0.1.',
    '①②⑦.⓪.⓪.①',
    '127。0。0。1',
    '127．0．0．1',
  ],
  ...['%31%32%37.0.0.1', '127.0.0.%31', '0', '0.0.0.0', '0x0', '127.255.255.254', '127.0.0.01'],
  ...[
    '[::1]',
    '[0:0:0:0:0:0:0:1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[::127.0.0.1]',
    '[::]',
  ],
  ...['[64:ff9b::7f00:1]', '[64:ff9b::127.0.0.1]', '[2002:7f00:1::]', '[::ffff:0:127.0.0.1]'],
]
const PRIVATE = [
  ...['10.0.0.1', '10.255.255.255', '172.16.0.1', '172.31.255.254', '192.168.0.1', '192.168.255.1'],
  ...['169.254.169.254', '0xa9fea9fe', '2852039166', '025177524776', '100.64.0.1', '198.18.0.1'],
  ...['192.0.0.192', '224.0.0.1', '255.255.255.255', '[fe80::1]', '[fc00::1]', '[fd12:3456::1]'],
  ...['[ff02::1]', '[fec0::1]', '[::ffff:10.0.0.1]', '[::ffff:169.254.169.254]', '[2001:db8::1]'],
  ...['[2001::1]', '[3fff::1]', '[5f00::1]', '[100::1]'],
]
const NAMES = [
  ...[
    'localhost',
    'LOCALHOST',
    'localhost.',
    'a.localhost',
    'lOcAlHoSt',
    'ｌｏｃａｌｈｏｓｔ',
    'intranet',
  ],
  ...['router.local', 'db.internal', 'nas.home.arpa', 'metadata.google.internal', 'x.onion'],
]
const FORMS: ((host: string, port: number) => string)[] = [
  (host, port) => `http://${host}:${port}/in`,
  (host, port) => `https://${host}:${port}/in`,
  (host, port) => `http:\\\\${host}:${port}/in`,
  (host, port) => `http:/${host}:${port}/in`,
  (host, port) => `HTTP://${host}:${port}/in?next=https://example.com`,
]

test('no spelling of an inner address or name is called', async () => {
  const spellings = [...LOOPBACK, ...PRIVATE, ...NAMES].flatMap((host) =>
    FORMS.flatMap((form) => [form(host, tripwire.port), form(host, tripwire6.port)]),
  )
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
  ...['ftp://example.com/', 'file:///etc/passwd', 'javascript:alert(1)', 'data:text/plain,x', ''],
  ...['gopher://127.0.0.1/', 'https://', 'http://[', 'http://a b/', '//example.com', 'example.com'],
  ...['https://user@example.com/', 'https://user:pw@example.com/', 'https://example.com:22/'],
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
])('a name with %s is refused whole', async (_what, addresses: string[]) => {
  const result = await send(`http://rebind.example.com:${tripwire.port}/`, async () => addresses)
  expect(result).toMatchObject({ isDelivered: false, failure: 'target_blocked' })
  expect(tripwire.connections()).toBe(0)
})

test('rebinding: the connection goes to the address that was checked', async () => {
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
  // the next call asks anew, sees the other answer, and refuses it
  expect(await send({ url, method: 'POST' })).toMatchObject({ failure: 'target_blocked' })
  expect(checked.connections()).toBe(1)
  expect(tripwire.connections()).toBe(0)
  await checked.close()
})

test('a refusal says the same for every port', async () => {
  const closed = await send('http://127.0.0.1:443/')
  const listening = await send(`http://127.0.0.1:${tripwire.port}/`)
  expect({ ...closed, measured: 0 }).toEqual({ ...listening, measured: 0 })
})
