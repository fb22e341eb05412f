import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { and, eq, lt, notInArray, or, sql, type SQL } from 'drizzle-orm'

import type { SignedIn } from '#contract/desk/desk.ts'
import type { Token } from '#contract/nexudus/token.ts'
import type { Database } from '#platform/db/database.ts'
import { leaseIn } from '#platform/db/lease.ts'
import { isOver, isWithin } from '#platform/db/spans.ts'
import type { KeptTokens } from '#server/nexudus/account.ts'

import type { Seal } from '#server/nexudus/seal.ts'
import { NO_REFRESH, openTokens, sealedTokens } from '#server/nexudus/token-rows.ts'
import { sessions, type SessionRow } from './tables.ts'

export type Lifetimes = {
  /** Limit without a person's activity, in milliseconds. */
  idleMs: number
  /** Absolute limit, in milliseconds. */
  absoluteMs: number
}

/** A live session, with its tokens unsealed. Never leaves the server. */
export type Session = KeptTokens & {
  /** SHA-256 of the id in the cookie: enough to work for the person, not to sign in as them. */
  key: string
  signedIn: SignedIn
  /** Last time that Nexudus reported the rights. */
  rightsAt: Date
}

export type SessionStore = ReturnType<typeof createSessionStore>

/** A person's details according to Nexudus. */
type Identity = Pick<SignedIn, 'name' | 'rights' | 'locations'>

type NewSession = { clientId: string; token: Token; signedIn: Omit<SignedIn, 'endsAt'> }

type Finding = {
  /** True for a person's own act, which keeps the session alive. */
  byPerson: boolean
  /** True if idleness ends the session: it does for a person, but not for work in their name. */
  idles?: boolean
}

type StoreOptions = {
  db: Database
  seal: Seal
  lifetimes: Lifetimes
  /**
   * Sessions, by the hash of their id, that are kept although no person is active, because a run
   * works in their name.
   */
  sessionsAtWork: () => Promise<string[]>
  now: () => Date
}

// a busy table then costs a write a minute, not one per request
const TOUCH_EVERY_MS = 60_000

export function createSessionStore(options: StoreOptions) {
  const { db, seal, lifetimes, sessionsAtWork, now } = options
  const byHash = (idHash: string) => eq(sessions.idHash, idHash)
  const leaseFor = (ms: number) =>
    leaseIn({ claim: sessions.refreshClaim, until: sessions.refreshClaimedUntil }, ms, now)

  function toSession(row: SessionRow): Session {
    const { refused = [], ...rights } = row.rights
    return {
      key: row.idHash,
      clientId: row.clientId,
      generation: row.generation,
      token: openTokens(seal, row.tokens, row.idHash),
      tokensReceivedAt: row.tokensReceivedAt,
      tokensExpireAt: row.tokensExpireAt,
      rightsAt: row.rightsAt,
      refused,
      signedIn: {
        email: row.email,
        name: row.name,
        rights,
        locations: row.locations ?? null,
        endsAt: row.endsAt.toISOString(),
      },
    }
  }

  async function findByKey(
    idHash: string,
    { byPerson, idles = true }: Finding = { byPerson: false },
  ): Promise<Session | undefined> {
    const [row] = await db.select().from(sessions).where(byHash(idHash))
    if (!row) return undefined

    const at = now()
    const hasEnded = isOver(row.endsAt, lifetimes.absoluteMs, at)
    if (hasEnded || (idles && !isWithin(row.lastUsedAt, lifetimes.idleMs, at))) {
      const isNeeded = !hasEnded && (await sessionsAtWork()).includes(idHash)
      if (!isNeeded) await db.delete(sessions).where(byHash(idHash))
      return undefined
    }
    if (byPerson && !isWithin(row.lastUsedAt, TOUCH_EVERY_MS, at)) {
      await db.update(sessions).set({ lastUsedAt: at }).where(byHash(idHash))
    }
    try {
      return toSession(row)
    } catch {
      // sealed with a lost secret, or for another row: nobody can use it
      return undefined
    }
  }

  return {
    /** Opens a session; `id` is for the cookie and not stored. */
    async create({ clientId, token, signedIn }: NewSession): Promise<{ id: string } & Session> {
      const id = randomBytes(32).toString('base64url')
      const idHash = hash(id)
      const createdAt = now()
      const [row] = await db
        .insert(sessions)
        .values({
          idHash,
          ...signedIn,
          clientId,
          ...sealedTokens(seal, token, idHash, createdAt),
          createdAt,
          lastUsedAt: createdAt,
          endsAt: new Date(createdAt.getTime() + lifetimes.absoluteMs),
          rightsAt: createdAt,
        })
        .returning()
      if (!row) throw new Error('The session was not stored')
      return { id, ...toSession(row) }
    },

    /**
     * The session, unless it is unknown or over. A person's own act keeps it alive; polling does
     * not.
     */
    find: (id: string, options: { byPerson: boolean }) => findByKey(hash(id), options),

    /** The session for work that outlives its person's request. */
    findByKey,

    async remove(id: string) {
      await db.delete(sessions).where(byHash(hash(id)))
    },

    async removeByKey(idHash: string) {
      await db.delete(sessions).where(byHash(idHash))
    },

    /**
     * Stores the person's current details from Nexudus. If nothing changed, the refused roles stay.
     */
    async setIdentity(idHash: string, { name, rights, locations }: Identity) {
      const told = sql`${JSON.stringify(rights)}::jsonb`
      const kept = sql`case when ${withoutRefused} = ${told} then ${sessions.rights} else ${told} end`
      await db
        .update(sessions)
        .set({ name, rights: kept, locations, rightsAt: now() })
        .where(byHash(idHash))
    },

    /**
     * Notes that Nexudus refused this session's tokens, and the ones before them, for these roles.
     */
    async noteRefused({ key, generation }: Session, roles: readonly string[]) {
      const all = sql`${refused} || ${JSON.stringify(roles)}::jsonb`
      await db
        .update(sessions)
        .set({ rights: withRefused(all) })
        .where(and(byHash(key), eq(sessions.generation, generation)))
    },

    /** Notes that Nexudus answered where it had refused: the next refusal may concern the token. */
    async forgetRefused(idHash: string, role: string) {
      const others = sql`${refused} - ${role}::text`
      await db
        .update(sessions)
        .set({ rights: withRefused(others) })
        .where(byHash(idHash))
    },

    /** Notes that Nexudus refused a call that the stored rights would allow. */
    async doubtRights(idHash: string) {
      await db
        .update(sessions)
        .set({ rightsAt: new Date(0) })
        .where(byHash(idHash))
    },

    async removeExpired() {
      const idleSince = new Date(now().getTime() - lifetimes.idleMs)
      const isIdle = and(
        lt(sessions.lastUsedAt, idleSince),
        notInArray(sessions.idHash, await sessionsAtWork()),
      )
      await db.delete(sessions).where(or(lt(sessions.endsAt, now()), isIdle))
    },

    /** Claims the refresh of this session's tokens for `leaseMs`. */
    async claimRefresh(session: Session, leaseMs: number): Promise<string | undefined> {
      const claim = randomUUID()
      const lease = leaseFor(leaseMs)
      const taken = await db
        .update(sessions)
        .set({ refreshClaim: claim, refreshClaimedUntil: lease.end() })
        .where(
          and(byHash(session.key), eq(sessions.generation, session.generation), lease.isFree()),
        )
        .returning({ idHash: sessions.idHash })
      return taken.length === 1 ? claim : undefined
    },

    /** Stores the new pair before anyone uses it. */
    async finishRefresh(session: Session, claim: string, token: Token): Promise<void> {
      await db
        .update(sessions)
        .set({
          ...sealedTokens(seal, token, session.key, now()),
          generation: session.generation + 1,
          // new tokens may be granted more
          rights: withoutRefused,
          ...NO_REFRESH,
        })
        .where(and(byHash(session.key), eq(sessions.refreshClaim, claim)))
    },

    async releaseRefresh(session: Session, claim: string): Promise<void> {
      await db
        .update(sessions)
        .set(NO_REFRESH)
        .where(and(byHash(session.key), eq(sessions.refreshClaim, claim)))
    },
  }
}

const refused = sql`coalesce(${sessions.rights} -> 'refused', '[]')`
const withRefused = (roles: SQL) => sql`jsonb_set(${sessions.rights}, '{refused}', ${roles})`
const withoutRefused = sql`${sessions.rights} - 'refused'`

const hash = (id: string) => createHash('sha256').update(id).digest('hex')
