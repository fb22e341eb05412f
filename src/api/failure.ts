import * as z from 'zod/mini'

import {
  failureSchema,
  type FailureCode,
  type FailureDetails,
  type FailureReason,
} from '#contract/desk/failure.ts'

/**
 * Where there is no answer at all, the desk itself is out of reach; where what came is no answer of
 * it, something else spoke; where the browser keeps no cookie, nobody can be signed in.
 */
export type ApiFailureCode =
  FailureCode | 'desk_unreachable' | 'desk_not_understood' | 'offline' | 'cookie_not_kept'

/** What is known of a failure besides its code. */
export type Told = FailureDetails & {
  reason?: FailureReason | undefined
  /** Of an answer that is none of the desk's. */
  status?: number
}

/** A call to the desk that failed, with everything the desk said about it. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly code: ApiFailureCode
  readonly failure: Told

  constructor(code: ApiFailureCode, failure: Told = {}) {
    // for the console; what people read is in `src/texts`
    super(failure.reason === undefined ? code : `${code}: ${failure.reason}`)
    this.code = code
    this.failure = failure
  }
}

export function failureOf(body: unknown, status: number): ApiError {
  const failure = z.safeParse(failureSchema, body)
  if (!failure.success) return new ApiError('desk_not_understood', { status })
  return new ApiError(failure.data.code, failure.data)
}

/** Whether the person has to sign in (again) before anything else can work. */
export function isSignedOut(error: unknown): boolean {
  return (
    error instanceof ApiError &&
    (error.code === 'session_expired' || error.code === 'not_signed_in')
  )
}

/** Whether the session is another person's than the page's, by the desk's own word. */
export const isOtherPerson = (error: unknown): boolean =>
  error instanceof ApiError && error.code === 'other_person'
