import { Hono, type Context } from 'hono'
import * as z from 'zod/mini'

import { recordIdSchema, writtenId } from '#contract/desk/ids.ts'
import { isStorable } from '#contract/nexudus/text.ts'
import { Failed } from '#platform/http/failure.ts'
import { valid } from '#platform/http/valid.ts'
import type { SignedInAccount } from '#server/nexudus/account.ts'
import type { Answer } from '#server/nexudus/answer.ts'

/** The sandbox's controls that the app uses: exact methods and paths. */
const CONTROLS = [
  { method: 'GET', path: '/settings' },
  { method: 'PUT', path: '/settings' },
  { method: 'PUT', path: '/locations/:id{[0-9]+}/secret' },
  { method: 'POST', path: '/events' },
  { method: 'GET', path: '/deliveries' },
  { method: 'POST', path: '/deliveries/:id{[0-9]+}/again' },
  { method: 'POST', path: '/webhooks/:id{[0-9]+}/parked' },
  { method: 'GET', path: '/inbox' },
  { method: 'DELETE', path: '/inbox' },
  { method: 'GET', path: '/mails' },
  { method: 'DELETE', path: '/mails' },
  { method: 'GET', path: '/receivers' },
  { method: 'PUT', path: '/receivers/:name' },
] as const

const namesSchema = z.object({
  id: z.optional(writtenId(recordIdSchema)),
  name: z.optional(z.string().check(z.maxLength(200), isStorable)),
})

// a path of the desk, because these controls are Hookdesk's, not Nexudus'
const PREFIX = '/desk/sandbox'

/** Forwards the sandbox's controls in the person's name. Mounted only if the sandbox runs. */
export function sandboxForwardRoutes(readerOf: (c: Context) => Promise<SignedInAccount>) {
  const routes = new Hono()
  for (const { method, path } of CONTROLS) {
    routes.on(method, path, valid('param', namesSchema), async (c) => {
      const reader = await readerOf(c)
      const { pathname, search } = new URL(c.req.url)
      const body = method === 'GET' || method === 'DELETE' ? undefined : await c.req.text()
      const answer = await reader.call({
        method,
        path: `/sandbox${pathname.slice(PREFIX.length)}${search}`,
        role: 'administrator of the sandbox',
        ...(body !== undefined && { body, headers: { 'content-type': 'application/json' } }),
      })
      if (answer.status !== 200) throw refusedControl(answer)
      return c.body(answer.text, 200, { 'Content-Type': 'application/json' })
    })
  }
  return routes
}

function refusedControl({ status, json }: Answer): Failed {
  if (status === 404) return new Failed('not_found', { reason: 'sandbox' })
  const said =
    typeof json === 'object' && json !== null && 'Message' in json ? String(json.Message) : ''
  return new Failed('refused', {
    reason: 'by_sandbox',
    upstreamStatus: status,
    ...(said && { said }),
  })
}
