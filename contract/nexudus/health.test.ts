import { describe, expect, test } from 'vitest'

import { ACTION } from '#contract/actions/action-numbers.ts'

import {
  HEALTH_STATES,
  healthOf,
  NEEDS_ATTENTION,
  NO_FACTS,
  offSince,
  unreadIn,
  watchedSince,
  type Facts,
  type Moment,
} from './health.ts'
import { UNREAD_ACTION } from './wire-values.ts'

const AT = '2026-03-02T09:14:07.1134521Z'
const LATER = '2026-03-02T15:30:00.0000000Z'
const Action = ACTION.BookingCreate
const NOW = Date.parse('2026-03-02T16:00:00Z')

test.each([
  [true, 0, AT, 'working'],
  [true, 0, null, 'not-triggered'],
  [true, 1, AT, 'failing'],
  [true, 1, null, 'failing'],
  [true, 7, AT, 'failing'],
  [true, 8, AT, 'about-to-stop'],
  [true, 9, AT, 'about-to-stop'],
  [true, 10, AT, 'about-to-stop'],
  [true, 11, AT, 'about-to-stop'],
  [false, 0, AT, 'off'],
  [false, 0, null, 'off'],
  [false, 1, AT, 'off'],
  [false, 9, AT, 'off'],
  [false, 10, AT, 'stopped'],
  [false, 11, null, 'stopped'],
] as const)(
  'Active %s with %i errors, triggered %s, and no facts: %s',
  (Active, ErrorCount, LastTrigger, state) => {
    const health = healthOf({ Action, Active, ErrorCount, LastTrigger }, NO_FACTS, NOW)
    expect(health).toEqual({ state, failures: ErrorCount })
    expect(HEALTH_STATES).toContain(state)
  },
)

describe('a record with an unreadable field', () => {
  const told = { Action, Active: true, ErrorCount: 0, LastTrigger: AT }

  test.each([
    [{ Active: null }, 0, ['whether it is on']],
    [{ Active: null, ErrorCount: 10 }, 10, ['whether it is on']],
    [{ ErrorCount: null }, 0, ['how many failures are counted']],
    [{ Active: false, ErrorCount: null }, 0, ['how many failures are counted']],
    [{ Action: UNREAD_ACTION }, 0, ['what it fires on']],
    [{ Action: UNREAD_ACTION, LastTrigger: null }, 0, ['what it fires on']],
    [{ Action: UNREAD_ACTION, Active: false }, 0, ['what it fires on']],
  ])('needs attention: %j', (unread, failures, words) => {
    const record = { ...told, ...unread }
    expect(healthOf(record, NO_FACTS, NOW)).toEqual({ state: 'unreadable', failures })
    expect(unreadIn(record)).toEqual(words)
    expect(NEEDS_ATTENTION).toContain('unreadable')
  })

  test('is stopped or failing if its readable fields say so', () => {
    const record = { ...told, Action: UNREAD_ACTION, ErrorCount: 10 }
    expect(healthOf({ ...record, Active: false }, NO_FACTS, NOW).state).toBe('stopped')
    expect(healthOf({ ...record, ErrorCount: 3 }, NO_FACTS, NOW).state).toBe('failing')
  })

  test('is unreadable, whatever the history says', () => {
    for (const facts of [on(0), off(0), moved(0)]) {
      const record = { ...told, Active: null }
      expect(healthOf(record, facts, NOW).state).toBe('unreadable')
      expect(offSince(record, facts)).toBeUndefined()
      expect(watchedSince(record, facts)).toBeUndefined()
    }
  })
})

const moment = (errorCount: number, more: Partial<Moment> = {}): Moment => ({
  at: '2026-03-02T15:02:00Z',
  by: 'ana@example.com',
  isElsewhere: false,
  isRecounted: false,
  errorCount,
  lastTrigger: AT,
  ...more,
})
const on = (errorCount: number, more: Partial<Moment> = {}): Facts => ({
  switched: { ...moment(errorCount, more), isOn: true, isNew: false },
})
const off = (errorCount: number, more: Partial<Facts['switched']> = {}): Facts => ({
  switched: { ...moment(errorCount), isOn: false, isNew: false, ...more },
})
const moved = (errorCount: number, more: Partial<Moment> = {}): Facts => ({
  readdressed: moment(errorCount, more),
})

const is = (Active: boolean, ErrorCount: number, LastTrigger: string | null, facts: Facts) =>
  healthOf({ Action, Active, ErrorCount, LastTrigger }, facts, NOW)

describe('a webhook that was switched on again', () => {
  test.each([0, 3, 10])('is on watch while its count stays %i and it does not fire', (count) => {
    expect(is(true, count, AT, on(count))).toEqual({ state: 'on-watch', failures: 0 })
  })

  test.each([
    ['with the count set back', 0],
    ['with the count as it was', 10],
  ])('works once it has fired, %s', (_how, count) => {
    expect(is(true, count, LATER, on(10))).toEqual({ state: 'working', failures: 0 })
  })

  test.each([
    [10, 11, { state: 'failing', failures: 1 }],
    [10, 19, { state: 'about-to-stop', failures: 9 }],
    [3, 4, { state: 'failing', failures: 4 }],
    [7, 8, { state: 'about-to-stop', failures: 8 }],
    // Nexudus reset the count when the webhook was switched on, and it failed since
    [10, 2, { state: 'failing', failures: 2 }],
  ])('with %i failures then and %i now is %j, whether it fired or not', (then, now, health) => {
    expect(is(true, now, AT, on(then))).toEqual(health)
    expect(is(true, now, LATER, on(then))).toEqual(health)
  })

  test('is judged by its current count once the count was reset', () => {
    const facts = on(4, { isRecounted: true })
    expect(is(true, 4, LATER, facts)).toEqual({ state: 'failing', failures: 4 })
    expect(is(true, 0, LATER, facts)).toEqual({ state: 'working', failures: 0 })
  })

  test('is stopped when Nexudus stops it again', () => {
    expect(is(false, 10, LATER, on(10)).state).toBe('stopped')
  })

  test('is on watch even if it was switched on elsewhere', () => {
    expect(is(true, 0, AT, on(0, { isElsewhere: true })).state).toBe('on-watch')
  })

  test('is not proved to work by a firing in the future', () => {
    expect(is(true, 0, '9999-12-31T00:00:00Z', on(0)).state).toBe('on-watch')
  })

  test('counts as not triggered if it never was', () => {
    expect(is(true, 0, null, on(0, { lastTrigger: null })).state).toBe('not-triggered')
  })
})

describe('a webhook whose URL was changed', () => {
  test('is on watch, because its count belongs to the old URL', () => {
    expect(is(true, 6, AT, moved(6))).toEqual({ state: 'on-watch', failures: 0 })
    expect(is(true, 0, AT, moved(0)).state).toBe('on-watch')
  })

  test('is judged by later failures and firings', () => {
    expect(is(true, 7, LATER, moved(6))).toEqual({ state: 'failing', failures: 7 })
    expect(is(true, 0, LATER, moved(6)).state).toBe('working')
  })

  test('and that was switched on again is counted from the later change', () => {
    const facts = { ...on(10), ...moved(4, { at: '2026-03-02T14:00:00Z' }) }
    expect(is(true, 10, AT, facts).state).toBe('on-watch')
    expect(is(true, 11, AT, facts)).toEqual({ state: 'failing', failures: 1 })
  })
})

describe('a webhook that was switched off', () => {
  test('through Hookdesk is paused, whatever its count', () => {
    expect(is(false, 0, AT, off(0)).state).toBe('paused')
    expect(is(false, 10, AT, off(10)).state).toBe('paused')
  })

  test('through Hookdesk, but fired since, must have been switched on elsewhere', () => {
    expect(is(false, 0, LATER, off(0)).state).toBe('off')
    expect(is(false, 10, AT, off(0)).state).toBe('stopped')
  })

  test('through Hookdesk during a delivery is still paused', () => {
    expect(is(false, 1, '2026-03-02T15:03:00Z', off(0)).state).toBe('paused')
  })

  test('through Hookdesk but is on now was switched on elsewhere', () => {
    expect(is(true, 0, AT, off(0)).state).toBe('working')
  })

  test('elsewhere, or created switched off, is off', () => {
    expect(is(false, 0, AT, off(0, { isElsewhere: true })).state).toBe('off')
    expect(is(false, 10, AT, off(10, { isElsewhere: true })).state).toBe('stopped')
    expect(is(false, 0, null, off(0, { isNew: true })).state).toBe('off')
  })
})
