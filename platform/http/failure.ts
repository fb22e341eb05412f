import type { Context, ErrorHandler } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { ContentfulStatusCode } from 'hono/utils/http-status'

import type {
  Failure,
  FailureCode,
  FailureDetails,
  FailureReason,
  ReasonedCode,
  ReasonOf,
} from '#contract/desk/failure.ts'
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
  not_sent: 422,
  wrong_host: 421,
  cross_site: 403,
  not_json: 415,
  bad_request: 400,
  too_large: 413,
  too_busy: 503,
  database_unavailable: 503,
  internal: 500,
}

/**
 * Texts for a person who calls the API by hand, for failures that the page never causes. The page
 * has the sentences of all others, so the desk keeps none.
 */
const BY_HAND: Partial<Record<FailureCode, string>> = {
  wrong_host:
    'Hookdesk does not answer under this host name. Set PUBLIC_URL to the address people use.',
  cross_site: 'Only the Hookdesk page can make this request.',
  not_json: 'Send the request as JSON.',
}

/** Arguments of a failure: its code and, if the code has several meanings, its reason. */
type Given = {
  [Code in FailureCode]: Code extends ReasonedCode
    ? [code: Code, details: FailureDetails & { reason: ReasonOf<Code> }, cause?: unknown]
    : [code: Code, details?: FailureDetails, cause?: unknown]
}[FailureCode]

type Details = FailureDetails & { reason?: FailureReason }

/** A failure with a code. Thrown anywhere; `onError` is the only place that answers it. */
export class Failed extends Error {
  override readonly name = 'Failed'
  readonly code: FailureCode
  readonly details: Details

  constructor(...[code, details = {}, cause]: Given) {
    super(nameOf(code, details), { cause })
    this.code = code
    this.details = details
  }

  /** The same failure with further details. */
  with(more: FailureDetails): Failed {
    // the details still hold the reason that was given for this code
    return new Failed(...([this.code, { ...this.details, ...more }, this] as Given))
  }
}

/** Name for the log: the kind of failure, without the data it concerned. */
function nameOf(code: FailureCode, { reason, upstreamStatus }: Details): string {
  const name = reason === undefined ? code : `${code}: ${reason}`
  return upstreamStatus === undefined ? name : `${name} (${upstreamStatus})`
}

/**
 * The one place where a failure becomes a response. An error without a code is described in the log
 * only.
 */
export const onError: ErrorHandler<AppEnv> = (error, c) => {
  const requestId = c.get('requestId')
  const answer = (failure: Failure) => {
    c.set('failure', failure.code)
    c.set('reason', failure.reason)
    if (failure.retryAfterMs !== undefined) {
      c.header('Retry-After', String(Math.ceil(failure.retryAfterMs / 1000)))
    }
    return c.json({ ...failure, requestId }, STATUS[failure.code])
  }

  if (error instanceof Failed) {
    const { code, details, cause } = error
    if (code === 'internal') logUnexpected(c, cause)
    const message = BY_HAND[code]
    return answer({ code, ...(message !== undefined && { message }), ...details })
  }
  if (error instanceof HTTPException && error.status < 500) {
    if (error.status === 413) return answer({ code: 'too_large' })
    const { message } = error
    return answer({ code: 'bad_request', reason: 'malformed', ...(message && { message }) })
  }
  logUnexpected(c, error)
  // an unexpected error in a write: nobody can say how far the write came
  const known = isWrite(c.req.method) ? ({ outcome: 'unknown' } as const) : {}
  if (isUnavailable(error)) {
    return answer({ code: 'database_unavailable', retryAfterMs: 5_000, ...known })
  }
  return answer({ code: 'internal', ...known })
}

const isWrite = (method: string) => method !== 'GET' && method !== 'HEAD'

function logUnexpected(c: Context<AppEnv>, error: unknown) {
  c.get('log')?.error({ err: error }, 'unexpected failure')
}
