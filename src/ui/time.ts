const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'always', style: 'short' })
const date = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric' })
const exact = new Intl.DateTimeFormat(undefined, {
  ...{ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' },
  ...{ hour: '2-digit', minute: '2-digit', second: '2-digit' },
})
const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' })
const dayAndClock = new Intl.DateTimeFormat(undefined, {
  ...{ day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' },
})
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone

/**
 * "12 min ago"; after a week the date. A moment in the future is a clock that is off, and reads
 * as "just now".
 */
export function timeAgo(at: number, now: number): string {
  const age = now - at
  if (age < MINUTE) return 'just now'
  if (age < HOUR) return relative.format(-Math.floor(age / MINUTE), 'minute')
  if (age < DAY) return relative.format(-Math.floor(age / HOUR), 'hour')
  if (age < 7 * DAY) return relative.format(-Math.floor(age / DAY), 'day')
  return date.format(at)
}

const isSameDay = (one: number, other: number) => date.format(one) === date.format(other)

/** "15:02", or with its date if that is not today's. */
export const clockTime = (at: number, now: number) =>
  (isSameDay(at, now) ? clock : dayAndClock).format(at)

/** "today 21:12", or with its date. */
export const dayTime = (at: number, now: number) =>
  isSameDay(at, now) ? `today ${clock.format(at)}` : dayAndClock.format(at)

/** To the second, in the reader's zone and in UTC. */
export function exactTime(at: number): string {
  const utc = new Date(at).toISOString().slice(0, 19).replace('T', ' ')
  return `${exact.format(at)} (${zone}) · ${utc} UTC`
}
