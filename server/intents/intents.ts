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

/** A run may be paused for long, and what is begun in it must not be made twice when it goes on. */
const KEEP_OF_RUNS_MS = 90 * DAY_MS

/**
 * How long a write that got no answer may still arrive. Nexudus does not document how long it works
 * on a request; a minute is what common gateways give it.
 */
const ARRIVES_WITHIN_MS = 60_000

/** How the key of a run's item begins. */
export const RUN_KEY = 'run-'

const KEY = { key: intents.key }

const FINISHED = { state: 'finished', sent: null, before: null } as const

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
  const lease = leaseIn({ claim: intents.claim, until: intents.claimedUntil }, WORK_LEASE_MS, now)
  const arrivesUntil = () => new Date(now().getTime() + ARRIVES_WITHIN_MS)
  /** Nobody's from now on; and of what was answered, nothing can arrive any more. */
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
    /** Begins an intent, or tells that it is done, or fails because somebody is at it. */
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

      // the fingerprint stays that of the earlier try, until something else is sent
      const [taken] = await db
        .update(intents)
        .set(fresh)
        .where(and(eq(intents.key, key), eq(intents.state, 'started'), lease.isFree()))
        .returning()
      if (!taken) throw inProgress()
      // what is written as input is read as input
      const sent = taken.sent as WebhookInput | null
      const until = taken.mayArriveUntil
      const mayArriveUntil = until && isOver(until, ARRIVES_WITHIN_MS, now()) ? null : until
      const leftMs = mayArriveUntil ? mayArriveUntil.getTime() - now().getTime() : 0
      const earlier = { ...taken, sent, mayArriveForMs: leftMs }
      return { kind: 'go', intent: { ...intent, mayArriveUntil, earlier } }
    },

    /** Once a claim has run out, it may belong to another, whose it stays. */
    async renew(intent: Intent) {
      await db.update(intents).set({ claimedUntil: lease.end() }).where(isMine(intent))
    },

    /**
     * Notes what a create is about to send, and what looked the same before it did. Fails with
     * `in_progress` where somebody else has taken over meanwhile: then nothing may be sent.
     */
    async noteCreate(intent: Intent, sent: WebhookInput, twinsBefore: number[] | null) {
      const { fingerprint } = intent
      await noteInMine(intent, { fingerprint, sent, twinsBefore, mayArriveUntil: null })
    },

    /**
     * Notes what a change or a delete is about to send and to replace, for whoever has to find out
     * how it ended: from here on it may arrive, also if this process dies. Fails like `noteCreate`.
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

    /** Notes that what was sent got no answer, so that nothing is sent over it too soon. */
    async noteUnanswered(intent: Intent, sent?: SentWrite) {
      intent.mayArriveUntil = arrivesUntil()
      const { mayArriveUntil } = intent
      await db
        .update(intents)
        .set({ mayArriveUntil, ...(sent && { sent }) })
        .where(isMine(intent))
    },

    /** The changes and deletes of a webhook that may still arrive, whoever sent them. */
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
        // an existing webhook has only changes and deletes noted as sent
        const write = sent as SentWrite
        const leftMs = until.getTime() - now().getTime()
        return [{ key, isOpen: state === 'started', fingerprint, write, before, until, leftMs }]
      })
    },

    /**
     * Finishes somebody's write that was seen to have arrived, with its entry in the history.
     * Whoever is at it meanwhile loses the claim, and finds it done.
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

    /** Notes which record a create made, before anything else can go wrong. */
    async noteCreated({ key }: Intent, webhookId: number) {
      await db.update(intents).set({ webhookId }).where(eq(intents.key, key))
    },

    /** Finishes the intent and writes the history, both or neither. */
    async finish(intent: Intent, webhookId: number, entry: HistoryEntry | null) {
      const { key, fingerprint, mayArriveUntil } = intent
      // while an earlier try may still arrive, its note says who sent it
      const rest = mayArriveUntil === null ? FINISHED : { ...FINISHED, sent: undefined }
      await db.transaction(async (tx) => {
        const finished = await tx
          .update(intents)
          .set({ ...rest, fingerprint, webhookId, mayArriveUntil, updatedAt: now() })
          .where(isMine(intent))
          .returning(KEY)
        // whoever took the claim over writes the history; twice would be a lie
        if (finished.length === 1 && entry) {
          await tx.insert(changes).values({ ...entry, at: now(), intent: key })
        }
      })
    },

    /**
     * What was asked for did not happen, for certain: the same key may be used again. Where
     * something else happened instead, that goes into the history, both or neither.
     */
    async forget(intent: Intent, entry: HistoryEntry | null = null) {
      await db.transaction(async (tx) => {
        // an earlier try that may still arrive keeps others waiting, however this one ended
        const isKept = intent.mayArriveUntil !== null
        const forgotten = isKept
          ? await tx.update(intents).set(left(intent)).where(isMine(intent)).returning(KEY)
          : await tx.delete(intents).where(isMine(intent)).returning(KEY)
        if (forgotten.length === 1 && entry) {
          await tx.insert(changes).values({ ...entry, at: now(), intent: intent.key })
        }
      })
    },

    /** Nobody knows what happened: whoever comes back with the key looks first. */
    async leaveOpen(intent: Intent) {
      await db.update(intents).set(left(intent)).where(isMine(intent))
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

const inProgress = () => new Failed('in_progress', { reason: 'same_request', retryAfterMs: 2_000 })

export type Intents = ReturnType<typeof createIntents>
