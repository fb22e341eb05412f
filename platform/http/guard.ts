import { createMiddleware } from 'hono/factory'

import { DESK_HEADER } from '#contract/desk/desk.ts'

import { Failed } from './failure.ts'
import type { AppEnv } from './request-log.ts'

const WRITES = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])

/**
 * Answers only under the names it is meant to have, so that a name rebound to this machine
 * reaches nothing. `origins` are the ones people use, e.g. `https://desk.example.com`.
 */
export function allowedHosts(origins: readonly string[]) {
  const hosts = new Set(origins.map((origin) => new URL(origin).host))
  return createMiddleware<AppEnv>(async function allowedHosts(c, next) {
    const host = c.req.header('host')?.toLowerCase() ?? ''
    // behind the default port the browser leaves it out, and so does URL.host
    if (!hosts.has(host)) {
      throw new Failed('wrong_host')
    }
    await next()
  })
}

/**
 * Lets in only what our own page sends: the browser's word for where the request comes from
 * (Fetch Metadata, else Origin), a header that no form or link can set, and JSON.
 */
export function sameOriginOnly(origins: readonly string[]) {
  return createMiddleware<AppEnv>(async function sameOriginOnly(c, next) {
    const isWrite = WRITES.has(c.req.method)
    const site = c.req.header('sec-fetch-site')
    const origin = c.req.header('origin')

    // a GET of our own carries no Origin, and old browsers send no Fetch Metadata either
    const isOurs = site ? site === 'same-origin' : origin ? true : !isWrite
    const isOurOrigin = origin === undefined || origins.includes(origin)
    if (!isOurs || !isOurOrigin || c.req.header(DESK_HEADER) === undefined) {
      throw new Failed('cross_site')
    }

    const type = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase()
    const length = c.req.header('content-length') ?? '0'
    const isChunked = c.req.header('transfer-encoding') !== undefined
    // by what the headers say: over a socket every write looks as if it had a body, sign-out too
    const hasBody = type !== undefined || length !== '0' || isChunked
    if (isWrite && hasBody && type !== 'application/json') {
      throw new Failed('not_json')
    }
    await next()
  })
}
