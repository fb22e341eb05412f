import * as z from 'zod/mini'

import type { SignedIn } from '#contract/desk/desk.ts'
import { limitOf, locationSchema } from '#contract/nexudus/location.ts'
import { lacking } from '#contract/nexudus/page.ts'
import type { Rights } from '#contract/nexudus/rights.ts'
import { roleSchema, userRoleSchema, userSchema, type User } from '#contract/nexudus/user.ts'

import type { Answer } from './answer.ts'
import { listOf } from './list.ts'
import { failureIn } from './denied.ts'

type Asking = {
  /** Calls Nexudus in the person's name. */
  get: (path: string, role: string) => Promise<Answer>
  /** Returns `undefined` for failures that only leave a detail unknown; throws the others. */
  noneIf: (error: unknown) => undefined
}

/**
 * The person and their rights, as far as Nexudus tells. An account that cannot read its own roles
 * gets `unknown` rights: Hookdesk offers it everything, and Nexudus refuses what is not allowed.
 */
export async function identify(
  { get, noneIf }: Asking,
  email: string,
): Promise<Omit<SignedIn, 'endsAt'>> {
  const reader: Reader = {
    async read(schema, path, role) {
      const answer = await get(path, role).catch(noneIf)
      if (answer?.status !== 200 || failureIn(answer) !== undefined) return undefined
      return z.safeParse(schema, answer.json).data
    },
    async list(schema, path, role) {
      const list = await listOf(schema, { path, get: (page) => get(page, role) }).catch(noneIf)
      return list && list.unreadable === 0 && lacking(list) === 0 ? list.rows : undefined
    },
  }

  const user = await reader.read(userSchema, '/api/auth/me', 'User-Read')
  if (!user) return { email, name: email, rights: { kind: 'unknown' }, locations: null }

  const named = user.Businesses
  const all = named?.length
    ? await reader.list(locationSchema, '/api/sys/businesses', 'Business-List')
    : undefined
  return {
    email: user.Email,
    name: user.FullName?.trim() || user.Email,
    rights: await rightsOf(user, reader),
    locations: limitOf(named, all),
  }
}

type Reader = {
  read: <Schema extends z.ZodMiniType>(
    schema: Schema,
    path: string,
    role: string,
  ) => Promise<z.output<Schema> | undefined>
  /** The complete list, or `undefined`. */
  list: <Schema extends z.ZodMiniType<{ Id: number }>>(
    schema: Schema,
    path: string,
    role: string,
  ) => Promise<z.output<Schema>[] | undefined>
}

async function rightsOf(user: User, { read, list }: Reader): Promise<Rights> {
  const ids = user.UserRoles
  if (!ids) return { kind: 'unknown' }
  if (ids.length === 0) return user.IsAdmin ? { kind: 'unrestricted' } : { kind: 'unknown' }

  const [userRoles, catalogue] = await Promise.all([
    Promise.all(
      ids.map((id) => read(userRoleSchema, `/api/security/userroles/${id}`, 'UserRole-Read')),
    ),
    list(roleSchema, '/api/security/roles', 'Role-List'),
  ])
  if (!catalogue || userRoles.includes(undefined)) return { kind: 'unknown' }

  const held = new Set(userRoles.flatMap((userRole) => userRole?.Roles ?? []))
  const roles = catalogue.filter(({ Id }) => held.has(Id)).map(({ Name }) => Name)
  return { kind: 'roles', roles }
}
