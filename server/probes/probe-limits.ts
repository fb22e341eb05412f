import { createHash } from 'node:crypto'
import { and, between, count, eq, isNull, lt, min, sql, type SQL } from 'drizzle-orm'

import type { Database } from '#platform/db/database.ts'
import { Failed } from '#platform/http/failure.ts'

import { probes } from './tables.ts'

const MINUTE = 60_000
const PER_PERSON = 10
const PER_HOST = 5
const AT_ONCE = 4

/** Longer than a probe can take, in milliseconds: one still open by then died with its process. */
const LONGEST_MS = 45_000

const KEPT_MS = 60 * MINUTE

// one process at a time counts and begins, or many at once would all find the counts low
const COUNTING_LOCK = 734_117

/**
 * Keeps the desk from being used to scan or to flood: 10 probes a minute per person, 5 per host, 4
 * at once.
 */
export function createProbeLimits(db: Database, now: () => Date) {
  const counted = (tx: Database, where: SQL | undefined) =>
    tx
      .select({ running: count(), oldest: min(probes.startedAt) })
      .from(probes)
      .where(where)
      .then(([row]) => ({ count: row?.running ?? 0, oldest: row?.oldest ?? null }))

  async function begin(person: string, host: string): Promise<number> {
    const at = now()
    const hostHash = createHash('sha256').update(host).digest('base64url')

    return db.transaction(async (tx) => {
      await tx.execute(sql`select pg_advisory_xact_lock(${COUNTING_LOCK})`)
      const lately = within(MINUTE, at)
      const ofPerson = await counted(tx, and(lately, eq(probes.person, person)))
      if (ofPerson.count >= PER_PERSON) {
        throw tooMany(ofPerson.oldest, at, { reason: 'per_person', limit: PER_PERSON })
      }
      const ofHost = await counted(tx, and(lately, eq(probes.host, hostHash)))
      if (ofHost.count >= PER_HOST) {
        throw tooMany(ofHost.oldest, at, { reason: 'per_host', limit: PER_HOST })
      }
      const alive = within(LONGEST_MS, at)
      const running = await counted(tx, and(alive, isNull(probes.endedAt)))
      if (running.count >= AT_ONCE) {
        const details = { reason: 'at_once', limit: AT_ONCE, retryAfterMs: 5_000 } as const
        throw new Failed('probe_throttled', details)
      }
      const [row] = await tx
        .insert(probes)
        .values({ person, host: hostHash, startedAt: at })
        .returning({ id: probes.id })
      if (!row) throw new Error('An insert returned no row')
      return row.id
    })
  }

  return {
    /** Runs a probe within the limits, or fails with `probe_throttled` without any call. */
    async within<Result>(person: string, host: string, run: () => Promise<Result>) {
      const id = await begin(person, host)
      try {
        return await run()
      } finally {
        await db.update(probes).set({ endedAt: now() }).where(eq(probes.id, id))
      }
    },

    async removeOld() {
      await db.delete(probes).where(lt(probes.startedAt, new Date(now().getTime() - KEPT_MS)))
    },
  }
}

/**
 * Begun within a span; a time further ahead than that comes from a clock that was set back since.
 */
const within = (spanMs: number, now: Date) =>
  between(probes.startedAt, new Date(now.getTime() - spanMs), new Date(now.getTime() + spanMs))

export type ProbeLimits = ReturnType<typeof createProbeLimits>

type Reached = { reason: 'per_person' | 'per_host'; limit: number }

function tooMany(oldest: Date | null, now: Date, reached: Reached): Failed {
  const retryAfterMs = Math.min(
    MINUTE,
    Math.max(1_000, (oldest?.getTime() ?? 0) + MINUTE - now.getTime()),
  )
  return new Failed('probe_throttled', { ...reached, retryAfterMs })
}
