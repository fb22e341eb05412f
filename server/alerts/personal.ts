import type { NoticeRow } from './delivery.ts'
import { maySee } from './hearers.ts'
import { OF_ONE } from './notices.ts'
import type { Recipient } from './recipients.ts'
import { endOfQuiet } from '#server/clock/wall-clock.ts'

/**
 * A notice with the webhooks that a person may see and wants to hear of; `undefined` if it has
 * others only. Their rights may have changed while it waited.
 */
export function asSeenBy(person: Recipient, notice: NoticeRow): NoticeRow | undefined {
  const all = notice.content.webhooks
  // what somebody planned is told whatever else they want to hear of
  const sight = OF_ONE.has(notice.kind) ? { reach: person.reach, locations: null } : person
  const webhooks = all.filter(({ businessId }) => maySee(sight, businessId))
  if (all.length > 0 && webhooks.length === 0) return undefined
  return { ...notice, content: { ...notice.content, webhooks } }
}

/** The end of the hours in which somebody wants to be left alone, if it is within them. */
export const quietUntil = (person: Recipient, now: Date) =>
  endOfQuiet(now, { zone: person.zone, from: person.quietFrom, until: person.quietUntil })
