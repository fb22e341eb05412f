const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/**
 * The language of the interface; the reader's region only decides the order of a date, and whether
 * the clock has 12 or 24 hours. A bare “en” names no region, so the zone tells of it.
 */
export function localeFor(language: string | undefined, timeZone: string): string {
  try {
    const locale = new Intl.Locale(language ?? 'en')
    const ofEnglish = timeZone.startsWith('America/') ? 'US' : 'GB'
    const untold = locale.language === 'en' ? ofEnglish : locale.maximize().region
    return `en-${locale.region ?? untold ?? 'GB'}`
  } catch {
    return 'en-GB'
  }
}

const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone

// Node 20, where tests run, has no navigator
const locale = localeFor(globalThis.navigator?.language, zone)

/** The only way to write a date or a time of day. Digits are those of the interface, too. */
export const dateFormat = (options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat(locale, { ...options, numberingSystem: 'latn', calendar: 'gregory' })

const date = dateFormat({ day: 'numeric', month: 'short', year: 'numeric' })
const exact = dateFormat({
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
})
const clock = dateFormat({ hour: '2-digit', minute: '2-digit' })
const dayAndClock = dateFormat({
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
})
const UTC = /^(Etc\/)?(UTC|UCT|GMT|GMT[+-]?0|Greenwich|Universal|Zulu)$/

/**
 * "12 min ago"; after a week the date. A future moment means a wrong clock, and reads as "just
 * now".
 */
export function timeAgo(at: number, now: number): string {
  const age = now - at
  if (age < MINUTE) return 'just now'
  if (age < HOUR) return `${Math.floor(age / MINUTE)} min ago`
  if (age < DAY) return `${Math.floor(age / HOUR)} h ago`
  const days = Math.floor(age / DAY)
  if (days < 7) return days === 1 ? '1 day ago' : `${days} days ago`
  return date.format(at)
}

const isSameDay = (one: number, other: number) => date.format(one) === date.format(other)

/** "15:02", or with its date if that is not today's. */
export const clockTime = (at: number, now: number) =>
  (isSameDay(at, now) ? clock : dayAndClock).format(at)

/** "today 21:12", or with its date. */
export const dayTime = (at: number, now: number) =>
  isSameDay(at, now) ? `today ${clock.format(at)}` : dayAndClock.format(at)

/** To the second, in the reader's zone and in UTC; once if both are the same. */
export function exactTime(at: number): string {
  const own = exact.format(at)
  if (UTC.test(zone)) return `${own} UTC`
  const utc = new Date(at).toISOString().slice(0, 19).replace('T', ' ')
  return `${own} (${zone}) · ${utc} UTC`
}
