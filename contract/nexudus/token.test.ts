import { expect, test } from 'vitest'

import { tokenSchema } from './token.ts'

const tokens = { access_token: 'a', refresh_token: 'r' }
const DAY = 24 * 60 * 60

test.each([
  ['a number', 1200, 1200],
  ['a text', '1200', 1200],
  ['a text with spaces', ' 1200 ', 1200],
  ['a fraction', 1200.5, 1200.5],
  ['a fraction as text', '1200.5', 1200.5],
  ['what a member portal was seen to say', 1_209_599, 1_209_599],
  ['null', null, 604_799],
  ['an empty text', '', 604_799],
  ['words', 'two weeks', 604_799],
  ['a flag', true, 604_799],
  ['a list', [1200], 604_799],
  ['nothing', 0, 604_799],
  ['less than nothing', -1200, 604_799],
  ['less than nothing as text', '-1', 604_799],
  ['a blink', 0.001, 60],
  ['a date in milliseconds', 1_790_000_000_000, 15 * DAY],
  ['more than a date can be', 1e300, 15 * DAY],
  ['more than a number can be', JSON.parse('1e999'), 604_799],
])('a token life that is %s does no harm', (_what, expires_in, life) => {
  expect(tokenSchema.parse({ ...tokens, expires_in }).expires_in).toBe(life)
})

test('a missing token life becomes the documented one, and other odd fields are ignored', () => {
  expect(tokenSchema.parse(tokens).expires_in).toBe(604_799)
  expect(tokenSchema.parse({ ...tokens, token_type: null }).access_token).toBe('a')
})

test('a stored token parses to itself', () => {
  const kept = tokenSchema.parse({ ...tokens, expires_in: '1200' })
  expect(tokenSchema.parse(JSON.parse(JSON.stringify(kept)))).toEqual(kept)
})
