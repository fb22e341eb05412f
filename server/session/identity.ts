import * as z from 'zod/mini'

import type { SignedIn } from '#contract/desk.ts'
import { limitOf, locationSchema } from '#contract/location.ts'
import { lacking } from '#contract/page.ts'
import type { Rights } from '#contract/rights.ts'
import { roleSchema, userRoleSchema, userSchema, type User } from '#contract/user.ts'
import { Failed } from '#server/http/failure.ts'
import { listOf } from '#server/nexudus/list.ts'
import type { Upstream } from '#server/nexudus/upstream.ts'

/**
 * Who signed in and what they may do, as far as Nexudus tells them. An account that cannot read
 * its own roles gets `unknown` rights: it is offered everything, and refusals teach the rest.
 */
export async function identify(
  upstream: Upstream,
  accessToken: string,
  email: string,
): Promise<Omit<SignedIn, 'endsAt'>> {
  const get = (path: string) => {
    const headers = { authorization: `Bearer ${accessToken}` }
    return upstream({ method: 'GET', path, headers, account: email })
  }
  // who is signed in is signed in, also if the rest cannot be told
  const reader: Reader = {
    async read(schema, path) {
      const answer = await get(path).catch(ifFailed)
      const parsed = z.safeParse(schema, answer?.json)
      return answer?.status === 200 && parsed.success ? parsed.data : undefined
    },
    async list(schema, path) {
      const list = await listOf(schema, { path, get }).catch(ifFailed)
      return list && list.unreadable === 0 && lacking(list) === 0 ? list.rows : undefined
    },
  }

  const user = await reader.read(userSchema, '/api/auth/me')
  if (!user) return { email, name: email, rights: { kind: 'unknown' }, locations: null }

  const named = user.Businesses
  const all = named?.length ? await reader.list(locationSchema, '/api/sys/businesses') : undefined
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
  ) => Promise<z.output<Schema> | undefined>
  /** The whole of it, or nothing. */
  list: <Schema extends z.ZodMiniType<{ Id: number }>>(
    schema: Schema,
    path: string,
  ) => Promise<z.output<Schema>[] | undefined>
}

async function rightsOf(user: User, { read, list }: Reader): Promise<Rights> {
  const ids = user.UserRoles
  if (!ids) return { kind: 'unknown' }
  if (ids.length === 0) return user.IsAdmin ? { kind: 'unrestricted' } : { kind: 'unknown' }

  const [userRoles, catalogue] = await Promise.all([
    Promise.all(ids.map((id) => read(userRoleSchema, `/api/security/userroles/${id}`))),
    list(roleSchema, '/api/security/roles'),
  ])
  if (!catalogue || userRoles.includes(undefined)) return { kind: 'unknown' }

  const held = new Set(userRoles.flatMap((userRole) => userRole?.Roles ?? []))
  const roles = catalogue.filter(({ Id }) => held.has(Id)).map(({ Name }) => Name)
  return { kind: 'roles', roles }
}

function ifFailed(error: unknown): undefined {
  if (!(error instanceof Failed)) throw error
}
