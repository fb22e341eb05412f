import { Hono, type Context } from 'hono'
import * as z from 'zod/mini'

import { recordIdSchema, writtenId } from '#contract/desk/ids.ts'
import { SECRET_USER_FIELDS } from '#contract/nexudus/user.ts'
import { Failed } from '#platform/http/failure.ts'
import { valid } from '#platform/http/valid.ts'
import type { AccountCall, SignedInAccount } from '#server/nexudus/account.ts'
import type { Answer } from '#server/nexudus/answer.ts'

/** Reads that the desk forwards: exact paths, with the role that Nexudus demands for each. */
const READS = [
  { path: '/sys/webhooks', role: 'WebHook-List' },
  { path: '/sys/webhooks/:id{[0-9]+}', role: 'WebHook-Read' },
  { path: '/sys/businesses', role: 'Business-List' },
  { path: '/sys/businesses/:id{[0-9]+}', role: 'Business-Read' },
  // its role is not documented; named as all others are
  { path: '/sys/simpletimezones/:id{[0-9]+}', role: 'SimpleTimeZone-Read' },
  { path: '/sys/users/:id{[0-9]+}', role: 'User-Read' },
  { path: '/auth/me', role: 'User-Read' },
  { path: '/utils/enums', role: 'Role-List' },
] as const

const idSchema = z.object({ id: z.optional(writtenId(recordIdSchema)) })

/** Parameters of a list of webhooks, its reader, and how to ask for more in their name. */
type Asked = {
  search: URLSearchParams
  reader: { seesAll: boolean; call: AccountCall }
}

/** Called when a reading of webhooks begins; the returned callback gets the webhooks. */
export type BeginReading = (asked: Asked) => (webhooks: unknown) => unknown

/** Forwards reads to Nexudus in the person's name. No writes pass here. */
export function forwardRoutes(
  readerOf: (c: Context) => Promise<SignedInAccount>,
  beginReading: BeginReading,
) {
  const routes = new Hono()
  for (const { path, role } of READS) {
    routes.get(path, valid('param', idSchema), async (c) => {
      const reader = await readerOf(c)
      // parameters as the client wrote them: Nexudus ignores unknown ones
      const { pathname, search, searchParams } = new URL(c.req.url)
      const call = { method: 'GET', path: pathname + search, role } as const
      const onRead = path.startsWith('/sys/webhooks')
        ? beginReading({
            search: searchParams,
            reader: { seesAll: seesAll(reader), call: reader.call },
          })
        : undefined
      const answer = await reader.call(call)
      if (answer.status === 404) throw new Failed('not_found', { reason: 'record' })
      if (answer.status !== 200) throw refusedRead(answer)
      // the answer does not wait for it
      onRead?.(answer.json)
      return c.body(withoutSecrets(path, answer), 200, { 'Content-Type': 'application/json' })
    })
  }
  return routes
}

/** True if an account sees every location, according to its sign-in. */
const seesAll = ({ rights, locations }: SignedInAccount) =>
  rights.kind !== 'unknown' && locations === null

const refusedRead = ({ status }: Answer) =>
  new Failed('upstream_error', { reason: 'refused_read', upstreamStatus: status })

function withoutSecrets(path: string, { text, json }: Answer): string {
  const isUser = path.startsWith('/sys/users') || path === '/auth/me'
  if (!isUser) return text
  const secret = new Set<string>(SECRET_USER_FIELDS)
  return JSON.stringify(json, (name, value: unknown) => (secret.has(name) ? undefined : value))
}
