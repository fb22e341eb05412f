import { expect, test } from 'vitest'

import { exactTime, timeAgo } from './time.ts'

const NOW = Date.parse('2026-05-05T14:28:10Z')

test.each([
  [0, 'just now'],
  [-90_000, 'just now'],
  [59_000, 'just now'],
  [60_000, '1 min. ago'],
  [12 * 60_000, '12 min. ago'],
  [3 * 3_600_000, '3 hr. ago'],
  [6 * 86_400_000, '6 days ago'],
])('%i ms ago reads as %s', (age, text) => {
  expect(timeAgo(NOW - age, NOW)).toBe(text)
})

test('after a week it is a date, never "23 days ago"', () => {
  expect(timeAgo(NOW - 23 * 86_400_000, NOW)).toMatch(/2026/)
})

test('the exact time carries its zone and UTC', () => {
  expect(exactTime(NOW)).toContain('2026-05-05 14:28:10 UTC')
})
