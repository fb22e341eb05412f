import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import {
  bitsUpTo,
  firstHourBefore,
  HOURS_A_WEEK,
  setBits,
  withFiring,
  type Firings,
} from './firings.ts'
import { findSilent, type Listened } from './silence.ts'

const HOUR = 3_600_000
const DAY = 24

/** A Monday at midnight, as an hour since 1970. */
const MONDAY = Date.parse('2026-10-05T00:00:00Z') / HOUR

const noted = (hours: Iterable<number>): Firings | undefined => {
  let firings: Firings | undefined
  for (const hour of hours) firings = withFiring(firings, hour)
  return firings
}

/** A webhook that fires in hours at which a rule says so, up to one. */
type Life = { id?: number; businessId?: number; until: number; fires: (hour: number) => boolean }

/** Judges lives of webhooks for one action, from a Monday on, at an hour. */
function judged(lives: Life[], hour: number, from = MONDAY) {
  const firings = new Map<number, Firings>()
  const webhooks: Listened[] = []
  for (const [at, { id = at + 1, businessId = at + 1, until, fires }] of lives.entries()) {
    const hours: number[] = []
    for (let each = from; each < Math.min(until, hour); each += 1) if (fires(each)) hours.push(each)
    const known = noted(hours)
    const last = hours.at(-1)
    if (!known || last === undefined) continue
    firings.set(id, known)
    const firedAt = last * HOUR + 1_800_000
    const lastTrigger = new Date(firedAt).toISOString()
    webhooks.push({ id, businessId, action: 7, lastTrigger, firedAt })
  }
  return findSilent(webhooks, firings, hour * HOUR + 60_000)
}

/** Working hours: 9 to 18, Monday to Friday. */
const atWork = (hour: number) => {
  const [day, time] = [Math.floor((hour - MONDAY) / DAY) % 7, hour % DAY]
  return day < 5 && time >= 9 && time < 18
}

const weeks = (count: number) => MONDAY + count * HOURS_A_WEEK

describe('the hours in which a webhook fired', () => {
  test('are kept for eight weeks, in any order of arriving', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 4_000 }), { minLength: 1 }), (offsets) => {
        const hours = offsets.map((offset) => MONDAY + offset)
        const firings = noted(hours)
        const week = Math.floor(Math.max(...hours) / HOURS_A_WEEK)
        const first = firstHourBefore(week)
        const found = firings ? setBits(bitsUpTo(week, firings)).map((at) => at + first) : []
        // one that was too old when it came is not among them, and none is that never was
        expect(found.every((hour) => hours.includes(hour))).toBe(true)
        const sorted = noted(hours.toSorted((one, other) => one - other))
        const kept = sorted ? setBits(bitsUpTo(week, sorted)).map((at) => at + first) : []
        expect(kept).toEqual(
          [...new Set(hours.filter((hour) => hour >= first))].toSorted((one, other) => one - other),
        )
      }),
    )
  })

  test('are the same object if nothing is new', () => {
    const known = noted([MONDAY, MONDAY + 3])
    expect(withFiring(known, MONDAY + 3)).toBe(known)
    expect(withFiring(known, MONDAY - 4_000)).toBe(known)
  })
})

describe('a webhook that fires in working hours', () => {
  const deadSince = (until: number): Life[] => [{ until, fires: atWork }]

  test('and is dead since Tuesday 11:00 is told the same day', () => {
    const tuesday = weeks(7) + DAY
    const dead = deadSince(tuesday + 11)
    expect(judged(dead, tuesday + 14).size).toBe(0)
    expect(judged(dead, tuesday + 19).get(1)).toMatchObject({ by: 'usual', hours: 7 })
  })

  test('is not called quiet on any hour of its nights and weekends', () => {
    const alive = deadSince(weeks(8))
    for (let hour = weeks(4); hour < weeks(8); hour += 1) {
      expect(judged(alive, hour).size, `hour ${hour - weeks(4)}`).toBe(0)
    }
  })

  test('needs three weeks of evidence', () => {
    const dead = (week: number) => judged(deadSince(weeks(week)), weeks(week + 1) - 1).size
    expect([dead(1), dead(2), dead(4)]).toEqual([0, 0, 1])
  })

  test('and twenty firings', () => {
    const weekly = {
      until: weeks(7),
      fires: (hour: number) => (hour - MONDAY) % HOURS_A_WEEK === 9,
    }
    expect(judged([weekly], weeks(9)).size).toBe(0)
  })
})

describe('a webhook beside others', () => {
  const others = (count: number, fires: Life['fires']) =>
    Array.from({ length: count }, (): Life => ({ until: weeks(9), fires }))
  const often = (hour: number) => hour % 3 === 0

  test('for the same action at eleven locations is quiet at one: told in a day and a half, without three weeks', () => {
    const dead = { until: MONDAY + 3 * DAY, fires: often }
    const found = judged([dead, ...others(11, often)], MONDAY + 4 * DAY + 12)
    expect([...found.keys()]).toEqual([1])
    expect(found.get(1)).toMatchObject({ by: 'siblings', locations: 11 })
  })

  test('is not quiet if all of them are, as on a holiday', () => {
    const holiday = MONDAY + 3 * DAY
    const all = Array.from({ length: 12 }, (): Life => ({ until: holiday, fires: often }))
    expect(judged(all, holiday + 2 * DAY).size).toBe(0)
  })

  test('is not quiet because it always fired less', () => {
    const rare = { until: weeks(9), fires: (hour: number) => hour % 60 === 0 }
    for (let hour = MONDAY + 4 * DAY; hour < weeks(2); hour += 1) {
      expect(judged([rare, ...others(11, often)], hour).size).toBe(0)
    }
  })

  test('needs three other locations; two webhooks of one count once', () => {
    const dead = { until: MONDAY + 3 * DAY, fires: often }
    const duplicates = others(6, often).map((life) => ({ ...life, businessId: 2 }))
    expect(judged([dead, ...duplicates], MONDAY + 5 * DAY).size).toBe(0)
  })
})

test('false alarms are rarer than one silence in a thousand, for lives of any rate', () => {
  let [silences, alarms] = [0, 0]
  fc.assert(
    fc.property(fc.double({ min: 0.05, max: 0.95, noNaN: true }), fc.integer(), (rate, seed) => {
      let state = seed
      const random = () => {
        state = (state * 1_103_515_245 + 12_345) & 0x7fffffff
        return (state >> 8) / 0x7fffff
      }
      const fired = new Set<number>()
      for (let hour = MONDAY; hour < weeks(8); hour += 1) if (random() < rate) fired.add(hour)
      const life = { until: weeks(8), fires: (hour: number) => fired.has(hour) }
      for (let hour = weeks(5); hour < weeks(8); hour += 1) {
        if (fired.has(hour)) silences += 1
        else if (judged([life], hour).size > 0 && fired.has(hour + 1)) alarms += 1
      }
    }),
    { numRuns: 12, seed: 4 },
  )
  expect(silences).toBeGreaterThan(1_000)
  expect(alarms / silences).toBeLessThan(1 / 1_000)
})
