import { expect, test } from 'vitest'

import { ACTION } from '#contract/actions/action-numbers.ts'

import { duplicateKey, isDuplicate } from './duplicate.ts'
import { UNREAD_ACTION } from './wire-values.ts'

const ONE = {
  BusinessId: 1,
  Action: ACTION.BookingUpdate,
  URL: 'https://receiver.example.com/in?a=1',
}

test.each([
  ['the same URL', {}, true],
  ['spaces around it', { URL: ' https://receiver.example.com/in?a=1\u200b' }, true],
  [
    'capitals in the host, and its usual port',
    { URL: 'HTTPS://Receiver.example.com:443/in?a=1' },
    true,
  ],
  ['capitals in the path', { URL: 'https://receiver.example.com/In?a=1' }, false],
  ['another query', { URL: 'https://receiver.example.com/in?a=2' }, false],
  ['another scheme', { URL: 'http://receiver.example.com/in?a=1' }, false],
  ['another location', { BusinessId: 2 }, false],
  ['another action', { Action: ACTION.BookingDelete }, false],
])('a webhook is compared with one that has %s', (_what, change, expected) => {
  const other = { ...ONE, ...change }
  expect(isDuplicate(ONE, other)).toBe(expected)
  expect(duplicateKey(ONE) === duplicateKey(other)).toBe(expected)
})

test('a text that is no URL is compared as text', () => {
  const [one, other] = [' not an address', 'not an address ']
  expect(isDuplicate({ ...ONE, URL: one }, { ...ONE, URL: other })).toBe(true)
})

test('webhooks with an unreadable action are never called duplicates', () => {
  const unread = { ...ONE, Action: UNREAD_ACTION }
  expect(isDuplicate(unread, unread)).toBe(false)
  expect(duplicateKey(unread)).toBeUndefined()
})
