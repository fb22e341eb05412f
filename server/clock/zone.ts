import { Failed } from '#platform/http/failure.ts'

import { isComputable } from './wall-clock.ts'

/** Refuses a name that is no zone of the IANA's, or one that names several, like `IST`. */
export function requireZone(zone: string) {
  if (!isFormattable(zone) || !isComputable(zone)) {
    throw new Failed('bad_request', { reason: 'unknown_zone' })
  }
}

function isFormattable(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
