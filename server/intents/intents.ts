import { createHash, randomUUID } from 'node:crypto'
import { and, eq, like, lt, not, or } from 'drizzle-orm'

import type { WebhookInput } from '#contract/nexudus/webhook.ts'
import type { Database } from '#platform/db/database.ts'
import { WORK_LEASE_MS, leaseIn } from '#platform/db/lease.ts'
import { isAheadIn, isOver } from '#platform/db/spans.ts'
import { Failed } from '#platform/http/failure.ts'
import { changes, intents } from '#server/db/tables.ts'

import type { Intent, LateWrite, SentWrite } from './intent.ts'

const DAY_MS = 24 * 60 * 60_000
const KEEP_MS = DAY_MS

/**
 * A run may be paused for long, and an item begun before must not be repeated when it continues.
 */
const KEEP_OF_RUNS_MS = 90 * DAY_MS

/**
 * Time for which a write without an answer may still arrive, in milliseconds. Nexudus does not
 * document how long it works on a request; common gateways allow a minute.
 */
const ARRIVES_WITHIN_MS = 60_000

/** Prefix of the keys of runs' items. */
export const RUN_KEY = 'run-'

const KEY = { key: intents.key }

const FINISHED = { state: 'finished', sent: null, before: null } as const

export type Begun =
  | { kind: 'go'; intent: Intent }
  /** `isSame` is true if it was done with the same values as now. */
  | { kind: 'done'; webhookId: number; isSame: boolean }

type HistoryEntry = Omit<typeof changes.$inferInsert, 'id' | 'at' | 'intent'>

/**
 * The book of intents: one worker claims each key that is begun, and a finished key is never worked
 * on again. Kept in the database, so it holds after a crash and across processes.
 */
export function createIntents(db: Database, now: () => Date) {
  const lease = leaseIn({ claim: intents.claim, until: intents.claimedUntil }, WORK_LEASE_MS, now)
  const arrivesUntil = () => new Date(now().getTime() + ARRIVES_WITHIN_MS)
  /** Releases the claim; a request that was answered can no longer arrive. */
  const left = ({ mayArriveUntil }: Intent) => ({
    claimedUntil: new Date(now().getTime() - 1),
    mayArriveUntil,
  })
  const isMine = ({ key, claim }: Intent) => and(eq(intents.key, key), lease.isHeldBy(claim))

  async function noteInMine(intent: Intent, note: Partial<typeof intents.$inferInsert>) {
    const noted = await db
      .update(intents)
      .set({ ...note, claimedUntil: lease.end() })
      .where(isMine(intent))
      .returning(KEY)
    if (noted.length === 0) throw inProgress()
  }

  return {
    /** Begins an intent, or reports that it is done; fails if another process is working on it. */
    async begin(owner: string, ownKey: string, what: unknown): Promise<Begun> {
      const key = `${owner} ${ownKey}`
      const claim = randomUUID()
      const fingerprint = createHash('sha256').update(JSON.stringify(what)).digest('hex')
      const fresh = { claim, claimedUntil: lease.end(), updatedAt: now() }
      const intent = { key, claim, fingerprint, mayArriveUntil: null }

      const inserted = await db
        .insert(intents)
        .values({ key, fingerprint, state: 'started', ...fresh })
        .onConflictDoNothing()
        .returning(KEY)
      if (inserted.length === 1) return { kind: 'go', intent }

      const [row] = await db.select().from(intents).where(eq(intents.key, key))
      if (row?.state === 'finished' && row.webhookId !== null) {
        const isSame = row.fingerprint === fingerprint
        return { kind: 'done', webhookId: row.webhookId, isSame }
      }

      // the fingerprint stays that of the earlier attempt until something else is sent
      const [taken] = await db
        .update(intents)
        .set(fresh)
        .where(and(eq(intents.key, key), eq(intents.state, 'started'), lease.isFree()))
        .returning()
      if (!taken) throw inProgress()
      // stored as input, so read as input
      const sent = taken.sent as WebhookInput | null
      const until = taken.mayArriveUntil
      const mayArriveUntil = until && isOver(until, ARRIVES_WITHIN_MS, now()) ? null : until
      const leftMs = mayArriveUntil ? mayArriveUntil.getTime() - now().getTime() : 0
      const earlier = { ...taken, sent, mayArriveForMs: leftMs }
      return { kind: 'go', intent: { ...intent, mayArriveUntil, earlier } }
    },

    /** Renews the claim, unless it has expired and another process took it over. */
    async renew(intent: Intent) {
      await db.update(intents).set({ claimedUntil: lease.end() }).where(isMine(intent))
    },

    /**
     * Notes the values a create is about to send, and earlier duplicates. Fails with `in_progress`
     * if another process has taken over meanwhile: then nothing may be sent.
     */
    async noteCreate(intent: Intent, sent: WebhookInput, twinsBefore: number[] | null) {
      const { fingerprint } = intent
      await noteInMine(intent, { fingerprint, sent, twinsBefore, mayArriveUntil: null })
    },

    /**
     * Notes the change or delete about to be sent, and the record it replaces, so that its result
     * can be found: from here on it may arrive, even if this process dies. Fails like `noteCreate`.
     */
    async noteWrite(
      intent: Intent,
      webhookId: number,
      before: Record<string, unknown>,
      what: Pick<SentWrite, 'by' | 'runId' | 'change'>,
    ): Promise<SentWrite> {
      const isRepeat = intent.mayArriveUntil !== null
      const sent = { ...what, at: now().toISOString(), isRepeat, isCutOff: true }
      const { fingerprint } = intent
      const mayArriveUntil = arrivesUntil()
      await noteInMine(intent, { fingerprint, webhookId, before, sent, mayArriveUntil })
      return sent
    },

    /** Notes that a request got no answer, so that nothing is sent after it too soon. */
    async noteUnanswered(intent: Intent, sent?: SentWrite) {
      intent.mayArriveUntil = arrivesUntil()
      const { mayArriveUntil } = intent
      await db
        .update(intents)
        .set({ mayArriveUntil, ...(sent && { sent }) })
        .where(isMine(intent))
    },

    /** The changes and deletes of a webhook that may still arrive, no matter who sent them. */
    async findLate(webhookId: number): Promise<LateWrite[]> {
      const rows = await db
        .select()
        .from(intents)
        .where(
          and(
            eq(intents.webhookId, webhookId),
            isAheadIn(intents.mayArriveUntil, ARRIVES_WITHIN_MS, now()),
          ),
        )
      return rows.flatMap(({ key, state, fingerprint, sent, before, mayArriveUntil: until }) => {
        if (!sent || !until) return []
        // for an existing webhook only changes and deletes are noted
        const write = sent as SentWrite
        const leftMs = until.getTime() - now().getTime()
        return [{ key, isOpen: state === 'started', fingerprint, write, before, until, leftMs }]
      })
    },

    /**
     * Finishes a write that was seen to have arrived, with its history entry. A process still
     * working on it loses the claim, and finds it done.
     */
    async finishLate({ key }: LateWrite, entry: HistoryEntry) {
      await db.transaction(async (tx) => {
        const finished = await tx
          .update(intents)
          .set({ ...FINISHED, claim: randomUUID(), updatedAt: now(), mayArriveUntil: null })
          .where(and(eq(intents.key, key), eq(intents.state, 'started')))
          .returning(KEY)
        if (finished.length === 1) {
          await tx.insert(changes).values({ ...entry, at: now(), intent: key })
        }
      })
    },

    /** Notes the id of a created record before anything else can fail. */
    async noteCreated({ key }: Intent, webhookId: number) {
      await db.update(intents).set({ webhookId }).where(eq(intents.key, key))
    },

    /** Finishes the intent and writes the history, both or neither. */
    async finish(intent: Intent, webhookId: number, entry: HistoryEntry | null) {
      const { key, fingerprint, mayArriveUntil } = intent
      // while an earlier request may still arrive, `sent` stays, to tell who sent it
      const rest = mayArriveUntil === null ? FINISHED : { ...FINISHED, sent: undefined }
      await db.transaction(async (tx) => {
        const finished = await tx
          .update(intents)
          .set({ ...rest, fingerprint, webhookId, mayArriveUntil, updatedAt: now() })
          .where(isMine(intent))
          .returning(KEY)
        // a process that took the claim over writes the history; a second entry would be false
        if (finished.length === 1 && entry) {
          await tx.insert(changes).values({ ...entry, at: now(), intent: key })
        }
      })
    },

    /**
     * The intended write certainly did not happen: the same key may be used again. If something
     * else happened instead, the history gets it, both or neither.
     */
    async forget(intent: Intent, entry: HistoryEntry | null = null) {
      await db.transaction(async (tx) => {
        // an earlier request that may still arrive delays others, however this attempt ended
        const isKept = intent.mayArriveUntil !== null
        const forgotten = isKept
          ? await tx.update(intents).set(left(intent)).where(isMine(intent)).returning(KEY)
          : await tx.delete(intents).where(isMine(intent)).returning(KEY)
        if (forgotten.length === 1 && entry) {
          await tx.insert(changes).values({ ...entry, at: now(), intent: intent.key })
        }
      })
    },

    /** The result is unknown: a retry with this key looks first. */
    async leaveOpen(intent: Intent) {
      await db.update(intents).set(left(intent)).where(isMine(intent))
    },

    /** At the start of the only process, every claim belongs to a dead process. */
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

const inProgress = () => new Failed('in_progress', { reason: 'same_request', retryAfterMs: 2_000 })

export type Intents = ReturnType<typeof createIntents>
