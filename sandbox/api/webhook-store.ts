import { randomUUID } from 'node:crypto'
import { and, count, eq, getTableColumns } from 'drizzle-orm'

import type { Database } from '#platform/db/database.ts'
import { reaches, within, type Caller } from '#sandbox/access/caller.ts'
import { businesses, webhooks, type WebhookRow } from '#sandbox/db/tables.ts'
import { buryWaiting, parkWaiting } from '#sandbox/delivery/waiting.ts'
import type { Listing, ListQuery } from '#sandbox/wire/list-query.ts'
import { baseFields } from '#sandbox/wire/wire-record.ts'

import type { WebhookDraft } from './webhook-input.ts'

/** A list row: the record without its description. */
export type WebhookListRow = Omit<WebhookRow, 'description'>

const { description: _description, ...rowColumns } = getTableColumns(webhooks)

export const webhookListing: Listing = {
  id: webhooks.id,
  columns: {
    Id: webhooks.id,
    BusinessId: webhooks.businessId,
    Name: webhooks.name,
    Action: webhooks.action,
    Description: webhooks.description,
    URL: webhooks.url,
    Active: webhooks.active,
    LastError: webhooks.lastError,
    ErrorCount: webhooks.errorCount,
    LastTrigger: webhooks.lastTrigger,
    CreatedOn: webhooks.createdOn,
    UpdatedOn: webhooks.updatedOn,
    UpdatedBy: webhooks.updatedBy,
    UniqueId: webhooks.uniqueId,
    SystemId: webhooks.systemId,
    ToStringText: webhooks.name,
  },
  filters: {
    Id: { column: webhooks.id, kind: 'ids' },
    UniqueId: { column: webhooks.uniqueId, kind: 'exact' },
    WebHook_Business: { column: webhooks.businessId, kind: 'int' },
    WebHook_Name: { column: webhooks.name, kind: 'text' },
    WebHook_Action: { column: webhooks.action, kind: 'int' },
    WebHook_Description: { column: webhooks.description, kind: 'text' },
    WebHook_URL: { column: webhooks.url, kind: 'text' },
    WebHook_Active: { column: webhooks.active, kind: 'bool' },
    WebHook_LastError: { column: webhooks.lastError, kind: 'text' },
    WebHook_ErrorCount: { column: webhooks.errorCount, kind: 'int' },
    WebHook_LastTrigger: { column: webhooks.lastTrigger, kind: 'text' },
    WebHook_SystemId: { column: webhooks.systemId, kind: 'text' },
    from_WebHook_ErrorCount: { column: webhooks.errorCount, kind: 'fromInt' },
    to_WebHook_ErrorCount: { column: webhooks.errorCount, kind: 'toInt' },
    from_WebHook_LastTrigger: { column: webhooks.lastTrigger, kind: 'fromTime' },
    to_WebHook_LastTrigger: { column: webhooks.lastTrigger, kind: 'toTime' },
    from_WebHook_CreatedOn: { column: webhooks.createdOn, kind: 'fromTime' },
    to_WebHook_CreatedOn: { column: webhooks.createdOn, kind: 'toTime' },
    from_WebHook_UpdatedOn: { column: webhooks.updatedOn, kind: 'fromTime' },
    to_WebHook_UpdatedOn: { column: webhooks.updatedOn, kind: 'toTime' },
  },
}

/** One page of the webhooks that the caller can reach, and their total. */
export async function listWebhooks(db: Database, query: ListQuery, caller: Caller) {
  const where = and(query.where, within(caller, webhooks.businessId))
  const [totals] = await db.select({ total: count() }).from(webhooks).where(where)
  const rows = await db
    .select(rowColumns)
    .from(webhooks)
    .where(where)
    .orderBy(...query.orderBy)
    .limit(query.size)
    .offset(query.offset)
  return { total: totals?.total ?? 0, rows }
}

/** The webhook; a location outside the caller's reach counts as if the webhook did not exist. */
export async function findWebhook(
  db: Database,
  id: number | undefined,
  caller: Caller,
): Promise<WebhookRow | undefined> {
  if (id === undefined) return undefined
  const [row] = await db.select().from(webhooks).where(eq(webhooks.id, id))
  return row && reaches(caller, row.businessId) ? row : undefined
}

type Stamp = { at: string; by: string }

export async function insertWebhook(
  db: Database,
  draft: WebhookDraft,
  { at, by }: Stamp,
): Promise<WebhookRow> {
  const [row] = await db
    .insert(webhooks)
    .values({ ...draft, uniqueId: randomUUID(), createdOn: at, updatedOn: at, updatedBy: by })
    .returning()
  if (!row) throw new Error('An insert returned no row')
  return row
}

type Replacement = Stamp & { resetsErrors: boolean }

/**
 * Replaces the writable fields; leaves the last error and the last trigger unchanged. Switching on
 * resets the count of failures, and lets one delivery through before the rest; switching off parks
 * waiting deliveries.
 */
export function replaceWebhook(
  db: Database,
  id: number,
  draft: WebhookDraft,
  { at, by, resetsErrors }: Replacement,
) {
  return db.transaction(async (tx) => {
    const [before] = await tx.select().from(webhooks).where(eq(webhooks.id, id)).for('update')
    const isSwitchedOn = draft.active && before?.active === false
    await tx
      .update(webhooks)
      .set({
        ...draft,
        updatedOn: at,
        updatedBy: by,
        ...(isSwitchedOn && { isOnTrial: true }),
        ...(isSwitchedOn && resetsErrors && { errorCount: 0 }),
      })
      .where(eq(webhooks.id, id))
    if (!draft.active) await parkWaiting(tx, [id])
  })
}

/** False if there was nothing to delete: of two deletions at once, only one succeeds. */
export function deleteWebhook(db: Database, id: number, now: Date): Promise<boolean> {
  return db.transaction(async (tx) => {
    const deleted = await tx
      .delete(webhooks)
      .where(eq(webhooks.id, id))
      .returning({ id: webhooks.id })
    if (deleted.length > 0) await buryWaiting(tx, id, now)
    return deleted.length > 0
  })
}

export async function isBusiness(db: Database, id: number): Promise<boolean> {
  const found = await db.select({ id: businesses.id }).from(businesses).where(eq(businesses.id, id))
  return found.length > 0
}

/** The record on the wire, with its properties in the documented order. */
export function webhookRecord(row: WebhookRow) {
  return { ...headOf(row), Description: row.description, ...tailOf(row) }
}

export function webhookListRecord(row: WebhookListRow, description: 'absent' | 'null') {
  const Description = description === 'null' ? { Description: null } : {}
  return { ...headOf(row), ...Description, ...tailOf(row) }
}

const headOf = (row: WebhookListRow) => ({
  BusinessId: row.businessId,
  Name: row.name,
  Action: row.action,
})

const tailOf = (row: WebhookListRow) => ({
  URL: row.url,
  Active: row.active,
  LastError: row.lastError,
  ErrorCount: row.errorCount,
  LastTrigger: row.lastTrigger,
  ...baseFields(row, row.name),
})
