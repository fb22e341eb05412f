import { randomInt } from 'node:crypto'
import { parse, stringify } from 'lossless-json'
import { and, desc, eq, inArray } from 'drizzle-orm'

import { escapeNonAscii } from '#contract/nexudus/signature.ts'
import {
  entityOf,
  isPossible,
  isRemoval,
  sampleRecord,
  type DeliveredRecord,
} from '#contract/payloads/payload.ts'
import type { Database } from '#platform/db/database.ts'
import { deliveries, events, webhooks, type BusinessRow } from '#sandbox/db/tables.ts'
import { businessRecord } from '#sandbox/records/business.ts'
import { wireTime } from '#sandbox/wire/wire-time.ts'

/** An occurrence at a location. */
export type Happening = {
  business: BusinessRow
  action: number
  /** The record to send; made up if absent. */
  record?: DeliveredRecord | undefined
}

type RaiseOptions = {
  now: Date
  /** Lets a webhook of the root location fire for the locations below it, too. */
  rootCovers: boolean
}

export type Raised = { eventId: number; deliveries: { id: number; webhookId: number }[] }

// enough events to find a record that still exists, few enough to read at once
const LOOK_BACK = 40

/**
 * Records an event, and a delivery for each active webhook that waits for it, in one transaction:
 * once this has resolved, nothing of it can be lost.
 */
export async function raiseEvent(
  db: Database,
  { business, action, record }: Happening,
  { now, rootCovers }: RaiseOptions,
): Promise<Raised> {
  const sent = record ?? (await makeUp(db, business, action, now))
  const id = Number(sent.Id)
  const recordId = Number.isSafeInteger(id) ? id : null
  const places = [business.id]
  if (rootCovers && business.rootLocationId !== null) places.push(business.rootLocationId)

  return db.transaction(async (tx) => {
    const [event] = await tx
      .insert(events)
      .values({
        businessId: business.id,
        action,
        entity: entityOf(action)?.name ?? '',
        recordId,
        // numbers of any size are sent unchanged
        body: escapeNonAscii(stringify([sent]) ?? '[]'),
        at: now,
      })
      .returning({ id: events.id })
    if (!event) throw new Error('An insert returned no row')

    const listening = await tx
      .select({ id: webhooks.id })
      .from(webhooks)
      .where(
        and(
          inArray(webhooks.businessId, places),
          eq(webhooks.action, action),
          eq(webhooks.active, true),
        ),
      )
      // locked against a pause at this moment, which must park this new delivery, too
      .for('share')
    if (listening.length === 0) return { eventId: event.id, deliveries: [] }

    const made = await tx
      .insert(deliveries)
      .values(
        listening.map(({ id }) => ({
          eventId: event.id,
          webhookId: id,
          state: 'queued' as const,
          nextAttemptAt: now,
        })),
      )
      .returning({ id: deliveries.id, webhookId: deliveries.webhookId })
    return { eventId: event.id, deliveries: made }
  })
}

/** For an update or a removal: a record from an earlier event, at a later time. */
async function makeUp(
  db: Database,
  business: BusinessRow,
  action: number,
  now: Date,
): Promise<DeliveredRecord> {
  const scene = {
    location: { id: business.id, name: business.toStringText, currency: business.currencyCode },
    at: now,
    seed: randomInt(2 ** 31),
  }
  // the location exists in the database, so its record is not made up
  if (entityOf(action)?.name === 'Business')
    return businessRecord({ ...business, updatedOn: wireTime(now) })
  const previous = isBirth(action) ? undefined : await lastRecord(db, business.id, action)
  const record = sampleRecord(action, scene, previous)
  // an unknown action has no known entity
  return record ?? { Id: scene.seed, BusinessId: business.id, ToStringText: `Action ${action}` }
}

const isBirth = (action: number) => BIRTHS.has(action)

/** Actions that create a record. */
const BIRTHS = new Set([
  3, 4, 6, 15, 16, 20, 25, 28, 30, 31, 39, 40, 42, 45, 46, 47, 51, 52, 54, 57, 62, 65, 68, 71, 74,
  78, 81, 85, 88,
])

async function lastRecord(db: Database, businessId: number, action: number) {
  const entity = entityOf(action)?.name ?? ''
  const told = await db
    .select({ action: events.action, recordId: events.recordId, body: events.body })
    .from(events)
    .where(and(eq(events.businessId, businessId), eq(events.entity, entity)))
    .orderBy(desc(events.id))
    .limit(LOOK_BACK)
  const gone = new Set(
    told.filter((event) => isRemoval(event.action)).map((event) => event.recordId),
  )
  for (const { recordId, body } of told) {
    if (recordId === null || gone.has(recordId)) continue
    // later events come first, and decide the record's present state
    gone.add(recordId)
    const record = recordIn(body)
    if (record && isPossible(action, record)) return record
  }
  return undefined
}

function recordIn(body: string): DeliveredRecord | undefined {
  const records: unknown = parse(body)
  const record: unknown = Array.isArray(records) ? records[0] : undefined
  return typeof record === 'object' && record !== null ? { ...record } : undefined
}
