import { Failed } from '#platform/http/failure.ts'

/** Answers nothing where the account lacks the role to ask; whatever else went wrong stays wrong. */
export function noneIfNotAllowed(error: unknown): undefined {
  if (!(error instanceof Failed) || error.code !== 'permission_missing') throw error
}
