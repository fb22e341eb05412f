import type { Context, ErrorHandler } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { ContentfulStatusCode } from 'hono/utils/http-status'

import type { Failure, FailureCode } from '#contract/desk/failure.ts'
import type { FieldError } from '#contract/nexudus/errors.ts'
import { isUnavailable } from '#platform/db/unavailable.ts'

import type { AppEnv } from './request-log.ts'

const STATUS: Record<FailureCode, ContentfulStatusCode> = {
  upstream_unreachable: 502,
  upstream_timeout: 504,
  upstream_error: 502,
  upstream_not_json: 502,
  upstream_bad_json: 502,
  upstream_too_large: 502,
  throttled: 429,
  permission_missing: 403,
  not_found: 404,
  refused: 422,
  not_applied: 502,
  edit_conflict: 409,
  in_progress: 409,
  key_reused: 422,
  created_before: 409,
  not_signed_in: 401,
  session_expired: 401,
  other_person: 409,
  sign_in_failed: 401,
  second_factor: 401,
  reset_forced: 401,
  sign_in_throttled: 429,
  probe_throttled: 429,
  wrong_host: 421,
  cross_site: 403,
  not_json: 415,
  bad_request: 400,
  too_large: 413,
  too_busy: 503,
  database_unavailable: 503,
  internal: 500,
}

/** What some failures say beyond their name; see `failureSchema` for what each means. */
type Details = {
  retryAfterMs?: number
  Errors?: FieldError[]
  missing?: string
  outcome?: 'unsaved' | 'unknown' | 'done'
  current?: Record<string, unknown>
  mayArrive?: Failure['mayArrive']
  upstreamStatus?: number
}

/** A failure that has a name. Thrown anywhere; `onError` is the only place that answers it. */
export class Failed extends Error {
  override readonly name = 'Failed'
  readonly code: FailureCode
  readonly details: Details

  constructor(code: FailureCode, message: string, details: Details = {}, cause?: unknown) {
    super(message, { cause })
    this.code = code
    this.details = details
  }
}

/** The one place where a failure becomes a response. What nobody named is told in the log only. */
export const onError: ErrorHandler<AppEnv> = (error, c) => {
  const requestId = c.get('requestId')
  const answer = (failure: Failure) => {
    c.set('failure', failure.code)
    if (failure.retryAfterMs !== undefined) {
      c.header('Retry-After', String(Math.ceil(failure.retryAfterMs / 1000)))
    }
    return c.json({ ...failure, requestId }, STATUS[failure.code])
  }

  if (error instanceof Failed) {
    if (error.code === 'internal') logUnexpected(c, error.cause)
    return answer({ code: error.code, message: error.message, ...error.details })
  }
  if (error instanceof HTTPException && error.status < 500) {
    const code = error.status === 413 ? 'too_large' : 'bad_request'
    return answer({ code, message: error.message || 'Hookdesk does not understand this request.' })
  }
  logUnexpected(c, error)
  // in the middle of a write nobody can say how far it came
  const known = isWrite(c.req.method) ? ({ outcome: 'unknown' } as const) : {}
  if (isUnavailable(error)) {
    const message = 'Hookdesk cannot use its database right now. Try again in a moment.'
    return answer({ code: 'database_unavailable', message, retryAfterMs: 5_000, ...known })
  }
  return answer({ code: 'internal', message: 'Something went wrong in Hookdesk.', ...known })
}

const isWrite = (method: string) => method !== 'GET' && method !== 'HEAD'

function logUnexpected(c: Context<AppEnv>, error: unknown) {
  c.get('log')?.error({ err: error }, 'unexpected failure')
}
