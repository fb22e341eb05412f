import type { WebhookRow } from './webhook.ts'

/** Nexudus switches a webhook off after this many failures in a row. */
export const FAILURE_LIMIT = 10

/** From here on, one bad minute may be enough. */
const ABOUT_TO_STOP_FROM = 8

/**
 * One state per webhook, worst first. `paused`, `on-watch` and `quiet` need to have seen the
 * webhook over time; from the record alone they are never decided.
 */
export const HEALTH_STATES = [
  'stopped',
  'about-to-stop',
  'failing',
  'on-watch',
  'quiet',
  'paused',
  'off',
  'not-triggered',
  'working',
] as const

export type HealthState = (typeof HEALTH_STATES)[number]

type Record = Pick<WebhookRow, 'Active' | 'ErrorCount' | 'LastTrigger'>

/** The state of a webhook, from what its record says. Off-states outrank error counts. */
export function healthOf({ Active, ErrorCount, LastTrigger }: Record): HealthState {
  if (!Active) return ErrorCount >= FAILURE_LIMIT ? 'stopped' : 'off'
  if (ErrorCount >= ABOUT_TO_STOP_FROM) return 'about-to-stop'
  if (ErrorCount > 0) return 'failing'
  return LastTrigger === null ? 'not-triggered' : 'working'
}

/** The states that ask somebody to do something. */
export const NEEDS_ATTENTION: readonly HealthState[] = ['stopped', 'about-to-stop', 'failing']

export const HEALTH_LABELS: { readonly [State in HealthState]: string } = {
  stopped: 'Stopped',
  'about-to-stop': 'About to stop',
  failing: 'Failing',
  'on-watch': 'On watch',
  quiet: 'Quiet',
  paused: 'Paused',
  off: 'Off',
  'not-triggered': 'Not triggered yet',
  working: 'Working',
}

/** What the state means and what to do, in a sentence or two. */
export function explainHealth({ Active, ErrorCount, LastTrigger }: Record): string {
  switch (healthOf({ Active, ErrorCount, LastTrigger })) {
    case 'stopped':
      return `Probably stopped by Nexudus: it switches a webhook off after ${FAILURE_LIMIT} failures in a row, and this one has ${ErrorCount}. Events since then are not delivered.`
    case 'about-to-stop':
      return ErrorCount >= FAILURE_LIMIT
        ? `${ErrorCount} failures counted and still switched on. Nexudus may switch it off at the next one. Check the address.`
        : `${ErrorCount} of ${FAILURE_LIMIT} failures. ${FAILURE_LIMIT - ErrorCount} more in a row and Nexudus switches it off. Check the address.`
    case 'failing':
      return `${ErrorCount} of ${FAILURE_LIMIT} failures in a row. At ${FAILURE_LIMIT} Nexudus switches it off.`
    case 'off':
      return ErrorCount > 0
        ? `Switched off, with ${ErrorCount} failures counted before. We do not know since when or why.`
        : 'Off; we do not know since when or why.'
    case 'not-triggered':
      return 'Switched on, and never triggered as far as Nexudus tells.'
    default:
      return 'No failures counted since it was last triggered.'
  }
}
