import { describe, expect, test } from 'vitest'

import { endOfQuiet, lastTimeAt, nextSpan, nextTimeAt, spansBetween } from './wall-clock.ts'

const LONDON = 'Europe/London'
const at = (text: string) => new Date(text)
const iso = (date: Date | undefined) => date?.toISOString()

describe('a time of day', () => {
  test('is the last one, or the next one, of the clock on the wall', () => {
    const now = at('2026-07-14T07:30:00Z')
    // 8:30 in summer
    expect(iso(lastTimeAt(now, { zone: LONDON, time: '09:00' }))).toBe('2026-07-13T08:00:00.000Z')
    expect(iso(nextTimeAt(now, { zone: LONDON, time: '09:00' }))).toBe('2026-07-14T08:00:00.000Z')
    const nine = at('2026-07-14T08:00:00Z')
    expect(iso(lastTimeAt(nine, { zone: LONDON, time: '09:00' }))).toBe(iso(nine))
    expect(iso(nextTimeAt(nine, { zone: LONDON, time: '09:00' }))).toBe('2026-07-15T08:00:00.000Z')
  })

  test('that does not exist in spring is an hour later; that exists twice in autumn is the first', () => {
    const spring = at('2026-03-29T00:10:00Z')
    expect(iso(nextTimeAt(spring, { zone: LONDON, time: '01:30' }))).toBe(
      '2026-03-29T01:30:00.000Z',
    )
    const autumn = at('2026-10-24T23:10:00Z')
    expect(iso(nextTimeAt(autumn, { zone: LONDON, time: '01:30' }))).toBe(
      '2026-10-25T00:30:00.000Z',
    )
  })
})

describe('quiet hours', () => {
  const night = { zone: LONDON, from: '22:00', until: '07:00' }
  test.each([
    { now: '2026-07-14T20:59:00Z', end: undefined },
    { now: '2026-07-14T21:00:00Z', end: '2026-07-15T06:00:00.000Z' },
    { now: '2026-07-15T05:59:00Z', end: '2026-07-15T06:00:00.000Z' },
    { now: '2026-07-15T06:00:00Z', end: undefined },
    // the night in which the clock goes back is an hour longer
    { now: '2026-10-25T00:30:00Z', end: '2026-10-25T07:00:00.000Z' },
  ])('at $now end at $end', ({ now, end }) => {
    expect(iso(endOfQuiet(at(now), night))).toBe(end)
  })

  test('within a day', () => {
    const lunch = { zone: LONDON, from: '12:00', until: '13:00' }
    expect(endOfQuiet(at('2026-01-05T11:59:00Z'), lunch)).toBeUndefined()
    expect(iso(endOfQuiet(at('2026-01-05T12:30:00Z'), lunch))).toBe('2026-01-05T13:00:00.000Z')
    expect(endOfQuiet(at('2026-01-05T13:00:00Z'), lunch)).toBeUndefined()
  })

  test('that nobody chose, or that have no length, hold nothing back', () => {
    const now = at('2026-01-05T12:30:00Z')
    expect(endOfQuiet(now, { zone: LONDON, from: null, until: null })).toBeUndefined()
    expect(endOfQuiet(now, { zone: LONDON, from: '12:00', until: '12:00' })).toBeUndefined()
  })
})

describe('hours that come back every week', () => {
  const nights = { days: [5, 6], from: '22:00', until: '06:00', zone: LONDON }
  test.each([
    { what: 'before one', now: '2026-07-17T12:00:00Z', begin: '2026-07-17T21:00:00.000Z' },
    { what: 'within one', now: '2026-07-18T04:59:00Z', begin: '2026-07-17T21:00:00.000Z' },
    { what: 'at an end', now: '2026-07-18T05:00:00Z', begin: '2026-07-18T21:00:00.000Z' },
    { what: 'after the last', now: '2026-07-19T05:00:00Z', begin: '2026-07-24T21:00:00.000Z' },
  ])('$what, begin at $begin', ({ now, begin }) => {
    expect(iso(nextSpan(at(now), nights).begin)).toBe(begin)
  })

  test('are as long as the clocks make them', () => {
    const saturdays = { days: [6], from: '22:00', until: '06:00', zone: LONDON }
    const spans = spansBetween(at('2026-10-20T00:00:00Z'), at('2026-11-02T00:00:00Z'), saturdays)
    const hours = spans.map(({ begin, end }) => (end.getTime() - begin.getTime()) / 3_600_000)
    expect(hours).toEqual([9, 8])
  })

  test('that a change of clocks leaves without length are skipped', () => {
    const skipped = { days: [7], from: '01:00', until: '02:00', zone: LONDON }
    const { begin } = nextSpan(at('2026-03-28T12:00:00Z'), skipped)
    expect(iso(begin)).toBe('2026-04-05T00:00:00.000Z')
  })
})
