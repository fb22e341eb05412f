import { expect, test } from 'vitest'

import { ACTION } from '#contract/actions/action-numbers.ts'

import { healthOf, NO_FACTS } from './health.ts'
import { timeOf } from './time.ts'

test.each([
  ['0001-01-01T00:00:00', null],
  ['0001-01-01T00:00:00Z', null],
  ['', null],
  ['soon', null],
  [null, null],
  [undefined, null],
  ['2026-05-05T14:28:10Z', '2026-05-05T14:28:10.000Z'],
  ['2026-05-05T14:28:10', '2026-05-05T14:28:10.000Z'],
  ['2026-05-05 14:28:10', '2026-05-05T14:28:10.000Z'],
  ['2026-05-05T14:28:10.123', '2026-05-05T14:28:10.123Z'],
  ['2026-05-05T14:28:10+02:00', '2026-05-05T12:28:10.000Z'],
  ['2026-05-05T14:28:10-0500', '2026-05-05T19:28:10.000Z'],
  ['2026-05-05', '2026-05-05T00:00:00.000Z'],
])('%j is read as %j', (text, iso) => {
  expect(timeOf(text)).toBe(iso === null ? null : Date.parse(iso))
})

test('a webhook last triggered in the year 1 counts as not triggered', () => {
  const LastTrigger = '0001-01-01T00:00:00'
  expect(
    healthOf(
      { Action: ACTION.BookingCreate, Active: true, ErrorCount: 0, LastTrigger },
      NO_FACTS,
      Date.now(),
    ).state,
  ).toBe('not-triggered')
})
