import { and, desc, eq, gt, inArray, isNull, lt, notExists, sql, type SQL } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import * as z from 'zod/mini'

import { isOwnKind } from '#contract/desk/history.ts'
import type { Facts, Moment, Silence } from '#contract/nexudus/health.ts'
import { webhookRowSchema } from '#contract/nexudus/webhook.ts'
import type { Database } from '#platform/db/database.ts'
import { changes, isReaddress, isSwitch, recounts } from '#server/db/tables.ts'
import type { Reach } from '#server/nexudus/in-reach.ts'

import { within } from './history.ts'
import type { Reading } from './sighting.ts'

export type FactStore = ReturnType<typeof createFacts>

/** The evidence of webhooks that are quiet, at locations in reach. */
export type ListSilences = (
  reach: Reach,
  webhookId?: number,
) => Promise<ReadonlyMap<number, Silence>>

type LastChange = { change: typeof changes.$inferSelect; recountedAt: Date | null }

const countsSchema = z.pick(webhookRowSchema, { ErrorCount: true, LastTrigger: true })
const switchSchema = z.pick(webhookRowSchema, { Active: true })

/** Facts from the history about webhooks that still exist. */
export function createFacts(
  db: Database,
  now: () => Date,
  listSilences: ListSilences = () => Promise.resolve(new Map()),
) {
  const last = (kind: SQL, ofThese: SQL | undefined) =>
    db
      .selectDistinctOn([changes.webhookId], { id: changes.id })
      .from(changes)
      .where(and(sql`(${kind})`, ofThese))
      .orderBy(changes.webhookId, desc(changes.id))

  /**
   * The last change of this kind for each webhook, if it is in reach: an earlier change would no
   * longer be true.
   */
  const lastInReach = (kind: SQL, reach: Reach, ofThese: SQL | undefined): Promise<LastChange[]> =>
    db
      .select({ change: changes, recountedAt: recounts.at })
      .from(changes)
      .leftJoin(recounts, eq(recounts.changeId, changes.id))
      .where(and(inArray(changes.id, last(kind, ofThese)), within(reach), isStillThere(db)))

  async function list(reach: Reach, webhookId?: number): Promise<Map<number, Facts>> {
    const ofThese = webhookId === undefined ? undefined : eq(changes.webhookId, webhookId)
    const [switches, readdresses, silences] = await Promise.all([
      lastInReach(isSwitch, reach, ofThese),
      lastInReach(isReaddress, reach, ofThese),
      listSilences(reach, webhookId),
    ])
    const facts = new Map<number, Facts>()
    for (const row of switches) {
      const { kind, after, webhookId: id } = row.change
      const { Active } = z.parse(switchSchema, after ?? {})
      // the change left an unreadable value, so the record tells nothing either
      if (Active === null) continue
      const how = { isOn: Active, isNew: kind === 'create' }
      // created switched on, like most webhooks
      if (how.isOn && how.isNew) continue
      facts.set(id, { switched: { ...momentOf(row), ...how } })
    }
    for (const row of readdresses) {
      const { webhookId: id } = row.change
      facts.set(id, { ...facts.get(id), readdressed: momentOf(row) })
    }
    for (const [id, silent] of silences) facts.set(id, { ...facts.get(id), silent })
    return facts
  }

  return {
    list,

    async find(reach: Reach, webhookId: number): Promise<Facts> {
      return (await list(reach, webhookId)).get(webhookId) ?? {}
    },

    /** Notes webhooks with fewer failures than at their last change: their count was reset. */
    async noteRecounts(readings: readonly Reading[]) {
      const counts = new Map(readings.map(({ id, record }) => [id, countedIn(record)]))
      const [first] = readings
      if (!first) return
      const ofThese = inArray(changes.webhookId, [...counts.keys()])
      const found = await Promise.all(
        [isSwitch, isReaddress].map((kind) =>
          db
            .select({ id: changes.id, webhookId: changes.webhookId, after: changes.after })
            .from(changes)
            .leftJoin(recounts, eq(recounts.changeId, changes.id))
            .where(
              and(
                inArray(changes.id, last(kind, ofThese)),
                isNull(recounts.changeId),
                // a reading that began before the change says nothing about it
                lt(changes.at, first.startedAt),
              ),
            ),
        ),
      )
      const recounted = found.flat().filter(({ webhookId, after }) => {
        const [then, since] = [countedIn(after ?? {}), counts.get(webhookId)]
        return then != null && since != null && since < then
      })
      if (recounted.length === 0) return
      const rows = recounted.map(({ id: changeId }) => ({ changeId, at: now() }))
      await db.insert(recounts).values(rows).onConflictDoNothing()
    },
  }
}

const countedIn = (record: Readonly<Record<string, unknown>>) =>
  z.parse(countsSchema, record).ErrorCount

function isStillThere(db: Database): SQL {
  const later = alias(changes, 'later')
  return notExists(
    db
      .select({ id: later.id })
      .from(later)
      .where(
        and(
          eq(later.webhookId, changes.webhookId),
          gt(later.id, changes.id),
          inArray(later.kind, ['delete', 'outside-delete']),
        ),
      ),
  )
}

function momentOf({ change, recountedAt }: LastChange): Moment {
  const { at, by, kind, after } = change
  const { ErrorCount, LastTrigger } = z.parse(countsSchema, after ?? {})
  return {
    at: at.toISOString(),
    by: by || null,
    isElsewhere: !isOwnKind(kind),
    // an unread count is taken as 0: every failure counted by now may be newer
    errorCount: ErrorCount ?? 0,
    lastTrigger: LastTrigger,
    isRecounted: recountedAt !== null,
  }
}
