import https from 'node:https'
import { createServer as createTcpServer } from 'node:net'
import type { SecureVersion } from 'node:tls'

import { generate } from 'selfsigned'
import { afterEach, expect, test } from 'vitest'

import { createOutbound } from './send.ts'
import { listen, type Receiver } from './test-receiver.ts'

const DAY = 24 * 60 * 60_000
const open: Receiver[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((receiver) => receiver.close()))
})

type Certificate = { name?: string; from?: number; to?: number }

/** A receiver with its own certificate, and a sender that trusts it or does not. */
async function overTls(
  { name = 'receiver.example.com', from = -DAY, to = 30 * DAY }: Certificate,
  { isTrusted, maxVersion }: { isTrusted: boolean; maxVersion?: SecureVersion },
) {
  const { private: key, cert } = await generate([{ name: 'commonName', value: name }], {
    notBeforeDate: new Date(Date.now() + from),
    notAfterDate: new Date(Date.now() + to),
    extensions: [
      { name: 'basicConstraints', cA: true },
      { name: 'subjectAltName', altNames: [{ type: 2, value: name }] },
    ],
  })
  const old = maxVersion && { minVersion: 'TLSv1' as const, maxVersion, ciphers: 'ALL:@SECLEVEL=0' }
  const server = https.createServer({ key, cert, ...old }, (_request, response) => response.end())
  // some of these tests make the handshake fail
  server.on('tlsClientError', () => {})
  const receiver = await listen(server, '127.0.0.1')
  open.push(receiver)
  const send = createOutbound({
    policy: {
      allowHttp: false,
      extraPorts: [receiver.port],
      exceptions: [{ range: '127.0.0.1/32', port: receiver.port }],
    },
    resolve: async () => ['127.0.0.1'],
    limits: { totalMs: 2_000, handshakeMs: 1_000 },
    ...(isTrusted && { extraCa: cert }),
  })
  return send({ url: `https://receiver.example.com:${receiver.port}/in`, method: 'POST' })
}

test('a good certificate is measured: its version and its expiry', async () => {
  const result = await overTls({}, { isTrusted: true })
  expect(result).toMatchObject({ isDelivered: true, measured: { tls: { version: 'TLSv1.3' } } })
  const end = Date.parse(result.measured.tls?.validTo ?? '')
  expect(Math.round((end - Date.now()) / DAY)).toBe(30)
})

test.each([
  ['a certificate that ran out', 'tls_expired', { from: -40 * DAY, to: -DAY }, { isTrusted: true }],
  ['one that is not valid yet', 'tls_expired', { from: DAY }, { isTrusted: true }],
  ['one for another name', 'tls_wrong_name', { name: 'other.example.com' }, { isTrusted: true }],
  ['one that nobody vouches for', 'tls_self_signed', {}, { isTrusted: false }],
  ['TLS 1.1 and nothing newer', 'tls_handshake', {}, { isTrusted: true, maxVersion: 'TLSv1.1' }],
] as const)('%s fails with %s', async (_what, failure, certificate, options) => {
  const result = await overTls(certificate, options)
  expect(result).toMatchObject({ isDelivered: false, failure })
  // nothing was sent over the connection
  expect(result.measured.status).toBeUndefined()
})

test('a handshake that stops in the middle is cut off at its own limit', async () => {
  // a server that answers the start of a handshake and then stops
  const receiver = await listen(
    createTcpServer((socket) => socket.once('data', () => socket.write(Buffer.from([22, 3, 3])))),
    '127.0.0.1',
  )
  open.push(receiver)
  const send = createOutbound({
    policy: {
      allowHttp: false,
      extraPorts: [],
      exceptions: [{ range: '127.0.0.1/32', port: receiver.port }],
    },
    limits: { totalMs: 60_000, handshakeMs: 200 },
  })
  const result = await send({ url: `https://localhost:${receiver.port}/`, method: 'POST' })
  expect(result).toMatchObject({ isDelivered: false, failure: 'tls_handshake' })
  expect(result.measured.totalMs).toBeLessThan(30_000)
})
