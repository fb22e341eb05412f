import { ApiError } from '#api/failure.ts'
import { request } from '#api/request.ts'
import { deskStateSchema, type Credentials } from '#contract/desk/desk.ts'

export function getDeskState(signal?: AbortSignal) {
  return request(deskStateSchema, '/desk/session', signal ? { signal } : {})
}

/**
 * Signs in, and asks once more who is signed in: a browser that does not send the cookie back
 * would otherwise be told that its session ended, again and again.
 */
export async function signInForGood(credentials: Credentials) {
  await request(deskStateSchema, '/desk/session', { method: 'POST', body: credentials })
  const state = await getDeskState()
  if (state.session) return state
  throw new ApiError('cookie_not_kept')
}

export function signOut() {
  return request(deskStateSchema, '/desk/session', { method: 'DELETE' })
}
