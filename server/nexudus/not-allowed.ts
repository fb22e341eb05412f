import { Failed } from '#platform/http/failure.ts'

/** Returns `undefined` if the account lacks the role to ask; throws every other failure. */
export function noneIfNotAllowed(error: unknown): undefined {
  if (!(error instanceof Failed) || error.code !== 'permission_missing') throw error
}
