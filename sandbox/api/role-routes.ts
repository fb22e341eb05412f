import { count } from 'drizzle-orm'
import { Hono } from 'hono'

import type { Database } from '#platform/db/database.ts'
import type { Admit } from '#sandbox/access/caller.ts'
import { roles } from '#sandbox/db/tables.ts'
import { listEnvelope, readListQuery, type Listing } from '#sandbox/wire/list-query.ts'
import { methodNotAllowed } from '#sandbox/wire/routing.ts'
import { readSwitches } from '#sandbox/wire/switches.ts'
import { baseFields } from '#sandbox/wire/wire-record.ts'

const roleListing: Listing = {
  id: roles.id,
  columns: { Id: roles.id, Name: roles.name, UniqueId: roles.uniqueId },
  filters: {
    Id: { column: roles.id, kind: 'ids' },
    Role_Name: { column: roles.name, kind: 'text' },
  },
}

/** The catalogue of roles; roles belong to no location, so everyone sees all of them. */
export function roleRoutes(db: Database, admit: Admit) {
  return new Hono()
    .get('/', async (c) => {
      await admit(c.req.raw, 'Role-List')
      const query = readListQuery(c.req.url, roleListing, await readSwitches(db))
      const [totals] = await db.select({ total: count() }).from(roles).where(query.where)
      const rows = await db
        .select()
        .from(roles)
        .where(query.where)
        .orderBy(...query.orderBy)
        .limit(query.size)
        .offset(query.offset)
      const records = rows.map((row) => ({ Name: row.name, ...baseFields(row, row.name) }))
      return c.json(listEnvelope(query, totals?.total ?? 0, records))
    })
    .all(methodNotAllowed)
}
