import type { Silence } from '#contract/nexudus/health.ts'

import {
  bitsUpTo,
  BYTES_KEPT,
  firstHourBefore,
  hasBit,
  hourOf,
  HOURS_A_WEEK,
  setBits,
  weekOf,
  type Firings,
} from './firings.ts'

/** A webhook that is on and counts no failures. */
export type Listened = {
  id: number
  businessId: number
  action: number
  /** As Nexudus wrote it, and in milliseconds. */
  lastTrigger: string
  firedAt: number
}

/** Below this, a webhook has not fired often enough to say when it usually does. */
const LEAST_HOURS = 20
const LEAST_WEEKS = 3

/** Other locations tell much more, so they need less; yet not nothing. */
const LEAST_HOURS_BESIDE = 5
const LEAST_LOCATIONS = 3

/** No pattern is so regular that fewer hours say anything. */
const LEAST_SILENCE = 3

/**
 * Evidence in nats: by chance alone, one silence in ten thousand would be as surprising. Less would
 * be a false alarm every day in a large network.
 */
const ENOUGH = Math.log(10_000)

/** Firings come in bursts, so a silence also has to be this much longer than those before. */
const LONGER_THAN_BEFORE = 1.5

/**
 * Webhooks that are silent for longer than usual: for the hours of the week in which they usually
 * fire, or beside webhooks for the same action at other locations. Pure. The hour that is not over
 * yet counts for nothing, so once an hour is often enough to ask.
 */
export function findSilent(
  webhooks: readonly Listened[],
  firings: ReadonlyMap<number, Firings>,
  now: number,
): Map<number, Silence> {
  const week = weekOf(hourOf(now))
  const first = firstHourBefore(week)
  const present = hourOf(now) - first
  const all = webhooks.flatMap((webhook) => {
    const known = firings.get(webhook.id)
    return known ? [{ ...webhook, bits: bitsUpTo(week, known) }] : []
  })
  const suspects = all.filter(({ firedAt }) => present - (hourOf(firedAt) - first) > LEAST_SILENCE)
  const asked = new Set(suspects.map(({ action }) => action))
  const actions = byAction(all.filter(({ action }) => asked.has(action)))
  const silent = new Map<number, Silence>()
  for (const { id, businessId, action, lastTrigger, firedAt, bits } of suspects) {
    const hours = setBits(bits)
    const last = Math.max(hourOf(firedAt) - first, hours.at(-1) ?? 0)
    const own = { hours, last, present }
    const beside = actions.get(action)
    const found = (beside && besideOthers(own, beside, businessId)) ?? asUsual(own)
    if (found) silent.set(id, { lastTrigger, ...found })
  }
  return silent
}

/** Hours, counted from the first that is kept. */
type Own = {
  /** The ones in which it fired, in their order. */
  hours: readonly number[]
  /** The last of them. */
  last: number
  /** The present one, which is not over. */
  present: number
}

type Found = Omit<Silence, 'lastTrigger'>

/** Judges by the hour of the week: it has fired in so many of them before. */
function asUsual(own: Own): Found | undefined {
  const { hours, last, present } = own
  const week = usualWeek(hours, last)
  if (!week) return undefined
  const { fired, seen } = week
  // after a few weeks nobody knows that it fires in each of them
  const weight = (hour: number) => {
    const slot = hour % HOURS_A_WEEK
    return -Math.log(1 - (fired[slot] ?? 0) / (seen(slot) + 2))
  }
  const evidence = sumOver(last, present, weight)
  if (evidence < ENOUGH || !isLongest(own, evidence, weight)) return undefined
  return { by: 'usual', hours: Math.round(sumOver(last, present, week.share)), locations: 0 }
}

/** The hours of a span, in milliseconds, in which a webhook usually fires, if that is known. */
export function usualHours(
  known: Firings,
  { from, to }: { from: number; to: number },
): number | undefined {
  const first = firstHourBefore(known.week)
  const before = setBits(known.bits).filter((hour) => hour <= hourOf(from) - first)
  const week = usualWeek(before, before.at(-1) ?? 0)
  return week && Math.round(sumOver(hourOf(from) - first, hourOf(to) - first, week.share))
}

/** The hours of the week in which it fired, after enough of them. */
function usualWeek(hours: readonly number[], last: number) {
  const [first] = hours
  if (first === undefined || hours.length < LEAST_HOURS) return undefined
  if (last - first < LEAST_WEEKS * HOURS_A_WEEK) return undefined
  const fired = new Uint8Array(HOURS_A_WEEK)
  for (const hour of hours) fired[hour % HOURS_A_WEEK] = (fired[hour % HOURS_A_WEEK] ?? 0) + 1
  const seen = (slot: number) => {
    const offset = (slot - (first % HOURS_A_WEEK) + HOURS_A_WEEK) % HOURS_A_WEEK
    return Math.floor((last - first - offset) / HOURS_A_WEEK) + 1
  }
  /** The share of the weeks in which it fired in this hour of the week. */
  const share = (hour: number) => {
    const slot = hour % HOURS_A_WEEK
    return (fired[slot] ?? 0) / Math.max(1, seen(slot))
  }
  return { fired, seen, share }
}

type Beside = {
  /** The bits of the hours in which the action fired, at each location. */
  locations: ReadonlyMap<number, Uint8Array>
  /** The locations at which it fired, for each hour. */
  counts: Uint32Array
}

function byAction(
  webhooks: readonly { action: number; businessId: number; bits: Uint8Array }[],
): Map<number, Beside> {
  const actions = new Map<number, Map<number, Uint8Array>>()
  for (const { action, businessId, bits } of webhooks) {
    const locations = actions.get(action) ?? new Map<number, Uint8Array>()
    actions.set(action, locations)
    const together = locations.get(businessId) ?? new Uint8Array(BYTES_KEPT)
    locations.set(businessId, together)
    for (const [at, byte] of bits.entries()) together[at] = (together[at] ?? 0) | byte
  }
  return new Map(
    [...actions].map(([action, locations]) => {
      const counts = new Uint32Array(BYTES_KEPT * 8)
      for (const bits of locations.values()) {
        for (const hour of setBits(bits)) counts[hour] = (counts[hour] ?? 0) + 1
      }
      return [action, { locations, counts }]
    }),
  )
}

/**
 * Judges by the other locations, whose firings are the clock: if both go on as before, this is the
 * probability that none of its own firings falls into the time since the last one.
 */
function besideOthers(own: Own, { locations, counts }: Beside, businessId: number) {
  const { hours, last, present } = own
  const [first] = hours
  if (first === undefined || hours.length < LEAST_HOURS_BESIDE) return undefined
  const here = locations.get(businessId)
  const weight = (hour: number) => (counts[hour] ?? 0) - (here && hasBit(here, hour) ? 1 : 0)
  const since = sumOver(last, present, weight)
  if (since < LEAST_LOCATIONS) return undefined
  const before = sumOver(first, last + 1, weight)
  if (before === 0) return undefined
  const evidence = hours.length * Math.log((before + since) / before)
  if (evidence < ENOUGH || !isLongest(own, since, weight)) return undefined
  const others = [...locations].filter(
    ([id, bits]) => id !== businessId && firesWithin(bits, last, present),
  ).length
  if (others < LEAST_LOCATIONS) return undefined
  return { by: 'siblings' as const, hours: 0, locations: others }
}

const firesWithin = (bits: Uint8Array, after: number, before: number) =>
  sumOver(after, before, (hour) => (hasBit(bits, hour) ? 1 : 0)) > 0

/** The sum over the hours between two. */
function sumOver(after: number, before: number, weight: (hour: number) => number): number {
  let sum = 0
  for (let hour = after + 1; hour < before; hour += 1) sum += weight(hour)
  return sum
}

/**
 * True if the silence outweighs all those before but one, which may have been an outage or a
 * holiday.
 */
function isLongest({ hours }: Own, silence: number, weight: (hour: number) => number): boolean {
  let [longest, second] = [0, 0]
  for (let at = 1; at < hours.length; at += 1) {
    const gap = sumOver(hours[at - 1] ?? 0, hours[at] ?? 0, weight)
    if (gap > longest) [longest, second] = [gap, longest]
    else if (gap > second) second = gap
  }
  return silence > LONGER_THAN_BEFORE * second
}
