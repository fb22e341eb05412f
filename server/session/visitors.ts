import type { Context } from 'hono'

import { DESK_HEADER, PERSON_HEADER, personText, type DeskState } from '#contract/desk/desk.ts'
import { Failed } from '#platform/http/failure.ts'

import { createSessionCookie } from './session-cookie.ts'
import type { Session, SessionStore } from './session-store.ts'

/** Header value of background polling, which must not keep a session alive. */
const BACKGROUND = 'background'

type VisitorsOptions = {
  /** The origin under which people open the desk. */
  origin: string
  store: SessionStore
  /**
   * The source of a request, for counting failures: its IP address, or the one a trusted proxy
   * gives.
   */
  sourceOf: (c: Context) => string
  deskState: Omit<DeskState, 'session'>
}

export type Visitors = ReturnType<typeof createVisitors>

/** Identifies the visitor of a request by its cookie. */
export function createVisitors({ origin, store, sourceOf, deskState }: VisitorsOptions) {
  const cookie = createSessionCookie(origin)

  async function find(c: Context): Promise<Session | undefined> {
    const id = cookie.read(c)
    if (!id) return undefined
    return store.find(id, { byPerson: c.req.header(DESK_HEADER) !== BACKGROUND })
  }

  const stateOf = (session: Session | undefined): DeskState => ({
    ...deskState,
    session: session?.signedIn ?? null,
  })

  /**
   * The session of this request; otherwise a failure that tells if there ever was one. Refuses a
   * request in the name of another person, before anything is done or answered.
   */
  async function requireSession(c: Context): Promise<Session> {
    const session = await find(c)
    if (session) {
      const named = c.req.header(PERSON_HEADER)
      if (named === undefined || named === personText(session.signedIn)) return session
      throw new Failed('other_person', { name: session.signedIn.name })
    }
    throw new Failed(cookie.read(c) ? 'session_expired' : 'not_signed_in')
  }

  /** The visitor of a request, before any look-up: a session, or an IP address. */
  const visitorOf = (c: Context) => cookie.read(c) ?? sourceOf(c)

  return {
    cookie,
    sourceOf,
    stateOf,
    requireSession,
    visitorOf,
    stateFor: async (c: Context) => stateOf(await find(c)),
  }
}
