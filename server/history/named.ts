import * as z from 'zod/mini'

import { userSchema } from '#contract/nexudus/user.ts'
import type { AccountCall } from '#server/nexudus/account.ts'

/**
 * The locations that Nexudus names for the account now; `null` if it names none, which is no limit,
 * and `undefined` if it does not answer.
 */
export async function namedNow(call: AccountCall): Promise<number[] | null | undefined> {
  const path = '/api/auth/me'
  const answer = await call({ method: 'GET', path, role: 'User-Read' }).catch(() => undefined)
  const me = z.safeParse(userSchema, answer?.json).data
  return me && (me.Businesses?.length ? me.Businesses : null)
}
