import { and, count, eq, sql } from 'drizzle-orm'
import { Hono } from 'hono'

import type { Database } from '#platform/db/database.ts'
import { reaches, within, type Admit } from '#sandbox/access/caller.ts'
import { businesses, type BusinessRow } from '#sandbox/db/tables.ts'
import { businessRecord, findBusiness } from '#sandbox/records/business.ts'
import { readId } from '#sandbox/wire/body-fields.ts'
import { done } from '#sandbox/wire/command-envelope.ts'
import { readJsonObject } from '#sandbox/wire/json-body.ts'
import { listEnvelope, paramsOf, readListQuery, type Listing } from '#sandbox/wire/list-query.ts'
import { idOf, methodNotAllowed, missing } from '#sandbox/wire/routing.ts'
import { readSwitches } from '#sandbox/wire/switches.ts'
import { wireTime } from '#sandbox/wire/wire-time.ts'

import { readBusinessDraft } from './business-input.ts'

/** The domain after the slug of a location's portal. */
const PORTAL_DOMAIN = '.spaces.nexudus.com'

const businessListing: Listing = {
  id: businesses.id,
  columns: {
    Id: businesses.id,
    Name: businesses.name,
    WebAddress: businesses.webAddress,
    RootLocationId: businesses.rootLocationId,
    CurrencyCode: businesses.currencyCode,
    CountryName: businesses.countryName,
    TownCity: businesses.townCity,
    Suspended: businesses.suspended,
    PassportOnly: businesses.passportOnly,
    CreatedOn: businesses.createdOn,
    UpdatedOn: businesses.updatedOn,
    UniqueId: businesses.uniqueId,
    SystemId: businesses.systemId,
    ToStringText: businesses.toStringText,
  },
  filters: {
    Id: { column: businesses.id, kind: 'ids' },
    UniqueId: { column: businesses.uniqueId, kind: 'exact' },
    Business_Name: { column: businesses.name, kind: 'text' },
    Business_WebAddress: { column: businesses.webAddress, kind: 'text' },
    Business_RootLocation: { column: businesses.rootLocationId, kind: 'int' },
    Business_CurrencyCode: { column: businesses.currencyCode, kind: 'text' },
    Business_CountryName: { column: businesses.countryName, kind: 'text' },
    Business_TownCity: { column: businesses.townCity, kind: 'text' },
    Business_Suspended: { column: businesses.suspended, kind: 'bool' },
    Business_PassportOnly: { column: businesses.passportOnly, kind: 'bool' },
    Business_SystemId: { column: businesses.systemId, kind: 'text' },
    from_Business_CreatedOn: { column: businesses.createdOn, kind: 'fromTime' },
    to_Business_CreatedOn: { column: businesses.createdOn, kind: 'toTime' },
    from_Business_UpdatedOn: { column: businesses.updatedOn, kind: 'fromTime' },
    to_Business_UpdatedOn: { column: businesses.updatedOn, kind: 'toTime' },
  },
}

/** `/api/sys/businesses`: the API can neither create nor remove locations. */
export function businessRoutes(db: Database, admit: Admit, now: () => Date) {
  return new Hono()
    .get('/', async (c) => {
      const caller = await admit(c.req.raw, 'Business-List')
      const query = readListQuery(c.req.url, businessListing, await readSwitches(db))
      const where = and(query.where, within(caller, businesses.id))
      const [totals] = await db.select({ total: count() }).from(businesses).where(where)
      const rows = await db
        .select()
        .from(businesses)
        .where(where)
        .orderBy(...query.orderBy)
        .limit(query.size)
        .offset(query.offset)
      return c.json(listEnvelope(query, totals?.total ?? 0, rows.map(businessRecord)))
    })
    .put(async (c) => {
      const caller = await admit(c.req.raw, 'Business-Edit')
      const body = await readJsonObject(c)
      const id = readId(body)
      const before = reaches(caller, id) ? await findBusiness(db, id) : undefined
      if (!before) throw missing(await readSwitches(db))

      const draft = await readBusinessDraft(body, before)
      const stamp = { at: wireTime(now()), by: caller.user.email }
      await db
        .update(businesses)
        .set({ ...draft, updatedOn: stamp.at, updatedBy: stamp.by })
        .where(eq(businesses.id, id))
      const value = { Id: id }
      return c.json(done({ message: 'Business was successfully updated.', value, ...stamp }))
    })
    .all(methodNotAllowed)
    .get('/getbyhost', async (c) => {
      const [host = ''] = paramsOf(c.req.url).get('host') ?? []
      const row = await findByHost(db, host)
      if (!row) throw missing(await readSwitches(db))
      return c.json({ Id: row.id, WebAddress: `${row.webAddress}${PORTAL_DOMAIN}` })
    })
    .all(methodNotAllowed)
    .get('/:id', async (c) => {
      const caller = await admit(c.req.raw, 'Business-Read')
      const id = idOf(c.req.param('id'))
      const row = id === undefined ? undefined : await findBusiness(db, id)
      if (!row || !reaches(caller, row.id)) throw missing(await readSwitches(db))
      return c.json(businessRecord(row))
    })
    .all(methodNotAllowed)
}

/**
 * Finds the location whose portal answers under this slug. No sign-in is needed, and the observed
 * answer held only these two properties; the answer for an unknown host is not known.
 */
async function findByHost(db: Database, host: string): Promise<BusinessRow | undefined> {
  const isHost = sql`lower(${businesses.webAddress}) = ${host.trim().toLowerCase()}`
  const [row] = await db.select().from(businesses).where(isHost).orderBy(businesses.id).limit(1)
  return row
}
