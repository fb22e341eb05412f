import * as z from 'zod/mini'

import type { SignedIn } from '#contract/desk.ts'
import { pageOf } from '#contract/page.ts'
import type { Rights } from '#contract/rights.ts'
import { roleSchema, userRoleSchema, userSchema, type User } from '#contract/user.ts'
import { Failed } from '#server/http/failure.ts'
import type { Upstream } from '#server/nexudus/upstream.ts'

const rolePageSchema = pageOf(roleSchema)

/**
 * Who signed in and what they may do, as far as Nexudus tells them. An account that cannot read
 * its own roles gets `unknown` rights: it is offered everything, and refusals teach the rest.
 */
export async function identify(
  upstream: Upstream,
  accessToken: string,
  email: string,
): Promise<Omit<SignedIn, 'endsAt'>> {
  const read = async <Schema extends z.ZodMiniType>(schema: Schema, path: string) => {
    const headers = { authorization: `Bearer ${accessToken}` }
    // who is signed in is signed in, also if the rest cannot be told
    const answer = await upstream({ method: 'GET', path, headers, account: email }).catch(ifFailed)
    const parsed = z.safeParse(schema, answer?.json)
    return answer?.status === 200 && parsed.success ? parsed.data : undefined
  }

  const user = await read(userSchema, '/api/auth/me')
  if (!user) return { email, name: email, rights: { kind: 'unknown' }, locations: null }

  return {
    email: user.Email,
    name: user.FullName?.trim() || user.Email,
    rights: await rightsOf(user, read),
    locations: user.Businesses?.length ? user.Businesses : null,
  }
}

type Read = <Schema extends z.ZodMiniType>(
  schema: Schema,
  path: string,
) => Promise<z.output<Schema> | undefined>

async function rightsOf(user: User, read: Read): Promise<Rights> {
  const ids = user.UserRoles
  if (!ids) return { kind: 'unknown' }
  if (ids.length === 0) return user.IsAdmin ? { kind: 'unrestricted' } : { kind: 'unknown' }

  const [userRoles, catalogue] = await Promise.all([
    Promise.all(ids.map((id) => read(userRoleSchema, `/api/security/userroles/${id}`))),
    read(rolePageSchema, '/api/security/roles?page=1&size=1000'),
  ])
  if (!catalogue || userRoles.includes(undefined)) return { kind: 'unknown' }

  const held = new Set(userRoles.flatMap((userRole) => userRole?.Roles ?? []))
  const roles = catalogue.Records.filter(({ Id }) => held.has(Id)).map(({ Name }) => Name)
  return { kind: 'roles', roles }
}

function ifFailed(error: unknown): undefined {
  if (!(error instanceof Failed)) throw error
}
