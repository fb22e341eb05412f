import { expect, test, vi } from 'vitest'

import { correctClock, currentTime } from '#ui/hooks/now.ts'

import { exactTime, localeFor, timeAgo } from './time.ts'

const NOW = Date.parse('2026-05-05T14:28:10Z')

test.each([
  [0, 'just now'],
  [-90_000, 'just now'],
  [59_000, 'just now'],
  [60_000, '1 min ago'],
  [12 * 60_000, '12 min ago'],
  [3 * 3_600_000, '3 h ago'],
  [86_400_000, '1 day ago'],
  [6 * 86_400_000, '6 days ago'],
])('%i ms ago reads as %s', (age, text) => {
  expect(timeAgo(NOW - age, NOW)).toBe(text)
})

test('after a week it is a date, never "23 days ago"', () => {
  expect(timeAgo(NOW - 23 * 86_400_000, NOW)).toMatch(/2026/)
})

test('the exact time is in the reader’s zone and in UTC, once if they are the same', () => {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  const words = exactTime(NOW)
  if (/^(Etc\/)?UTC$/.test(zone)) expect(words).toMatch(/^[^·]*14:28:10[^·]* UTC$/)
  else expect(words).toMatch(new RegExp(`\\(${zone}\\) · 2026-05-05 14:28:10 UTC$`))
  expect(words.split('UTC').length - 1).toBe(1)
})

test.each([
  ['de-DE', 'Europe/Berlin', 'en-DE', '16:28'],
  ['ja-JP', 'Asia/Tokyo', 'en-JP', '23:28'],
  ['ar', 'Africa/Cairo', 'en-EG', '05:28 PM'],
  ['en-US', 'Europe/Berlin', 'en-US', '04:28 PM'],
  ['en', 'America/New_York', 'en-US', '10:28 AM'],
  ['en', 'Europe/Lisbon', 'en-GB', '15:28'],
  [undefined, 'UTC', 'en-GB', '14:28'],
  ['not a language', 'UTC', 'en-GB', '14:28'],
])('a browser set to %s in %s writes times as in %s', (language, timeZone, locale, clock) => {
  expect(localeFor(language, timeZone)).toBe(locale)
  const write = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone, numberingSystem: 'latn' })
  expect(write({ month: 'long' }).format(NOW)).toBe('May')
  const written = write({ hour: '2-digit', minute: '2-digit' }).format(NOW)
  expect(written.replace(/\s/u, ' ').toUpperCase()).toBe(clock)
})

test('a clock three hours off is corrected, and one a few seconds off is not', () => {
  const isNear = (at: number) => Math.abs(currentTime() - at) < 30_000
  const threeHours = 3 * 3_600_000
  correctClock(Date.now() - threeHours)
  expect(isNear(Date.now() - threeHours)).toBe(true)
  correctClock(Date.now() - 5_000)
  expect(isNear(Date.now())).toBe(true)
})

test('a clock that is set while the page is open is followed, there and back', () => {
  const right = Date.parse('2026-05-05T14:28:10Z')
  try {
    vi.setSystemTime(right)
    correctClock(right)
    for (const offMs of [-86_400_000, 3 * 3_600_000, 0, -3 * 3_600_000, 86_400_000, 0]) {
      vi.setSystemTime(right + offMs)
      correctClock(right)
      expect(currentTime()).toBe(right)
    }
  } finally {
    vi.useRealTimers()
    correctClock(Date.now())
  }
})
