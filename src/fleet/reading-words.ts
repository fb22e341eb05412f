import { plural } from '#contract/words/plural.ts'

import type { FleetSoFar } from './webhook-api.ts'

/** In milliseconds: a wait this long says when it ends. */
const LONG_MS = 10_000

/** "4,000 of 10,000 webhooks read …"; after ten seconds with the time that the rest takes. */
export function readingText(
  { read, total, since, at }: Pick<FleetSoFar, 'read' | 'total' | 'since' | 'at'>,
  now: number,
): string {
  if (total === null) return `${plural(read, 'webhook')} read so far …`
  const said = `${read.toLocaleString('en')} of ${plural(total, 'webhook')} read …`
  if (now - since < LONG_MS || read === 0) return said
  // the pace up to the last page: between two pages nothing is known of it
  const leftMs = ((total - read) * (at - since)) / read - (now - at)
  return `${said} About ${Math.max(1, Math.ceil(leftMs / 1000))} s left.`
}
