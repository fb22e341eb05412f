import { ApiError } from '#api/failure.ts'

/** The field that the desk refused, so that the reason can stand beside it. */
export function wrongField(error: Error | null): string | undefined {
  if (!(error instanceof ApiError)) return undefined
  const { reason } = error.failure
  if (reason === 'unknown_zone') return 'zone'
  if (reason?.startsWith('channel_')) return 'url'
  return reason === 'invalid_values' ? error.failure.Errors?.[0]?.PropertyName : undefined
}
