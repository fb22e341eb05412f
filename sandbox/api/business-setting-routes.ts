import { randomUUID } from 'node:crypto'
import { and, count, eq } from 'drizzle-orm'
import { Hono } from 'hono'

import type { Database } from '#platform/db/database.ts'
import { reaches, within, type Admit, type Caller } from '#sandbox/access/caller.ts'
import { businessSettings, type BusinessSettingRow } from '#sandbox/db/tables.ts'
import { findBusiness } from '#sandbox/records/business.ts'
import {
  readBusinessId,
  readId,
  readRequiredText,
  readText,
  readWhole,
  type Body,
  type BusinessRules,
} from '#sandbox/wire/body-fields.ts'
import { done } from '#sandbox/wire/command-envelope.ts'
import { NotFound } from '#sandbox/wire/errors.ts'
import { readJsonObject } from '#sandbox/wire/json-body.ts'
import { listEnvelope, readListQuery, type Listing } from '#sandbox/wire/list-query.ts'
import { idOf, methodNotAllowed, missing } from '#sandbox/wire/routing.ts'
import { readSwitches, type Switches } from '#sandbox/wire/switches.ts'
import { baseFields } from '#sandbox/wire/wire-record.ts'
import { wireTime } from '#sandbox/wire/wire-time.ts'

const settingListing: Listing = {
  id: businessSettings.id,
  columns: {
    Id: businessSettings.id,
    BusinessId: businessSettings.businessId,
    Name: businessSettings.name,
    Value: businessSettings.value,
    CreatedOn: businessSettings.createdOn,
    UpdatedOn: businessSettings.updatedOn,
    UniqueId: businessSettings.uniqueId,
    SystemId: businessSettings.systemId,
  },
  filters: {
    Id: { column: businessSettings.id, kind: 'ids' },
    UniqueId: { column: businessSettings.uniqueId, kind: 'exact' },
    BusinessSetting_Business: { column: businessSettings.businessId, kind: 'int' },
    BusinessSetting_Name: { column: businessSettings.name, kind: 'text' },
    BusinessSetting_Value: { column: businessSettings.value, kind: 'text' },
    from_BusinessSetting_CreatedOn: { column: businessSettings.createdOn, kind: 'fromTime' },
    to_BusinessSetting_CreatedOn: { column: businessSettings.createdOn, kind: 'toTime' },
    from_BusinessSetting_UpdatedOn: { column: businessSettings.updatedOn, kind: 'fromTime' },
    to_BusinessSetting_UpdatedOn: { column: businessSettings.updatedOn, kind: 'toTime' },
  },
}

/**
 * `/api/sys/businesssettings`. Documented: names and values, strings of a location, can be listed,
 * read, created, updated and deleted. The rest follows every other entity: roles, filters,
 * envelopes, and that the location and the name are required. The sandbox seeds no setting: the
 * published list of names has none about webhooks, their shared secret included, and no values are
 * known.
 */
export function businessSettingRoutes(db: Database, admit: Admit, now: () => Date) {
  const rulesOf = (caller: Caller, { refusalNames }: Switches): BusinessRules => ({
    businessProperty: refusalNames,
    isUsableBusiness: async (id) =>
      reaches(caller, id) && (await findBusiness(db, id)) !== undefined,
  })

  return new Hono()
    .get('/', async (c) => {
      const caller = await admit(c.req.raw, 'BusinessSetting-List')
      const query = readListQuery(c.req.url, settingListing, await readSwitches(db))
      const where = and(query.where, within(caller, businessSettings.businessId))
      const [totals] = await db.select({ total: count() }).from(businessSettings).where(where)
      const rows = await db
        .select()
        .from(businessSettings)
        .where(where)
        .orderBy(...query.orderBy)
        .limit(query.size)
        .offset(query.offset)
      return c.json(listEnvelope(query, totals?.total ?? 0, rows.map(settingRecord)))
    })
    .post(async (c) => {
      const caller = await admit(c.req.raw, 'BusinessSetting-Create')
      const body = await readJsonObject(c)
      const switches = await readSwitches(db)
      const draft = await readSettingDraft(body, rulesOf(caller, switches))

      const stamp = { at: wireTime(now()), by: caller.user.email }
      const row = await insertSetting(db, { ...draft, ...rowStamp(stamp), createdOn: stamp.at })
      const value = switches.createAnswer === 'record' ? settingRecord(row) : { Id: row.id }
      return c.json(done({ message: 'BusinessSetting was successfully created.', value, ...stamp }))
    })
    .put(async (c) => {
      const caller = await admit(c.req.raw, 'BusinessSetting-Edit')
      const body = await readJsonObject(c)
      const switches = await readSwitches(db)
      const before = await findSetting(db, readId(body), caller)
      if (!before) throw missing(switches)

      const draft = await readSettingDraft(body, rulesOf(caller, switches))
      const stamp = { at: wireTime(now()), by: caller.user.email }
      const is = eq(businessSettings.id, before.id)
      await db
        .update(businessSettings)
        .set({ ...draft, ...rowStamp(stamp) })
        .where(is)
      const value = { Id: before.id }
      return c.json(done({ message: 'BusinessSetting was successfully updated.', value, ...stamp }))
    })
    .all(methodNotAllowed)

    .get('/:id', async (c) => {
      const caller = await admit(c.req.raw, 'BusinessSetting-Read')
      const row = await findSetting(db, idOf(c.req.param('id')), caller)
      if (!row) throw missing(await readSwitches(db))
      return c.json(settingRecord(row))
    })
    .delete(async (c) => {
      const caller = await admit(c.req.raw, 'BusinessSetting-Delete')
      const row = await findSetting(db, idOf(c.req.param('id')), caller)
      if (!row || !(await deleteSetting(db, row.id))) throw new NotFound()
      const stamp = { at: wireTime(now()), by: caller.user.email }
      return c.json(
        done({ message: 'The record was deleted successfully.', value: null, ...stamp }),
      )
    })
    .all(methodNotAllowed)
}

const readSettingDraft = (body: Body, rules: BusinessRules) =>
  readWhole(async (refuse) => ({
    businessId: await readBusinessId(body, rules, refuse),
    name: readRequiredText(body, 'Name', refuse),
    value: readText(body, 'Value', refuse),
    systemId: readText(body, 'SystemId', refuse),
  }))

const rowStamp = ({ at, by }: { at: string; by: string }) => ({ updatedOn: at, updatedBy: by })

/** The setting; a location outside the caller's reach counts as if the setting did not exist. */
async function findSetting(
  db: Database,
  id: number | undefined,
  caller: Caller,
): Promise<BusinessSettingRow | undefined> {
  if (id === undefined) return undefined
  const [row] = await db.select().from(businessSettings).where(eq(businessSettings.id, id))
  return row && reaches(caller, row.businessId) ? row : undefined
}

type NewSetting = Omit<BusinessSettingRow, 'id' | 'uniqueId'>

async function insertSetting(db: Database, setting: NewSetting): Promise<BusinessSettingRow> {
  const values = { ...setting, uniqueId: randomUUID() }
  const [row] = await db.insert(businessSettings).values(values).returning()
  if (!row) throw new Error('An insert returned no row')
  return row
}

/** False if there was nothing to delete: of two deletions at once, only one succeeds. */
async function deleteSetting(db: Database, id: number): Promise<boolean> {
  const is = eq(businessSettings.id, id)
  const deleted = await db.delete(businessSettings).where(is).returning({ id: businessSettings.id })
  return deleted.length > 0
}

const settingRecord = (row: BusinessSettingRow) => ({
  BusinessId: row.businessId,
  Name: row.name,
  Value: row.value,
  ...baseFields(row, row.name),
})
