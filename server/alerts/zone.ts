import { Failed } from '#platform/http/failure.ts'

/** Refuses a name that is no zone of the IANA's. */
export function requireZone(zone: string) {
  if (!isZone(zone)) throw new Failed('bad_request', { reason: 'unknown_zone' })
}

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
