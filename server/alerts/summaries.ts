import { eq } from 'drizzle-orm'

import type { Database } from '#platform/db/database.ts'
import type { LookedAt } from '#server/watch/watcher.ts'

import { loadOpen, type StoredIncident } from './alert-store.ts'
import { maySee, type Channels, type Hearer } from './hearers.ts'
import { countsAt, countStates } from './state-counts.ts'
import type { MemberMemory } from './member-memory.ts'
import { recipients } from './tables.ts'
import type { Teller } from './teller.ts'
import { lastTimeAt } from '#server/clock/wall-clock.ts'

/** The time of day of a reminder. */
const REMINDED_AT = '09:00'

const DAY_MS = 24 * 3_600_000

/**
 * From this age on, once somebody takes care of it, or if it is only quiet, an incident is recalled
 * once a week.
 */
const OLD_MS = 14 * DAY_MS

type SummaryOptions = {
  hearers: readonly Hearer[]
  channels: Channels
  look: LookedAt
  teller: Teller
  memory: MemberMemory
}

/**
 * Sums up what is still open for those whose time of day it is: every day for a daily summary, else
 * only if there is something to be reminded of.
 */
export async function sumUp(
  tx: Database,
  { hearers, channels, look: { row }, teller, memory }: SummaryOptions,
) {
  const due = hearers.flatMap((hearer) => {
    // a browser shows news; what is still open comes by mail
    if (hearer.route === 'push') return []
    const { zone, digestAt, summedUpAt } = hearer
    const at = lastTimeAt(row.startedAt, { zone, time: digestAt ?? REMINDED_AT })
    return summedUpAt !== null && summedUpAt >= at ? [] : [{ hearer, at }]
  })
  if (due.length === 0) return
  const open = await loadOpen(tx, memory, row.id)
  const counts = due.some(({ hearer }) => hearer.digestAt !== null) ? await countStates(tx) : []
  for (const { hearer, at } of due) {
    // somebody who asked a minute ago waits for the next time
    if (hearer.summedUpAt !== null) {
      const isDaily = hearer.digestAt !== null
      const told = isDaily ? open : open.filter((incident) => isRecalled(incident, at))
      await teller.summary(hearer, at, {
        incidents: told,
        ...(isDaily && { counts: countsAt(counts, (businessId) => maySee(hearer, businessId)) }),
      })
    }
    await noteSummary(hearer, row.startedAt)
  }

  async function noteSummary({ route, recipient }: Hearer, at: Date) {
    if (route !== 'email') return channels.noteSummary(tx, recipient, at)
    const isTheirs = eq(recipients.account, recipient)
    await tx.update(recipients).set({ summedUpAt: at }).where(isTheirs)
    return undefined
  }
}

/** Every day at first, later on a day of the week. */
function isRecalled(incident: StoredIncident, at: Date): boolean {
  const { kind, openedAt, mutedUntil, acknowledgedAt, wasFound } = incident
  const age = at.getTime() - openedAt.getTime()
  if (age <= 0 || (mutedUntil !== null && mutedUntil > at)) return false
  const isWeekly = age > OLD_MS || acknowledgedAt !== null || wasFound || kind === 'quiet'
  return !isWeekly || Math.floor(age / DAY_MS) % 7 === 6
}
