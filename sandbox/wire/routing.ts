import type { Context } from 'hono'
import type { HTTPException } from 'hono/http-exception'

import { Message, NotFound, unhandled } from './errors.ts'
import type { Switches } from './switches.ts'

/** For `.all()` after a path's methods. */
export function methodNotAllowed(c: Context): never {
  throw new Message(405, `The requested resource does not support http method '${c.req.method}'.`)
}

export function noSuchPath(c: Context): Response {
  const message = `No HTTP resource was found that matches the request URI '${c.req.url}'.`
  return new Message(404, message).getResponse()
}

/** A record's id from the path; `undefined` for anything that is no such number. */
export function idOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined
}

/** The answer for an id that does not exist: documented as 404, and observed as 500. */
export const missing = ({ missingId }: Switches): HTTPException =>
  missingId === '500' ? unhandled() : new NotFound()
