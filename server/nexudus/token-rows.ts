import { integer, text } from 'drizzle-orm/pg-core'

import { tokenSchema, type Token } from '#contract/nexudus/token.ts'
import { instant } from '#platform/db/columns.ts'

import type { Seal } from './seal.ts'

/** Columns of a row that keeps an account's tokens: a person's session, or the watch. */
export const tokenColumns = {
  clientId: text('client_id').notNull(),
  /** Both tokens, sealed with AES-256-GCM and bound to this row. */
  tokens: text('tokens').notNull(),
  /** Number of token pairs so far; a refresh is over when it has grown. */
  generation: integer('generation').notNull().default(1),
  tokensReceivedAt: instant('tokens_received_at').notNull(),
  tokensExpireAt: instant('tokens_expire_at').notNull(),
  refreshClaim: text('refresh_claim'),
  refreshClaimedUntil: instant('refresh_claimed_until'),
}

/** Values of a row without a refresh under way. */
export const NO_REFRESH = { refreshClaim: null, refreshClaimedUntil: null }

/** Values of a row for tokens that were received at `receivedAt`. `context` names the row. */
export const sealedTokens = (seal: Seal, token: Token, context: string, receivedAt: Date) => ({
  tokens: seal.seal(JSON.stringify(token), context),
  tokensReceivedAt: receivedAt,
  tokensExpireAt: new Date(receivedAt.getTime() + token.expires_in * 1000),
})

/** The tokens of a row. Throws if they were sealed with a lost secret, or for another row. */
export const openTokens = (seal: Seal, tokens: string, context: string): Token =>
  tokenSchema.parse(JSON.parse(seal.open(tokens, context)))
