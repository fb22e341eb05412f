import { createHash, randomBytes } from 'node:crypto'
import { and, eq, gt, lt } from 'drizzle-orm'

import type { Database } from '#platform/db/database.ts'
import { tokens, users, type UserRow } from '#sandbox/db/tables.ts'

/** Life of an access token, in seconds: the documented week, one second short. */
const ACCESS_LIFE_S = 604_799
const REFRESH_LIFE_S = 15 * 24 * 3600

/**
 * A new pair. It ends the user's earlier refresh token under this client id; access tokens live
 * until they expire. No document says that two users can share a client id, so a sign-in never ends
 * another user's session.
 */
export async function issuePair(db: Database, userId: number, clientId: string, now: Date) {
  const access = newToken()
  const refresh = newToken()
  const row = { userId, clientId }

  await db.transaction(async (tx) => {
    await tx.delete(tokens).where(lt(tokens.expiresAt, now))
    await tx
      .delete(tokens)
      .where(
        and(eq(tokens.kind, 'refresh'), eq(tokens.userId, userId), eq(tokens.clientId, clientId)),
      )
    await tx.insert(tokens).values([
      { ...row, kind: 'access', hash: hashOf(access), expiresAt: after(now, ACCESS_LIFE_S) },
      { ...row, kind: 'refresh', hash: hashOf(refresh), expiresAt: after(now, REFRESH_LIFE_S) },
    ])
  })
  return {
    access_token: access,
    token_type: 'bearer',
    expires_in: ACCESS_LIFE_S,
    refresh_token: refresh,
  }
}

/**
 * Uses up a refresh token and returns its owner. The client id must be that of the sign-in, or the
 * e-mail address if the sign-in sent none.
 */
export async function spendRefreshToken(
  db: Database,
  token: string,
  clientIdHeader: string | undefined,
  now: Date,
): Promise<{ user: UserRow; clientId: string } | undefined> {
  const [found] = await db
    .select({ user: users, clientId: tokens.clientId })
    .from(tokens)
    .innerJoin(users, eq(users.id, tokens.userId))
    .where(live('refresh', token, now))
  if (!found || found.clientId !== (clientIdHeader ?? found.user.email)) return undefined

  // of two refreshes with the same token at once, only the one that deletes it continues
  const spent = await db
    .delete(tokens)
    .where(live('refresh', token, now))
    .returning({ hash: tokens.hash })
  return spent.length > 0 ? found : undefined
}

export async function findAccessTokenUser(
  db: Database,
  token: string,
  now: Date,
): Promise<UserRow | undefined> {
  const [found] = await db
    .select({ user: users })
    .from(tokens)
    .innerJoin(users, eq(users.id, tokens.userId))
    .where(live('access', token, now))
  return found?.user
}

const live = (kind: 'access' | 'refresh', token: string, now: Date) =>
  and(eq(tokens.hash, hashOf(token)), eq(tokens.kind, kind), gt(tokens.expiresAt, now))

const newToken = () => randomBytes(48).toString('base64url')

const hashOf = (token: string) => createHash('sha256').update(token).digest('hex')

const after = (now: Date, seconds: number) => new Date(now.getTime() + seconds * 1000)
