import type { Context } from 'hono'
import { createMiddleware } from 'hono/factory'

import type { Database } from '#platform/db/database.ts'

import { readSwitches } from './switches.ts'

const ANY_ORIGIN = { 'Access-Control-Allow-Origin': '*' }

/**
 * What a preflight is told. Known of Nexudus is that its own origins may call, that foreign ones are
 * kept out of the sign-in at least, and that `X-Use-Timezone` is on its list of headers; `client_id`
 * is on ours because a refresh needs it. That a page may read `Retry-After` is not known of
 * Nexudus, so it may not here.
 */
const PREFLIGHT = {
  ...ANY_ORIGIN,
  'Access-Control-Allow-Methods': 'GET, POST, PUT, DELETE',
  'Access-Control-Allow-Headers': 'Authorization, Content-Type, client_id, X-Use-Timezone',
}

/**
 * Lets pages of other origins call the API, by switch. Refused means what a server does that knows
 * nothing of it: no header, and `OPTIONS` is a verb that no path has.
 */
export function crossOrigin(db: Database) {
  return createMiddleware(async (c, next) => {
    const isForeign = c.req.header('origin') !== undefined
    if (!isForeign || (await readSwitches(db)).cors === 'refused') return next()
    // no call yet: it is neither written down nor counted, and meets no fault
    if (isPreflight(c)) return new Response(null, { status: 204, headers: PREFLIGHT })

    await next()
    for (const [name, value] of Object.entries(ANY_ORIGIN)) c.header(name, value)
    return undefined
  })
}

const isPreflight = (c: Context) =>
  c.req.method === 'OPTIONS' && c.req.header('access-control-request-method') !== undefined
