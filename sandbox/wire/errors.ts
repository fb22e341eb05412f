import type { ErrorHandler } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { ContentfulStatusCode } from 'hono/utils/http-status'

import type { FieldError } from '#contract/nexudus/errors.ts'

/**
 * Not signed in, expired, or without the role: Nexudus answers 401 to all three, and nothing else.
 */
export class Unauthorized extends HTTPException {
  constructor() {
    super(401, { message: 'Unauthorized', res: new Response(null, { status: 401 }) })
  }
}

/** Its body is the documented JSON string, not an object. */
export class NotFound extends HTTPException {
  constructor() {
    super(404, { message: 'Not found', res: Response.json('Not found', { status: 404 }) })
  }
}

/** An answer with nothing but a `Message`, in the words of ASP.NET's own refusals. */
export class Message extends HTTPException {
  constructor(status: ContentfulStatusCode, message: string) {
    super(status, { message, res: Response.json({ Message: message }, { status }) })
  }
}

/** The request was understood and refused; every reason names its property. */
export class Refused extends HTTPException {
  constructor(errors: FieldError[]) {
    const body = refusal(errors)
    super(400, { message: body.Message, res: Response.json(body, { status: 400 }) })
  }
}

type Throttle = {
  status: number
  retryAfter?: string | number | undefined
  /** Seconds in the body of a 429: "Wait N seconds". */
  waitText?: number | undefined
}

/**
 * A throttled answer, in the known forms. The 409 has no body, and its reason phrase is documented;
 * the 429 was observed with a text in the body, and its reason phrase is not known.
 */
export function throttled({ status, retryAfter, waitText }: Throttle): Response {
  const headers = new Headers()
  if (retryAfter !== undefined) headers.set('Retry-After', String(retryAfter))
  if (waitText !== undefined) return new Response(`Wait ${waitText} seconds`, { status, headers })
  return new Response(null, { status, headers, ...(status === 409 && { statusText: MUST_WAIT }) })
}

const MUST_WAIT = 'You must wait before accessing this url again.'

export const unhandled = () => new Message(500, 'An error has occurred.')

/** The documented 400 body. How it joins several reasons is not documented; here, by a comma. */
export function refusal(errors: FieldError[]) {
  return {
    Message: errors.map(({ PropertyName, Message }) => `${PropertyName}: ${Message}`).join(', '),
    Value: null,
    Errors: errors.map(({ AttemptedValue, Message, PropertyName }) => ({
      AttemptedValue: AttemptedValue ?? null,
      Message,
      PropertyName,
    })),
    WasSuccessful: false,
  }
}

export type LogError = (error: unknown) => void

/** The one place where a failure becomes an answer. */
export function onError(logError: LogError): ErrorHandler {
  return (error) => {
    if (error instanceof HTTPException) return error.getResponse()
    logError(error)
    return unhandled().getResponse()
  }
}
