import { randomUUID } from 'node:crypto'
import { and, eq, sql, type SQL } from 'drizzle-orm'

import type { Token } from '#contract/nexudus/token.ts'
import type { Database } from '#platform/db/database.ts'
import { leaseIn } from '#platform/db/lease.ts'
import { Failed } from '#platform/http/failure.ts'
import { createAccounts, type KeptTokens, type SignedInAccount } from '#server/nexudus/account.ts'
import { identify } from '#server/nexudus/identity.ts'
import type { Seal } from '#server/nexudus/seal.ts'
import { NO_REFRESH, openTokens, sealedTokens } from '#server/nexudus/token-rows.ts'
import { requestToken, type TokenResult } from '#server/nexudus/token.ts'
import type { Upstream } from '#server/nexudus/upstream.ts'

import { watchAccount } from './tables.ts'

export type Credentials = { email: string; password: string }

type WatchAccountOptions = {
  db: Database
  seal: Seal
  upstream: Upstream
  now: () => Date
  /** From the environment, or the sandbox's own; a watch without them is signed in by a person. */
  credentials: Credentials | undefined
}

type Account = Pick<KeptTokens['signedIn'], 'email' | 'rights'> & { locations: number[] | null }
type Kept = KeptTokens & { signedIn: Account }
type Row = typeof watchAccount.$inferSelect

const KEY = 'watch'

/** After a refusal, in milliseconds: more attempts would lock the account. */
const SIGN_IN_AGAIN_MS = 15 * 60_000

/** Its tokens live in a row of their own: no person's session ends them, nor they one. */
export function createWatchAccount(options: WatchAccountOptions) {
  const { db, seal, upstream, now, credentials } = options
  const isIt = eq(watchAccount.key, KEY)
  const lease = (ms: number) =>
    leaseIn({ claim: watchAccount.refreshClaim, until: watchAccount.refreshClaimedUntil }, ms, now)
  let refusedAt: Date | undefined

  const isSignIn = (clientId: string) => and(isIt, eq(watchAccount.clientId, clientId))

  async function find(which: SQL | undefined = isIt): Promise<Kept | undefined> {
    const [row] = await db.select().from(watchAccount).where(which)
    return row && keptOf(row)
  }

  function keptOf(row: Row): Kept | undefined {
    const { email, rights, locations, refused, clientId, generation } = row
    try {
      const token = openTokens(seal, row.tokens, KEY)
      const { tokensReceivedAt, tokensExpireAt } = row
      const signedIn = { email, rights, locations: locations ?? null }
      return {
        // another sign-in has another one: tokens of before neither touch nor end it
        key: clientId,
        clientId,
        generation,
        token,
        tokensReceivedAt,
        tokensExpireAt,
        refused,
        signedIn,
      }
    } catch {
      // sealed with a lost secret: it has to sign in again
      return undefined
    }
  }

  const tokensOf = (token: Token) => sealedTokens(seal, token, KEY, now())

  const callOf = createAccounts<Kept>({
    upstream,
    now,
    store: {
      findByKey: (key) => find(isSignIn(key)),
      async removeByKey(key) {
        await db.delete(watchAccount).where(isSignIn(key))
      },
      async claimRefresh(kept, leaseMs) {
        const claim = randomUUID()
        const taken = await db
          .update(watchAccount)
          .set({ refreshClaim: claim, refreshClaimedUntil: lease(leaseMs).end() })
          .where(
            and(
              isSignIn(kept.key),
              eq(watchAccount.generation, kept.generation),
              lease(leaseMs).isFree(),
            ),
          )
          .returning({ key: watchAccount.key })
        return taken.length === 1 ? claim : undefined
      },
      async finishRefresh(kept, claim, token) {
        await db
          .update(watchAccount)
          .set({
            ...tokensOf(token),
            generation: kept.generation + 1,
            // new tokens may be granted more
            refused: [],
            ...NO_REFRESH,
          })
          .where(and(isIt, eq(watchAccount.refreshClaim, claim)))
      },
      async releaseRefresh(_kept, claim) {
        await db
          .update(watchAccount)
          .set(NO_REFRESH)
          .where(and(isIt, eq(watchAccount.refreshClaim, claim)))
      },
      async noteRefused({ generation }, roles) {
        await db
          .update(watchAccount)
          .set({ refused: sql`${watchAccount.refused} || ${JSON.stringify(roles)}::jsonb` })
          .where(and(isIt, eq(watchAccount.generation, generation)))
      },
      async forgetRefused(key, role) {
        await db
          .update(watchAccount)
          .set({ refused: sql`${watchAccount.refused} - ${role}::text` })
          .where(isSignIn(key))
      },
      // its rights are only shown, and a refused look says what is missing
      doubtRights: () => Promise.resolve(),
    },
  })

  /** Signs the account in. The password is used once and not kept. */
  async function signIn(
    { email, password, totp }: Credentials & { totp?: string | undefined },
    by: string | null,
  ) {
    const clientId = `hookdesk-watch-${randomUUID()}`
    const grant = { kind: 'password', email, password, totp } as const
    const result = await requestToken(upstream, grant, { clientId, account: email })
    if (result.kind !== 'granted') throw refusalOf(result)

    const headers = { authorization: `Bearer ${result.token.access_token}` }
    const identity = await identify(
      { get: (path) => upstream({ method: 'GET', path, headers, account: email }), noneIf },
      email,
    )
    const { rights, locations } = identity
    const row = {
      key: KEY,
      email: identity.email,
      rights,
      locations,
      refused: [],
      clientId,
      ...tokensOf(result.token),
      generation: 1,
      ...NO_REFRESH,
      signedInBy: by,
      signedInAt: now(),
    }
    const { key: _, ...renewed } = row
    await db
      .insert(watchAccount)
      .values(row)
      .onConflictDoUpdate({ target: watchAccount.key, set: renewed })
  }

  async function signInByItself(): Promise<Kept | undefined> {
    if (!credentials) return undefined
    if (refusedAt && now().getTime() - refusedAt.getTime() < SIGN_IN_AGAIN_MS) {
      throw new Failed('sign_in_failed', { reason: 'password' })
    }
    try {
      await signIn(credentials, null)
      refusedAt = undefined
    } catch (error) {
      if (error instanceof Failed && REFUSALS.has(error.code)) refusedAt = now()
      throw error
    }
    return find()
  }

  return {
    signIn,

    /** The account, signed in with what the environment gives if need be; else `undefined`. */
    async current(): Promise<SignedInAccount | undefined> {
      const found = await find()
      // another account in the environment replaces the one before
      const isOther = credentials && found && !isSame(found.signedIn.email, credentials.email)
      const kept = found && !isOther ? found : await signInByItself()
      return kept && { ...kept.signedIn, call: callOf(kept) }
    },

    async signOut() {
      await db.delete(watchAccount).where(isIt)
    },

    async state() {
      const [row] = await db.select().from(watchAccount).where(isIt)
      if (!row) return null
      const { email, signedInAt, signedInBy } = row
      return { email, signedInAt, signedInBy }
    },
  }
}

const isSame = (one: string, other: string) => one.toLowerCase() === other.toLowerCase()

const REFUSALS: ReadonlySet<string> = new Set(['sign_in_failed', 'second_factor', 'reset_forced'])

function refusalOf({ kind }: TokenResult): Failed {
  if (kind === 'second-factor') return new Failed('second_factor', { reason: 'code_needed' })
  if (kind === 'reset-forced') return new Failed('reset_forced')
  return new Failed('sign_in_failed', { reason: 'password' })
}

function noneIf(error: unknown): undefined {
  if (!(error instanceof Failed)) throw error
}
