import * as z from 'zod/mini'

import { failureSchema, type Failure, type FailureCode } from '#contract/desk/failure.ts'

/**
 * Where there is no answer at all, the desk itself is out of reach; where the browser keeps no
 * cookie, nobody can be signed in.
 */
export type ApiFailureCode = FailureCode | 'desk_unreachable' | 'offline' | 'cookie_not_kept'

/** A call to the desk that failed, with everything the desk said about it. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly code: ApiFailureCode
  readonly failure: Partial<Failure>

  constructor(code: ApiFailureCode, message: string, failure: Partial<Failure> = {}) {
    super(message)
    this.code = code
    this.failure = failure
  }
}

export function failureOf(body: unknown, status: number): ApiError {
  const failure = z.safeParse(failureSchema, body)
  if (!failure.success) return new ApiError('internal', `Hookdesk answered ${status}.`)
  return new ApiError(failure.data.code, failure.data.message, failure.data)
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
