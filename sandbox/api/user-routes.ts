import { and, count, eq, or, sql } from 'drizzle-orm'
import { Hono } from 'hono'

import type { Database } from '#platform/db/database.ts'
import { reaches, within, type Admit } from '#sandbox/access/caller.ts'
import { userRoles, users, type UserRow } from '#sandbox/db/tables.ts'
import { findBusiness } from '#sandbox/records/business.ts'
import { timeZoneOf } from '#sandbox/records/time-zones.ts'
import { listEnvelope, readListQuery, type Listing } from '#sandbox/wire/list-query.ts'
import { idOf, methodNotAllowed, missing } from '#sandbox/wire/routing.ts'
import { readSwitches } from '#sandbox/wire/switches.ts'
import { baseFields } from '#sandbox/wire/wire-record.ts'

/** `/api/auth/me`: the person who is signed in, with or without a role. */
export function meRoute(db: Database, admit: Admit) {
  return new Hono()
    .get('/', async (c) => {
      const { user } = await admit(c.req.raw)
      return c.json(await userRecord(db, user))
    })
    .all(methodNotAllowed)
}

/**
 * The filter by e-mail address is documented; the others are those of every list. Which sensitive
 * properties a list row carries is not known, so it has all of them.
 */
const userListing: Listing = {
  id: users.id,
  columns: {
    Id: users.id,
    FullName: users.fullName,
    Email: users.email,
    CreatedOn: users.createdOn,
    UpdatedOn: users.updatedOn,
    UniqueId: users.uniqueId,
  },
  filters: {
    Id: { column: users.id, kind: 'ids' },
    UniqueId: { column: users.uniqueId, kind: 'exact' },
    User_Email: { column: users.email, kind: 'text' },
    from_User_CreatedOn: { column: users.createdOn, kind: 'fromTime' },
    to_User_CreatedOn: { column: users.createdOn, kind: 'toTime' },
    from_User_UpdatedOn: { column: users.updatedOn, kind: 'fromTime' },
    to_User_UpdatedOn: { column: users.updatedOn, kind: 'toTime' },
  },
}

/** `/api/sys/users`, read-only; Hookdesk needs no more of it. */
export function userRoutes(db: Database, admit: Admit) {
  return new Hono()
    .get('/', async (c) => {
      const caller = await admit(c.req.raw, 'User-List')
      const query = readListQuery(c.req.url, userListing, await readSwitches(db))
      // undocumented: whom a limited account sees; here, as for single reads, the users of its
      // locations
      const reachable = within(caller, users.defaultBusinessId)
      const isVisible = reachable && or(eq(users.id, caller.user.id), reachable)
      const where = and(query.where, isVisible)
      const [totals] = await db.select({ total: count() }).from(users).where(where)
      const rows = await db
        .select()
        .from(users)
        .where(where)
        .orderBy(...query.orderBy)
        .limit(query.size)
        .offset(query.offset)
      const records = await Promise.all(rows.map((user) => userListRecord(db, user)))
      return c.json(listEnvelope(query, totals?.total ?? 0, records))
    })
    .all(methodNotAllowed)
    .get('/:id', async (c) => {
      const caller = await admit(c.req.raw, 'User-Read')
      const id = idOf(c.req.param('id'))
      const [user] = id === undefined ? [] : await db.select().from(users).where(eq(users.id, id))
      const isOwn = user?.id === caller.user.id
      if (!user || !(isOwn || reaches(caller, user.defaultBusinessId))) {
        throw missing(await readSwitches(db))
      }
      return c.json(await userRecord(db, user))
    })
    .all(methodNotAllowed)
}

export function userRoleRoutes(db: Database, admit: Admit) {
  return new Hono()
    .get('/:id', async (c) => {
      const caller = await admit(c.req.raw, 'UserRole-Read')
      const id = idOf(c.req.param('id'))
      const [row] =
        id === undefined ? [] : await db.select().from(userRoles).where(eq(userRoles.id, id))
      if (!row || !reaches(caller, row.businessId)) throw missing(await readSwitches(db))

      const business = await findBusiness(db, row.businessId)
      const holders = await db
        .select({ id: users.id })
        .from(users)
        .where(sql`${users.userRoles} @> ${JSON.stringify([row.id])}::jsonb`)
        .orderBy(users.id)
      return c.json({
        BusinessId: row.businessId,
        BusinessName: business?.name ?? null,
        Name: row.name,
        Roles: row.roles,
        Users: holders.map((user) => user.id),
        ...baseFields(row, row.name),
      })
    })
    .all(methodNotAllowed)
}

/** A row of the list: as documented, without the record's own lists. */
async function userListRecord(db: Database, user: UserRow) {
  const {
    Businesses: _businesses,
    UserRoles: _userRoles,
    ChatRooms: _chatRooms,
    ...row
  } = await userRecord(db, user)
  return row
}

/**
 * The whole user, including sensitive properties: Nexudus documents them as part of the record, and
 * a client has to prove that it strips them.
 */
async function userRecord(db: Database, user: UserRow) {
  const business = await findBusiness(db, user.defaultBusinessId)
  const zone = business && timeZoneOf(business.simpleTimeZoneId)
  return {
    FullName: user.fullName,
    Email: user.email,
    Password: user.passwordHash,
    PasswordSalt: user.passwordSalt,
    AccessToken: user.accessToken,
    TwoFactorSecret: user.twoFactorSecret,
    IsAdmin: user.isAdmin,
    APIAccess: user.apiAccess,
    Active: user.active,
    DefaultBusinessId: user.defaultBusinessId,
    DefaultBusinessName: business?.name ?? null,
    DefaultCurrencyCode: business?.currencyCode ?? null,
    DefaultCountryName: business?.countryName ?? null,
    DefaultSimpleTimeZoneId: zone?.id ?? null,
    DefaultSimpleTimeZoneName: zone?.name ?? null,
    DefaultSimpleTimeZoneNameIana: zone?.iana ?? null,
    Businesses: user.businesses,
    UserRoles: user.userRoles,
    ChatRooms: [],
    OnNewMember: false,
    OnNewBooking: true,
    OnNewHelpDeskMessage: false,
    LastAccess: user.lastAccess,
    ...baseFields(user, user.fullName),
  }
}
