import { eq, sql } from 'drizzle-orm'
import { Hono } from 'hono'

import type { Database } from '#server/db/database.ts'

import { findBusiness } from './business-routes.ts'
import { reaches, type Admit } from './caller.ts'
import { idOf, methodNotAllowed, missing } from './routing.ts'
import { readSwitches } from './switches.ts'
import { userRoles, users, type UserRow } from './tables.ts'
import { timeZoneOf } from './time-zones.ts'
import { baseFields } from './wire-record.ts'

/** `/api/auth/me`: whoever is signed in, with or without a role. */
export function meRoute(db: Database, admit: Admit) {
  return new Hono()
    .get('/', async (c) => {
      const { user } = await admit(c.req.raw)
      return c.json(await userRecord(db, user))
    })
    .all(methodNotAllowed)
}

export function userRoutes(db: Database, admit: Admit) {
  return new Hono()
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

/**
 * The whole user, with the properties nobody should be sent: Nexudus documents them as part of
 * the record, and a client has to prove that it strips them.
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
