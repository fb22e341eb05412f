import type { Pause } from '#contract/desk/pauses.ts'

type IcalOptions = {
  origin: string
  now: Date
  placeOf: (businessId: number) => string
}

/** Pauses with an end as a calendar (RFC 5545). */
export function icalOf(pauses: readonly Pause[], options: IcalOptions): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Hookdesk//Pauses//EN',
    'X-WR-CALNAME:Paused webhooks',
    ...pauses.flatMap((pause) => eventOf(pause, options)),
    'END:VCALENDAR',
  ]
  return lines
    .flatMap(folded)
    .map((line) => `${line}\r\n`)
    .join('')
}

function eventOf(pause: Pause, { origin, now, placeOf }: IcalOptions): string[] {
  const { webhookId, businessId, name, askedAt, until, by, reason } = pause
  const { hostname } = new URL(origin)
  const title = `Paused: ${name || `Webhook ${webhookId}`} (${placeOf(businessId)})`
  const text = [`Paused by ${by}.`, reason ?? ''].filter(Boolean).join('\n')
  return [
    'BEGIN:VEVENT',
    `UID:pause-${webhookId}-${timeOf(askedAt)}@${hostname}`,
    `DTSTAMP:${timeOf(now.toISOString())}`,
    `DTSTART:${timeOf(askedAt)}`,
    `DTEND:${timeOf(until)}`,
    `SUMMARY:${escaped(title)}`,
    `DESCRIPTION:${escaped(text)}`,
    `URL:${origin}/webhooks/${webhookId}`,
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
