import { createHash, randomUUID } from 'node:crypto'

import { and, eq, like, lt, not, or } from 'drizzle-orm'

import type { WebhookInput } from '#contract/webhook.ts'
import type { Database } from '#server/db/database.ts'
import { Failed } from '#server/http/failure.ts'

import { changes, intents } from './tables.ts'

/** Longer than all calls of one change together can take. */
const CLAIM_MS = 120_000
const DAY_MS = 24 * 60 * 60_000
const KEEP_MS = DAY_MS

/** A run may be paused for long, and what is begun in it must not be made twice when it goes on. */
const KEEP_OF_RUNS_MS = 90 * DAY_MS

/** How the key of a run's item begins. */
export const RUN_KEY = 'run-'

export type Intent = {
  key: string
  claim: string
  /** Of what is to be done. */
  fingerprint: string
  /** Set when this intent was begun before and nobody knows how that ended. */
  earlier?: EarlierTry
}

/** What a create under this key got to: what it sent, and the record it was told of. */
export type EarlierTry = {
  fingerprint: string
  sent: WebhookInput | null
  twinsBefore: number[] | null
  webhookId: number | null
  /** The record before a change or a delete was sent; `null` where nothing was. */
  before: Record<string, unknown> | null
}

export type Begun =
  | { kind: 'go'; intent: Intent }
  /** `isSame` tells whether it was done with the values of now. */
  | { kind: 'done'; webhookId: number; isSame: boolean }

type HistoryEntry = Omit<typeof changes.$inferInsert, 'id' | 'at' | 'intent'>

/**
 * The book of intents: a key that is begun is claimed by one worker, and a key that is finished
 * is never worked on again. Kept in the database, so it holds after a crash and across processes.
 */
export function createIntents(db: Database, now: () => Date) {
  const claimEnd = () => new Date(now().getTime() + CLAIM_MS)

  return {
    /** Begins an intent, or tells that it is done, or fails because somebody is at it. */
    async begin(owner: string, ownKey: string, what: unknown): Promise<Begun> {
      const key = `${owner} ${ownKey}`
      const claim = randomUUID()
      const fingerprint = createHash('sha256').update(JSON.stringify(what)).digest('hex')
      const fresh = { claim, claimedUntil: claimEnd(), updatedAt: now() }
      const intent = { key, claim, fingerprint }

      const inserted = await db
        .insert(intents)
        .values({ key, fingerprint, state: 'started', ...fresh })
        .onConflictDoNothing()
        .returning({ key: intents.key })
      if (inserted.length === 1) return { kind: 'go', intent }

      const [row] = await db.select().from(intents).where(eq(intents.key, key))
      if (row?.state === 'finished' && row.webhookId !== null) {
        const isSame = row.fingerprint === fingerprint
        return { kind: 'done', webhookId: row.webhookId, isSame }
      }

      // the fingerprint stays that of the earlier try, until something else is sent
      const [taken] = await db
        .update(intents)
        .set(fresh)
        .where(
          and(eq(intents.key, key), eq(intents.state, 'started'), lt(intents.claimedUntil, now())),
        )
        .returning()
      if (!taken) {
        throw new Failed('in_progress', 'This is being done already.', { retryAfterMs: 2_000 })
      }
      // what is written as input is read as input
      const earlier = { ...taken, sent: taken.sent as WebhookInput | null }
      return { kind: 'go', intent: { ...intent, earlier } }
    },

    /** Notes what a create is about to send, and what looked the same before it did. */
    async noteCreate(
      { key, fingerprint }: Intent,
      sent: WebhookInput,
      twinsBefore: number[] | null,
    ) {
      await db.update(intents).set({ fingerprint, sent, twinsBefore }).where(eq(intents.key, key))
    },

    /** Notes what a change or a delete is about to replace, for whoever has to find out how it ended. */
    async noteBefore({ key }: Intent, before: Record<string, unknown>) {
      await db.update(intents).set({ before }).where(eq(intents.key, key))
    },

    /** Notes which record a create made, before anything else can go wrong. */
    async noteCreated({ key }: Intent, webhookId: number) {
      await db.update(intents).set({ webhookId }).where(eq(intents.key, key))
    },

    /** Finishes the intent and writes the history, both or neither. */
    async finish(intent: Intent, webhookId: number, entry: HistoryEntry | null) {
      const { key, claim, fingerprint } = intent
      await db.transaction(async (tx) => {
        const finished = await tx
          .update(intents)
          .set({
            state: 'finished',
            fingerprint,
            webhookId,
            sent: null,
            before: null,
            updatedAt: now(),
          })
          .where(and(eq(intents.key, key), eq(intents.claim, claim)))
          .returning({ key: intents.key })
        // whoever took the claim over writes the history; twice would be a lie
        if (finished.length === 1 && entry) {
          await tx.insert(changes).values({ ...entry, at: now(), intent: key })
        }
      })
    },

    /** Nothing happened, for certain: the same key may be used again. */
    async forget({ key, claim }: Intent) {
      await db.delete(intents).where(and(eq(intents.key, key), eq(intents.claim, claim)))
    },

    /** Nobody knows what happened: whoever comes back with the key looks first. */
    async leaveOpen({ key, claim }: Intent) {
      await db
        .update(intents)
        .set({ claimedUntil: new Date(now().getTime() - 1) })
        .where(and(eq(intents.key, key), eq(intents.claim, claim)))
    },

    /** At the start of the only process there is, every claim is that of a dead one. */
    async releaseAll() {
      await db
        .update(intents)
        .set({ claimedUntil: new Date(0) })
        .where(eq(intents.state, 'started'))
    },

    async removeOld() {
      const before = (ageMs: number) => lt(intents.updatedAt, new Date(now().getTime() - ageMs))
      const isOfRun = like(intents.key, `% ${RUN_KEY}%`)
      await db
        .delete(intents)
        .where(or(before(KEEP_OF_RUNS_MS), and(before(KEEP_MS), not(isOfRun))))
    },
  }
}

export type Intents = ReturnType<typeof createIntents>
