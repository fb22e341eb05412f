import { expect, test } from 'vitest'

import { likelyHost } from './likely-host.ts'

const USED = [
  { host: 'hooks.example.com', webhooks: 8 },
  { host: 'hooks.examples.com', webhooks: 2 },
  { host: 'crm.example.com', webhooks: 30 },
]

test.each([
  { typed: 'hooks.exmaple.com', host: 'hooks.example.com' },
  { typed: 'HOOKS.EXAMPEL.com', host: 'hooks.example.com' },
  { typed: 'hooks.example.co', host: 'hooks.example.com' },
  { typed: 'cmr.example.com', host: 'crm.example.com' },
  // the same host is no slip, and another word is none either
  { typed: 'crm.example.com', host: undefined },
  { typed: 'doors.other.test', host: undefined },
  { typed: '', host: undefined },
])('instead of “$typed”, $host was meant', ({ typed, host }) => {
  expect(likelyHost(typed, USED)?.host).toBe(host)
})
