import { and, eq, lt } from 'drizzle-orm'

import type { Database } from '#platform/db/database.ts'

import { addNotice } from '#server/alerts/add-notice.ts'
import { loadPeople } from '#server/alerts/hearers.ts'

import { channels } from './tables.ts'

/** In milliseconds: a channel that fails for this long is told on another way. */
const TOLD_AFTER_MS = 60 * 60_000

/** Tells people by mail, once, of channels that take nothing any more: never through themselves. */
export async function tellOfFailing(db: Database, now: Date) {
  const since = new Date(now.getTime() - TOLD_AFTER_MS)
  const isFailing = and(eq(channels.isFailureTold, false), lt(channels.failingSince, since))
  await db.transaction(async (tx) => {
    const failing = await tx
      .update(channels)
      .set({ isFailureTold: true })
      .where(isFailing)
      .returning()
    if (failing.length === 0) return
    const people = (await loadPeople(tx)).filter(({ reach }) => reach === null)
    for (const { id, name, kind, problem, failingSince } of failing) {
      const at = failingSince ?? now
      const channel = { name, kind, problem: problem ?? '' }
      const content = { webhooks: [], more: 0, since: at.toISOString(), channel }
      const which = `${id} ${at.toISOString()}`
      for (const hearer of people) {
        const about = { hearer, incidentId: null, kind: 'channel-fails' as const, which, content }
        await addNotice(tx, { ...about, happenedAt: at, now })
      }
    }
  })
}
