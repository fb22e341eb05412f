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

/** Something that happened at a location. */
export type Happening = {
  business: BusinessRow
  action: number
  /** The record to send; one is made up without it. */
  record?: DeliveredRecord | undefined
}

type RaiseOptions = {
  now: Date
  /** A webhook of the root location fires for the locations below it, too. */
  rootCovers: boolean
}

export type Raised = { eventId: number; deliveries: { id: number; webhookId: number }[] }

// enough to find a record that is still there, little enough to look through at once
const LOOK_BACK = 40

/**
 * Writes down that something happened, and a delivery for each active webhook that wants to know,
 * in one transaction: once this has answered, nothing of it can be lost.
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
        // a number of any size leaves as it came
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
      // locked against a pause at this moment: its waiting deliveries are parked, this one among them
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

/** Of an update or a removal, a record that an earlier event told of, later in its life. */
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
  // the location is there, whole, and need not be made up
  if (entityOf(action)?.name === 'Business')
    return businessRecord({ ...business, updatedOn: wireTime(now) })
  const previous = isBirth(action) ? undefined : await lastRecord(db, business.id, action)
  const record = sampleRecord(action, scene, previous)
  // an action that is not in the catalogue has no entity we know of
  return record ?? { Id: scene.seed, BusinessId: business.id, ToStringText: `Action ${action}` }
}

const isBirth = (action: number) => BIRTHS.has(action)

/** Actions that tell of a record for the first time. */
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
    // later news of a record come first, and settle what it is by now
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
