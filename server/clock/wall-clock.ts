import { Temporal } from 'temporal-polyfill'

// times that people choose are times of the clock on their wall, with daylight saving

/** A time of day, as `22:00`, in an IANA zone. */
type TimeOfDay = { zone: string; time: string }

/** An instant that does not exist starts at the next one that does; one that exists twice, at the first. */
const PICK = { disambiguation: 'compatible' } as const

/** True for the zones that these computations know: fewer than `Intl` formats in, like no `IST`. */
export function isComputable(zone: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone)
    return true
  } catch {
    return false
  }
}

/** Today in that zone. One that was stored before zones were checked must not stop a look. */
const todayIn = (now: Date, zone: string) =>
  Temporal.Instant.fromEpochMilliseconds(now.getTime())
    .toZonedDateTimeISO(computable(zone))
    .toPlainDate()

const computable = (zone: string) => (isComputable(zone) ? zone : 'UTC')

/** The last time that it was this time of day, this very instant included. */
export function lastTimeAt(now: Date, { zone, time }: TimeOfDay): Date {
  const today = todayIn(now, zone)
  const on = (day: Temporal.PlainDate) => instantOf(day, { zone, time })
  const at = on(today)
  return at <= now ? at : on(today.subtract({ days: 1 }))
}

/** The next time that it will be this time of day. */
export function nextTimeAt(now: Date, { zone, time }: TimeOfDay): Date {
  const today = todayIn(now, zone)
  const at = instantOf(today, { zone, time })
  return at > now ? at : instantOf(today.add({ days: 1 }), { zone, time })
}

/** The end of the quiet hours, if `now` is within them. They may go past midnight. */
export function endOfQuiet(
  now: Date,
  { zone, from, until }: { zone: string; from: string | null; until: string | null },
): Date | undefined {
  if (from === null || until === null || from === until) return undefined
  const begin = lastTimeAt(now, { zone, time: from })
  const end = nextTimeAt(begin, { zone, time: until })
  return now < end ? end : undefined
}

/** Hours that come back every week; Monday is 1. */
type Weekly = { days: readonly number[]; from: string; until: string; zone: string }

/** One week, and one more for hours that this week's change of clocks skips. */
const DAYS_AHEAD = 15

/**
 * The first time that has not ended by `now`, of hours that come back every week. Its end is on
 * the next day if it is not after its begin. Hours that a change of clocks leaves without length
 * are skipped.
 */
export function nextSpan(now: Date, { days, from, until, zone }: Weekly) {
  const today = todayIn(now, zone)
  for (let ahead = -1; ahead <= DAYS_AHEAD; ahead++) {
    const day = today.add({ days: ahead })
    if (!days.includes(day.dayOfWeek)) continue
    const begin = instantOf(day, { zone, time: from })
    const last = until > from ? day : day.add({ days: 1 })
    const end = instantOf(last, { zone, time: until })
    if (end > now && begin < end) return { begin, end }
  }
  throw new Error('Hours of no day of the week')
}

/** Their times that end after the one instant and begin before the other. */
export function spansBetween(from: Date, until: Date, weekly: Weekly) {
  const spans: { begin: Date; end: Date }[] = []
  let after = from
  for (;;) {
    const span = nextSpan(after, weekly)
    if (span.begin >= until) return spans
    spans.push(span)
    after = span.end
  }
}

function instantOf(day: Temporal.PlainDate, { zone, time }: TimeOfDay): Date {
  const { epochMilliseconds } = day
    .toPlainDateTime(Temporal.PlainTime.from(time))
    .toZonedDateTime(computable(zone), PICK)
  return new Date(epochMilliseconds)
}
