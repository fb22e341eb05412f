import { expect, test } from 'vitest'

import type { OutboundFailure, ProbeReport } from '#contract/desk/probe.ts'

import { shortVerdict, stagesOf, verdictOf } from './probe-words.ts'

const report = (change: Partial<ProbeReport>): ProbeReport => ({
  address: 'https://receiver.example.com/in',
  method: 'OPTIONS',
  at: '2026-05-05T10:00:00Z',
  failure: null,
  message: null,
  connectedTo: '93.184.216.34',
  resolvedMs: 4,
  connectedMs: 20,
  status: 200,
  location: null,
  isPage: false,
  answeredMs: 60,
  totalMs: 61,
  tls: { version: 'TLSv1.3', validTo: '2026-12-24T00:00:00.000Z', handshakeMs: 18 },
  ...change,
})

/** Reports of calls that got as far as each stage. */
const AT = {
  name: { resolvedMs: null, connectedMs: null, tls: null, status: null, answeredMs: null },
  connection: { connectedMs: null, tls: null, status: null, answeredMs: null },
  certificate: { tls: null, status: null, answeredMs: null },
  answer: { status: null, answeredMs: null },
} as const

const wordsOf = (of: ProbeReport) => stagesOf(of).map(({ name, state }) => `${name}: ${state}`)

test.each<[OutboundFailure, keyof typeof AT, string]>([
  ['dns_not_found', 'name', 'Name'],
  ['dns_timeout', 'name', 'Name'],
  ['dns_failed', 'name', 'Name'],
  ['connection_refused', 'connection', 'Connection'],
  ['connection_failed', 'connection', 'Connection'],
  ['timeout', 'connection', 'Connection'],
  ['tls_expired', 'certificate', 'Certificate'],
  ['tls_wrong_name', 'certificate', 'Certificate'],
  ['tls_handshake', 'certificate', 'Certificate'],
  ['connection_reset', 'certificate', 'Certificate'],
  ['connection_failed', 'certificate', 'Certificate'],
  ['timeout', 'certificate', 'Certificate'],
  ['connection_reset', 'answer', 'Answer'],
  ['timeout', 'answer', 'Answer'],
  ['bad_response', 'answer', 'Answer'],
])('%s at the %s is trouble there, and later stages were not reached', (failure, at, stage) => {
  const of = report({ ...AT[at], failure })
  const words = wordsOf(of)
  const place = words.indexOf(`${stage}: bad`)
  expect(place).toBeGreaterThanOrEqual(0)
  expect(words.slice(0, place).every((word) => word.endsWith(': good'))).toBe(true)
  expect(words.slice(place + 1).every((word) => word.endsWith(': not reached'))).toBe(true)
  expect(verdictOf(of)).toEqual({
    level: 'bad',
    text: expect.stringContaining('does not answer') as string,
  })
})

test.each([
  [{}, 'good', 'with a valid certificate. This does not prove'],
  [{ address: 'http://receiver.example.com/', tls: null }, 'good', 'answered in 60 ms. This'],
  [{ status: 405, failure: 'status', method: 'HEAD' }, 'unsure', 'This does not prove'],
  [{ isPage: true }, 'unsure', 'This does not prove'],
  [{ status: 302, failure: 'redirect', location: 'https://x.test/' }, 'bad', 'not as a receiver'],
  [{ status: 500, failure: 'status' }, 'bad', 'not as a receiver should'],
  [{ method: 'POST' }, 'good', 'The receiver took the sample'],
  [{ method: 'POST', status: 401, failure: 'status' }, 'bad', 'The receiver refused the sample'],
  [{ method: 'POST', status: 404, failure: 'status', isPage: true }, 'bad', 'refused the sample'],
  [{ method: 'POST', isPage: true }, 'unsure', 'A web page answered the sample'],
] as [Partial<ProbeReport>, string, string][])('%j is %s: %s', (change, level, text) => {
  const verdict = verdictOf(report(change))
  expect(verdict.level).toBe(level)
  expect(verdict.text).toContain(text)
})

test.each(['target_blocked', 'target_invalid'] as const)('%s has no stages', (failure) => {
  const of = report({ ...AT.name, failure, message: 'This is not called.', connectedTo: null })
  expect(stagesOf(of)).toEqual([])
  expect(verdictOf(of).text).toBe('This is not called. Nothing was sent.')
})

test.each<[Partial<ProbeReport>, string, string]>([
  [{}, 'good', 'Answered in 60 ms'],
  [{ status: 404, failure: 'status' }, 'unsure', 'Answered in 60 ms, with 404'],
  [{ status: 500, failure: 'status' }, 'bad', 'Answer: 500 to OPTIONS after 60 ms: server error.'],
  [
    { ...AT.name, failure: 'dns_not_found' },
    'bad',
    'Name: does not exist. Check it for a typing error.',
  ],
  [{ ...AT.name, failure: 'target_blocked', message: 'It is private.' }, 'bad', 'It is private.'],
])('in short, %j is %s: %s', (change, level, text) => {
  expect(shortVerdict(report(change))).toEqual({ level, text })
})
