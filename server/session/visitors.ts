import type { Context } from 'hono'

import { DESK_HEADER, PERSON_HEADER, personText, type DeskState } from '#contract/desk/desk.ts'
import { Failed } from '#platform/http/failure.ts'

import { createSessionCookie } from './session-cookie.ts'
import type { Session, SessionStore } from './session-store.ts'

/** What background polling says of itself, so that it does not keep a session alive. */
const BACKGROUND = 'background'

type VisitorsOptions = {
  /** What people open the desk under. */
  origin: string
  store: SessionStore
  /** Who is asking, for counting failures: the address, or what a trusted proxy says it is. */
  sourceOf: (c: Context) => string
  deskState: Omit<DeskState, 'session'>
}

export type Visitors = ReturnType<typeof createVisitors>

/** Tells whose a request is, by its cookie. */
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
   * The session of this request, or a failure that says whether there ever was one. A request that
   * names another person than the session's is refused here, before anything is done or told.
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

  /** Whose a request is, before anybody has looked it up: one session's, or one address's. */
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
