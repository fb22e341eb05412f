import type { Pause, PauseWindow } from '#contract/desk/pauses.ts'
import { plural } from '#contract/words/plural.ts'
import { spansBetween } from '#server/clock/wall-clock.ts'

type IcalOptions = {
  origin: string
  now: Date
  placeOf: (businessId: number) => string
}

type Planned = { pauses: readonly Pause[]; windows: readonly PauseWindow[] }

/** In milliseconds: windows are shown for the next eight weeks. */
const AHEAD_MS = 8 * 7 * 24 * 3_600_000

/** Pauses with an end, and windows to come, as a calendar (RFC 5545). */
export function icalOf({ pauses, windows }: Planned, options: IcalOptions): string {
  const events = [
    ...pauses.map((pause) => pauseEvent(pause, options)),
    ...windows.flatMap((window) => windowEvents(window, options)),
  ]
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Hookdesk//Pauses//EN',
    'X-WR-CALNAME:Paused webhooks',
    ...events.flatMap((event) => linesOf(event, options)),
    'END:VCALENDAR',
  ]
  return lines
    .flatMap(folded)
    .map((line) => `${line}\r\n`)
    .join('')
}

type CalendarEvent = {
  uid: string
  begin: string
  end: string
  title: string
  text: string
  page: string
}

function pauseEvent(pause: Pause, { origin, placeOf }: IcalOptions): CalendarEvent {
  const { webhookId, businessId, name, askedAt, until, by, reason } = pause
  return {
    uid: `pause-${webhookId}-${timeOf(askedAt)}`,
    begin: askedAt,
    end: until,
    title: `Paused: ${name || `Webhook ${webhookId}`} (${placeOf(businessId)})`,
    text: [`Paused by ${by}.`, reason ?? ''].filter(Boolean).join('\n'),
    page: `${origin}/webhooks/${webhookId}`,
  }
}

/** Each time as an event in UTC: a repeating one would need the rules of its zone in the file. */
function windowEvents(window: PauseWindow, { origin, now, placeOf }: IcalOptions): CalendarEvent[] {
  const { id, by, reason, webhooks } = window
  const lines = webhooks.map(
    ({ webhookId, businessId, name }) =>
      `${name || `Webhook ${webhookId}`} (${placeOf(businessId)})`,
  )
  const text = [`Planned by ${by}.`, reason ?? '', ...lines].filter(Boolean).join('\n')
  const spans = spansBetween(now, new Date(now.getTime() + AHEAD_MS), window)
  return spans.map(({ begin, end }) => ({
    uid: `window-${id}-${timeOf(begin.toISOString())}`,
    begin: begin.toISOString(),
    end: end.toISOString(),
    title: `Paused every week: ${plural(webhooks.length, 'webhook')}`,
    text,
    page: `${origin}/`,
  }))
}

function linesOf(event: CalendarEvent, { origin, now }: IcalOptions): string[] {
  const { hostname } = new URL(origin)
  return [
    'BEGIN:VEVENT',
    `UID:${event.uid}@${hostname}`,
    `DTSTAMP:${timeOf(now.toISOString())}`,
    `DTSTART:${timeOf(event.begin)}`,
    `DTEND:${timeOf(event.end)}`,
    `SUMMARY:${escaped(event.title)}`,
    `DESCRIPTION:${escaped(event.text)}`,
    `URL:${event.page}`,
    // a pause makes nobody busy
    'TRANSP:TRANSPARENT',
    'END:VEVENT',
  ]
}

const timeOf = (iso: string) => iso.replaceAll(/[-:]|\.\d+/g, '')

const escaped = (text: string) =>
  text
    .replaceAll(/[\\;,]/g, (sign) => `\\${sign}`)
    .replaceAll(/\r\n|\n|\r/g, String.raw`\n`)
    .replaceAll(/\p{Cc}/gu, ' ')

/** In octets. */
const LONGEST_LINE = 75

/** A line in pieces that no program has to cut, none of them in the middle of a character. */
function folded(line: string): string[] {
  const pieces: string[] = []
  let piece = ''
  for (const character of line) {
    if (Buffer.byteLength(piece + character) > LONGEST_LINE) {
      pieces.push(piece)
      piece = ' '
    }
    piece += character
  }
  return [...pieces, piece]
}
