import { ApiError } from '#api/failure.ts'

/** The field that the desk refused, so that the reason can stand beside it. */
export function wrongField(error: Error | null): string | undefined {
  if (!(error instanceof ApiError)) return undefined
  if (error.failure.reason === 'unknown_zone') return 'zone'
  return error.failure.reason === 'invalid_values'
    ? error.failure.Errors?.[0]?.PropertyName
    : undefined
}
