import { createMiddleware } from 'hono/factory'

import { DESK_HEADER } from '#contract/desk/desk.ts'

import { Failed } from './failure.ts'
import type { AppEnv } from './request-log.ts'

const WRITES = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])

/**
 * Answers only under its own host names, so that a foreign name rebound to this machine reaches
 * nothing. `origins` are the ones people use, e.g. `https://desk.example.com`.
 */
export function allowedHosts(origins: readonly string[]) {
  const hosts = new Set(origins.map((origin) => new URL(origin).host))
  return createMiddleware<AppEnv>(async function allowedHosts(c, next) {
    const host = c.req.header('host')?.toLowerCase() ?? ''
    // for the default port the browser omits the number, and so does URL.host
    if (!hosts.has(host)) {
      throw new Failed('wrong_host')
    }
    await next()
  })
}

/**
 * Admits only requests of our own page, by three signs: the browser's word for the request's source
 * (Fetch Metadata, else Origin), a header that no form or link can set, and JSON.
 */
export function sameOriginOnly(origins: readonly string[]) {
  return createMiddleware<AppEnv>(async function sameOriginOnly(c, next) {
    const isWrite = WRITES.has(c.req.method)
    const site = c.req.header('sec-fetch-site')
    const origin = c.req.header('origin')

    // a GET from our page carries no Origin, and old browsers send no Fetch Metadata either
    const isOurs = site ? site === 'same-origin' : origin ? true : !isWrite
    const isOurOrigin = origin === undefined || origins.includes(origin)
    if (!isOurs || !isOurOrigin || c.req.header(DESK_HEADER) === undefined) {
      throw new Failed('cross_site')
    }

    const type = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase()
    const length = c.req.header('content-length') ?? '0'
    const isChunked = c.req.header('transfer-encoding') !== undefined
    // read from the headers: on a socket every write seems to have a body, even sign-out
    const hasBody = type !== undefined || length !== '0' || isChunked
    if (isWrite && hasBody && type !== 'application/json') {
      throw new Failed('not_json')
    }
    await next()
  })
}
