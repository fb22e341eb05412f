import { randomUUID } from 'node:crypto'
import { and, desc, eq, gt, inArray, isNotNull, isNull, lt, sql } from 'drizzle-orm'

import type { Silence } from '#contract/nexudus/health.ts'
import { chunksOf } from '#platform/db/chunks.ts'
import type { Database } from '#platform/db/database.ts'
import { leaseIn, WORK_LEASE_MS } from '#platform/db/lease.ts'
import { storable, storableText } from '#platform/db/storable.ts'

import { readBits, writtenBits, type Firings } from './firings.ts'
import type { Look, LookTrouble } from './look.ts'
import { firings, looks, places, transitions, watched, watchTurn } from './tables.ts'
import type { Known, Transition } from './transitions.ts'

export type LookRow = typeof looks.$inferSelect

/** A webhook as the watch knows it, and since when it is in this state. */
export type KnownSince = Known & { sinceAt: Date; sinceLook: number; missed: number }

/** The findings of a complete look. */
export type Findings = {
  /** Webhooks whose record or state is another than before. */
  changed: ReadonlyMap<number, KnownSince>
  gone: ReadonlyMap<number, KnownSince>
  /** Webhooks that were not listed, with the number of complete looks since. */
  missed: ReadonlyMap<number, number>
  happened: ReadonlyMap<number, readonly Transition[]>
  /** The firings of webhooks that were seen to fire in another hour. */
  firings: ReadonlyMap<number, Firings>
}

export type WatchStore = ReturnType<typeof createWatchStore>

const TURN = 'watch'

const NO_LOOK = { pages: 0, rows: 0, unread: 0, trouble: 'none_made' satisfies LookTrouble }

const DAY_MS = 24 * 3_600_000

/** As long as the longest timeline; the hours of firings are kept for themselves. */
const FIRINGS_KEPT_MS = 31 * DAY_MS

/** Complete looks are many and all alike; incomplete ones are the gaps in a timeline. */
const KEPT_MS = { complete: 2 * DAY_MS, incomplete: 400 * DAY_MS }

/** The look that everything known is from. */
export async function findLastCompleteLook(db: Database): Promise<LookRow | undefined> {
  const [row] = await db
    .select()
    .from(looks)
    .where(isNull(looks.trouble))
    .orderBy(desc(looks.id))
    .limit(1)
  return row
}

/** The rows of the watch. */
export function createWatchStore(db: Database, now: () => Date) {
  const lease = leaseIn(
    { claim: watchTurn.claim, until: watchTurn.claimedUntil },
    WORK_LEASE_MS,
    now,
  )

  return {
    /** Claims the turn to look; `undefined` if another process has it. */
    async claimTurn(): Promise<string | undefined> {
      await db.insert(watchTurn).values({ key: TURN }).onConflictDoNothing()
      const claim = randomUUID()
      const taken = await db
        .update(watchTurn)
        .set({ claim, claimedUntil: lease.end() })
        .where(and(eq(watchTurn.key, TURN), lease.isFree()))
        .returning({ key: watchTurn.key })
      return taken.length === 1 ? claim : undefined
    },

    async renewTurn(claim: string) {
      await db.update(watchTurn).set({ claimedUntil: lease.end() }).where(lease.isHeldBy(claim))
    },

    async releaseTurn(claim: string) {
      const free = { claim: null, claimedUntil: null }
      await db.update(watchTurn).set(free).where(eq(watchTurn.claim, claim))
    },

    async releaseAll() {
      await db.update(watchTurn).set({ claim: null, claimedUntil: null })
    },

    async lastLook(): Promise<LookRow | undefined> {
      const [row] = await db.select().from(looks).orderBy(desc(looks.id)).limit(1)
      return row
    },

    lastCompleteLook: () => findLastCompleteLook(db),

    /** The number of looks since the last complete one, as far as it matters. */
    async countSince(lastComplete: number, atMost: number): Promise<number> {
      const rows = await db
        .select({ id: looks.id })
        .from(looks)
        .where(gt(looks.id, lastComplete))
        .limit(atMost)
      return rows.length
    },

    async loadKnown(): Promise<Map<number, KnownSince>> {
      const rows = await db.select().from(watched)
      return new Map(rows.map(({ webhookId, businessId: _shown, ...known }) => [webhookId, known]))
    },

    async loadFirings(): Promise<Map<number, Firings>> {
      const rows = await db.select().from(firings)
      return new Map(
        rows.map(({ webhookId, week, bits }) => [webhookId, { week, bits: readBits(bits) }]),
      )
    },

    /** The evidence of webhooks that are quiet, at locations in reach. */
    async listSilences(reach: number[] | null, webhookId?: number): Promise<Map<number, Silence>> {
      const rows = await db
        .select({ webhookId: watched.webhookId, silence: watched.silence })
        .from(watched)
        .where(
          and(
            isNotNull(watched.silence),
            reach === null ? undefined : inArray(watched.businessId, reach),
            webhookId === undefined ? undefined : eq(watched.webhookId, webhookId),
          ),
        )
      return new Map(rows.flatMap(({ webhookId: id, silence }) => (silence ? [[id, silence]] : [])))
    },

    /** Those of the webhooks that were seen at the last look. */
    async findSeen(ids: readonly number[]) {
      const found: { webhookId: number; businessId: number; name: string }[] = []
      for (const part of chunksOf(ids)) {
        const rows = await db.select().from(watched).where(inArray(watched.webhookId, part))
        for (const { webhookId, businessId, record } of rows) {
          found.push({ webhookId, businessId, name: record.Name })
        }
      }
      return found
    },

    async loadPlaces(): Promise<Map<number, string>> {
      const rows = await db.select().from(places)
      return new Map(rows.map(({ businessId, name }) => [businessId, name]))
    },

    async savePlaces(names: ReadonlyMap<number, string>) {
      const rows = [...names].map(([businessId, name]) => ({
        businessId,
        name: storableText(name),
      }))
      if (rows.length === 0) return
      await db
        .insert(places)
        .values(rows)
        .onConflictDoUpdate({ target: places.businessId, set: { name: sql`excluded.name` } })
    },

    /**
     * Adds a look with all that follows from it, or nothing of it. False if this process no longer
     * has the turn.
     */
    addLook(
      claim: string,
      look: Look & { startedAt: Date },
      /** A span before it in which nobody looked: the states in it are not known. */
      gap: { from: Date; to: Date } | undefined,
      /** Gets the row of the look. */
      record: (tx: Database, row: LookRow) => Promise<void>,
    ): Promise<LookRow | undefined> {
      return db.transaction(async (tx) => {
        const [turn] = await tx
          .select()
          .from(watchTurn)
          .where(and(eq(watchTurn.key, TURN), lease.isHeldBy(claim)))
          .for('update')
        if (!turn) return undefined
        // before the look, because the last row is the last look
        if (gap) await tx.insert(looks).values({ ...NO_LOOK, startedAt: gap.from, endedAt: gap.to })
        const { startedAt, pages, rows, unread, trouble = null, upstreamStatus = null } = look
        const [row] = await tx
          .insert(looks)
          .values({
            startedAt,
            endedAt: now(),
            pages,
            rows: rows.length,
            unread,
            trouble,
            upstreamStatus,
          })
          .returning()
        if (row) await record(tx, row)
        return row
      })
    },

    async saveFindings(tx: Database, look: LookRow, before: LookRow | undefined, found: Findings) {
      const { changed, gone, missed, happened } = found
      for (const part of chunksOf([...changed])) {
        await tx
          .insert(watched)
          .values(
            part.map(([webhookId, known]) => ({
              webhookId,
              businessId: known.record.BusinessId,
              ...known,
              record: storable(known.record),
            })),
          )
          .onConflictDoUpdate({
            target: watched.webhookId,
            set: {
              businessId: sql`excluded.business_id`,
              record: sql`excluded.record`,
              health: sql`excluded.health`,
              failures: sql`excluded.failures`,
              sinceLook: sql`excluded.since_look`,
              sinceAt: sql`excluded.since_at`,
              missed: sql`excluded.missed`,
              silence: sql`excluded.silence`,
            },
          })
      }
      for (const part of chunksOf([...gone.keys()])) {
        await tx.delete(watched).where(inArray(watched.webhookId, part))
        await tx.delete(firings).where(inArray(firings.webhookId, part))
      }
      for (const part of chunksOf([...found.firings])) {
        await tx
          .insert(firings)
          .values(
            part.map(([webhookId, { week, bits }]) => ({
              webhookId,
              week,
              bits: writtenBits(bits),
            })),
          )
          .onConflictDoUpdate({
            target: firings.webhookId,
            set: { week: sql`excluded.week`, bits: sql`excluded.bits` },
          })
      }
      for (const [webhookId, looksMissed] of missed) {
        const isIt = eq(watched.webhookId, webhookId)
        await tx.update(watched).set({ missed: looksMissed }).where(isIt)
      }
      const rows = [...happened].flatMap(([webhookId, all]) =>
        all.map(({ error, ...transition }) => ({
          webhookId,
          businessId: (changed.get(webhookId) ?? gone.get(webhookId))?.record.BusinessId ?? 0,
          lookBefore: before?.id ?? null,
          lookBeforeAt: before?.startedAt ?? null,
          look: look.id,
          seenAt: look.startedAt,
          ...transition,
          ...(error !== undefined && { error: storableText(error) }),
        })),
      )
      for (const part of chunksOf(rows)) await tx.insert(transitions).values(part)
    },

    async removeOld() {
      const before = (ms: number) => lt(looks.endedAt, new Date(now().getTime() - ms))
      // the first look says since when there is a watch, the last how old its knowledge is
      const last = await this.lastCompleteLook()
      const isBetween = last
        ? and(
            lt(looks.id, last.id),
            gt(looks.id, sql`(select min(id) from desk.looks where trouble is null)`),
          )
        : undefined
      await db.delete(looks).where(and(isNull(looks.trouble), before(KEPT_MS.complete), isBetween))
      await db.delete(looks).where(before(KEPT_MS.incomplete))
      const firings = and(
        eq(transitions.kind, 'fired'),
        lt(transitions.seenAt, new Date(now().getTime() - FIRINGS_KEPT_MS)),
      )
      await db.delete(transitions).where(firings)
    },
  }
}
