import { eq, inArray } from 'drizzle-orm'

import type { Database } from '#platform/db/database.ts'
import { openTestDatabase } from '#platform/db/test-database.ts'
import { DEMO_PASSWORD } from '#sandbox/access/accounts.ts'
import { roles, userRoles } from '#sandbox/db/tables.ts'
import { seedIfEmpty } from '#sandbox/seed/seed.ts'

import { createSandbox, type SandboxApp } from './sandbox.ts'

const RECEIVER_ORIGIN = 'http://localhost:4401'

/** A clock that stands still until a test moves it. */
type HeldClock = { now: () => Date; pass: (ms: number) => void }

function holdClock(start = '2026-05-04T10:00:00Z'): HeldClock {
  let at = Date.parse(start)
  return {
    now: () => new Date(at),
    pass: (ms) => {
      at += ms
    },
  }
}

/** A sandbox over a fresh database with the small network. */
export async function openTestSandbox() {
  const { db, close } = await openTestDatabase()
  const clock = holdClock()
  await seedIfEmpty(db, { size: 'small', now: clock.now(), receiverOrigin: RECEIVER_ORIGIN })
  const { app } = createSandbox({ db, now: clock.now })
  return { db, close, clock, app, ...clientOf(app), grantToManagers: grantToManagers(db) }
}

/** Gives the role of managers, who are limited to two locations, further rights for a while. */
const grantToManagers = (db: Database) =>
  async function grant(names: string[], act: () => Promise<void>) {
    const held = eq(userRoles.name, 'Location manager')
    const [before] = await db.select().from(userRoles).where(held)
    if (!before) throw new Error('There is no role of managers')
    const added = await db.select({ id: roles.id }).from(roles).where(inArray(roles.name, names))
    const ids = [...before.roles, ...added.map(({ id }) => id)]
    await db.update(userRoles).set({ roles: ids }).where(held)
    await act()
    await db.update(userRoles).set({ roles: before.roles }).where(held)
  }

/** A test's client of an app. */
export function clientOf(app: SandboxApp) {
  const requestToken = (form: Record<string, string>, headers: Record<string, string> = {}) =>
    Promise.resolve(
      app.request('/api/token', { method: 'POST', body: new URLSearchParams(form), headers }),
    )

  const signIn = async (email = 'admin@hookdesk.test') => {
    const form = { grant_type: 'password', username: email, password: DEMO_PASSWORD }
    // a client id of its own, so that tests do not end each other's sessions
    const answer = await requestToken(form, { client_id: crypto.randomUUID() })
    return clientWith(app, (await answer.json()).access_token)
  }
  return { requestToken, signIn }
}

export type TestClient = ReturnType<typeof clientWith>

function clientWith(app: SandboxApp, token: string) {
  const authorization = `Bearer ${token}`
  const send = async (method: string, path: string, body?: unknown) => {
    const headers = { authorization, 'content-type': 'application/json' }
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    return app.request(path, { method, headers, ...(body === undefined ? {} : { body: text }) })
  }
  return {
    token,
    send,
    get: (path: string) => send('GET', path),
    /** The body of a successful answer. */
    read: async (path: string) => (await send('GET', path)).json(),
    post: (path: string, body: unknown) => send('POST', path, body),
    put: (path: string, body: unknown) => send('PUT', path, body),
    delete: (path: string) => send('DELETE', path),
  }
}
