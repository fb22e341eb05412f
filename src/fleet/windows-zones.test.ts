import { expect, test } from 'vitest'

import { TIME_ZONES } from '#sandbox/records/time-zones.ts'

import { WINDOWS_ZONES } from './windows-zones.ts'

test('each Windows zone has a zone that browsers know', () => {
  expect(WINDOWS_ZONES.size).toBe(139)
  for (const [name, timeZone] of WINDOWS_ZONES) {
    expect(() => new Intl.DateTimeFormat('en', { timeZone }), name).not.toThrow()
  }
})

test.each(Object.values(TIME_ZONES))('$name keeps the time of $iana', ({ name, iana }) => {
  const at = (timeZone: string | undefined, month: number) =>
    new Intl.DateTimeFormat('en', { timeZone, dateStyle: 'short', timeStyle: 'long' }).format(
      Date.UTC(2026, month, 15),
    )
  const zone = WINDOWS_ZONES.get(name)
  // the table gives Paris for what Nexudus shows as Madrid; their clocks agree
  expect([at(zone, 0), at(zone, 6)]).toEqual([at(iana, 0), at(iana, 6)])
})
