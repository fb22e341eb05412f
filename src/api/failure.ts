import * as z from 'zod/mini'

import {
  failureSchema,
  type FailureCode,
  type FailureDetails,
  type FailureReason,
} from '#contract/desk/failure.ts'

/**
 * The failures that the desk has no code for: no answer came, the answer is not the desk's, or the
 * browser keeps no cookies and so cannot be signed in.
 */
export type ApiFailureCode =
  FailureCode | 'desk_unreachable' | 'desk_not_understood' | 'offline' | 'cookie_not_kept'

/** The details of a failure, besides its code. */
export type Told = FailureDetails & {
  reason?: FailureReason | undefined
  /** The HTTP status of an answer that is not the desk's. */
  status?: number
}

/** A failed call to the desk, with everything the desk said about it. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly code: ApiFailureCode
  readonly failure: Told

  constructor(code: ApiFailureCode, failure: Told = {}) {
    // for the console; the texts for people are in `src/texts`
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

/** True if the person has to sign in (again) before anything else can work. */
export function isSignedOut(error: unknown): boolean {
  return (
    error instanceof ApiError &&
    (error.code === 'session_expired' || error.code === 'not_signed_in')
  )
}

/** True if the desk says that the session belongs to another person than the page shows. */
export const isOtherPerson = (error: unknown): boolean =>
  error instanceof ApiError && error.code === 'other_person'
