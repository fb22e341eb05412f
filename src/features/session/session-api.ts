import { ApiError } from '#api/failure.ts'
import { request } from '#api/request.ts'
import { deskStateSchema, type Credentials } from '#contract/desk/desk.ts'

export function getDeskState(signal?: AbortSignal) {
  return request(deskStateSchema, '/desk/session', signal ? { signal } : {})
}

/**
 * Signs in, and then asks who is signed in. In a browser that does not send the cookie back, the
 * person would otherwise be told again and again that the session ended.
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
