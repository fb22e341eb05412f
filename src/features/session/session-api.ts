import { request } from '#api/request.ts'
import { deskStateSchema, type Credentials } from '#contract/desk.ts'

export function getDeskState(signal: AbortSignal) {
  return request(deskStateSchema, '/desk/session', { signal })
}

export function signIn(credentials: Credentials) {
  return request(deskStateSchema, '/desk/session', { method: 'POST', body: credentials })
}

export function signOut() {
  return request(deskStateSchema, '/desk/session', { method: 'DELETE' })
}
