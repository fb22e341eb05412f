import { expect, test } from 'vitest'

import type { Weekday } from '#contract/desk/pauses.ts'

import { hoursText } from './window-words.ts'

test.each<{ days: Weekday[]; from: string; until: string; text: string }>([
  { days: [1, 2, 3, 4, 5, 6, 7], from: '01:00', until: '02:00', text: 'Every day, 01:00 to 02:00' },
  { days: [1, 2, 3, 4, 5], from: '09:00', until: '17:00', text: 'Mon to Fri, 09:00 to 17:00' },
  { days: [6, 7], from: '22:00', until: '06:00', text: 'Sat, Sun, 22:00 to 06:00 the next day' },
  { days: [1, 3], from: '00:00', until: '00:30', text: 'Mon, Wed, 00:00 to 00:30' },
])('hours are written as $text', ({ text, ...hours }) => {
  expect(hoursText({ ...hours, zone: 'UTC' })).toBe(`${text} (UTC)`)
})
