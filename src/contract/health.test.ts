import { expect, test } from 'vitest'

import { explainHealth, HEALTH_STATES, healthOf } from './health.ts'

const AT = '2026-03-02T09:14:07.1134521Z'

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
  'Active %s with %i errors, triggered %s: %s',
  (Active, ErrorCount, LastTrigger, state) => {
    expect(healthOf({ Active, ErrorCount, LastTrigger })).toBe(state)
    expect(HEALTH_STATES).toContain(state)
  },
)

test('a stop is never claimed for certain, and a count always has its limit', () => {
  expect(explainHealth({ Active: false, ErrorCount: 11, LastTrigger: AT })).toContain('Probably')
  expect(explainHealth({ Active: true, ErrorCount: 4, LastTrigger: AT })).toContain('4 of 10')
  expect(explainHealth({ Active: true, ErrorCount: 9, LastTrigger: AT })).toContain('1 more')
})
