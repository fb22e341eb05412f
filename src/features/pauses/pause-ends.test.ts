import { expect, test } from 'vitest'

import { endOf, inputTime, type End } from './pause-ends.ts'

// a Sunday
const now = new Date(2026, 10, 29, 23, 30)

test.each<{ end: End; other?: string; at: Date | undefined }>([
  { end: 'hour', at: new Date(2026, 10, 30, 0, 30) },
  { end: 'tomorrow', at: new Date(2026, 10, 30, 8, 0) },
  { end: 'monday', at: new Date(2026, 10, 30, 8, 0) },
  { end: 'other', other: '2026-12-24T18:00', at: new Date(2026, 11, 24, 18, 0) },
  { end: 'other', other: '2026-11-29T23:00', at: undefined },
  { end: 'other', other: '', at: undefined },
])('$end ends at $at', ({ end, other = '', at }) => {
  expect(endOf(end, other, now)).toEqual(at)
})

test('on a Monday, the next Monday is a week away', () => {
  expect(endOf('monday', '', new Date(2026, 10, 30, 7, 0))).toEqual(new Date(2026, 11, 7, 8, 0))
})

test('a time is written on the clock of the reader', () => {
  expect(inputTime(new Date(2026, 0, 2, 3, 4))).toBe('2026-01-02T03:04')
})
