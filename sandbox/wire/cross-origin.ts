import type { Context } from 'hono'
import { createMiddleware } from 'hono/factory'

import type { Database } from '#platform/db/database.ts'

import { readSwitches } from './switches.ts'

const ANY_ORIGIN = { 'Access-Control-Allow-Origin': '*' }

/**
 * The answer to a preflight. Known of Nexudus: its own origins may call, foreign ones are at least
 * kept out of the sign-in, and `X-Use-Timezone` is on its list of headers; `client_id` is on the
 * list here because a refresh needs it. It is not known that Nexudus lets a page read
 * `Retry-After`, so the sandbox does not either.
 */
const PREFLIGHT = {
  ...ANY_ORIGIN,
  'Access-Control-Allow-Methods': 'GET, POST, PUT, DELETE',
  'Access-Control-Allow-Headers': 'Authorization, Content-Type, client_id, X-Use-Timezone',
}

/**
 * Lets pages of other origins call the API, if the switch allows it. Otherwise it behaves like a
 * server without CORS: no header, and no path supports `OPTIONS`.
 */
export function crossOrigin(db: Database) {
  return createMiddleware(async (c, next) => {
    const isForeign = c.req.header('origin') !== undefined
    if (!isForeign || (await readSwitches(db)).cors === 'refused') return next()
    // a preflight is no call: it is neither recorded nor counted, and meets no fault
    if (isPreflight(c)) return new Response(null, { status: 204, headers: PREFLIGHT })

    await next()
    for (const [name, value] of Object.entries(ANY_ORIGIN)) c.header(name, value)
    return undefined
  })
}

const isPreflight = (c: Context) =>
  c.req.method === 'OPTIONS' && c.req.header('access-control-request-method') !== undefined
