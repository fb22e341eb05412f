import { inArray, sql, type SQL } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'

import type { Database } from '#platform/db/database.ts'
import { roles, userRoles, type UserRow } from '#sandbox/db/tables.ts'
import { Unauthorized } from '#sandbox/wire/errors.ts'

import { findAccessTokenUser } from './tokens.ts'
import { findUserByPassword } from './user-store.ts'

/** The caller, with their roles and locations. */
export type Caller = {
  user: UserRow
  /** Role names in lower case, or `all` for a full unrestricted administrator. */
  roles: ReadonlySet<string> | 'all'
  /** The locations they are limited to; `null` if there is no limit. */
  locations: number[] | null
}

/** Returns the caller; refuses one who lacks the role. Without a role, any sign-in will do. */
export type Admit = (request: Request, role?: string) => Promise<Caller>

export function createAdmit(db: Database, now: () => Date): Admit {
  return async (request, role) => {
    const user = await findUser(db, request.headers.get('authorization') ?? '', now())
    if (!user?.active) throw new Unauthorized()

    const caller: Caller = {
      user,
      roles: await rolesOf(db, user),
      locations: user.businesses.length > 0 ? user.businesses : null,
    }
    const mayCall = !role || caller.roles === 'all' || caller.roles.has(role.toLowerCase())
    if (!mayCall) throw new Unauthorized()
    return caller
  }
}

export const reaches = ({ locations }: Caller, businessId: number) =>
  locations === null || locations.includes(businessId)

/** Limits a query to the caller's locations. */
export function within({ locations }: Caller, column: PgColumn): SQL | undefined {
  return locations === null ? undefined : inArray(column, locations)
}

async function findUser(db: Database, header: string, now: Date): Promise<UserRow | undefined> {
  const [scheme = '', credentials = ''] = header.split(' ', 2)
  if (scheme.toLowerCase() === 'bearer') return findAccessTokenUser(db, credentials, now)
  if (scheme.toLowerCase() !== 'basic') return undefined

  const decoded = Buffer.from(credentials, 'base64').toString('utf8')
  const colon = decoded.indexOf(':')
  if (colon < 0) return undefined
  const user = await findUserByPassword(db, decoded.slice(0, colon), decoded.slice(colon + 1))
  return user?.apiAccess ? user : undefined
}

/** The union of all the user's roles; they apply to the whole network, wherever they were given. */
async function rolesOf(db: Database, user: UserRow): Promise<Caller['roles']> {
  if (user.userRoles.length === 0) return user.isAdmin ? 'all' : new Set()

  const rows = await db
    .select({ name: roles.name })
    .from(roles)
    .where(
      sql`${roles.id} in (
        select jsonb_array_elements_text(${userRoles.roles})::bigint
        from ${userRoles} where ${inArray(userRoles.id, user.userRoles)}
      )`,
    )
  return new Set(rows.map(({ name }) => name.toLowerCase()))
}
