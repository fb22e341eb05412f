import { and, desc, eq, inArray, isNull, lt, ne, or, sql, type SQL } from 'drizzle-orm'

import type { StoredTitle } from '#contract/desk/run-title.ts'
import type { Database } from '#platform/db/database.ts'
import { changes, runs } from '#server/db/tables.ts'
import type { Reach } from '#server/nexudus/in-reach.ts'

export type History = ReturnType<typeof createHistory>

/** A person's filter. `webhook` is an id, or part of a name. */
export type HistoryFilter = {
  by?: string | undefined
  webhook?: string | undefined
  location?: number | undefined
  run?: number | undefined
}

type PageOfHistory = { filter: HistoryFilter; before?: number | undefined; limit: number }

/** A change with the title of its run, if it has one; the titles of older runs are words. */
export type ChangeRow = typeof changes.$inferSelect & {
  run: StoredTitle | null
}

const PEOPLE_AT_MOST = 500

/** The stored history: the desk's changes, and those it found. */
export function createHistory(db: Database) {
  const rows = () =>
    db
      .select({ change: changes, run: { what: runs.what, title: runs.title } })
      .from(changes)
      .leftJoin(runs, eq(runs.id, changes.runId))

  return {
    /** Newest first. Ordered by id, so that new entries cannot shift the pages. */
    async list(reach: Reach, { filter, before, limit }: PageOfHistory): Promise<ChangeRow[]> {
      const older = before === undefined ? undefined : lt(changes.id, before)
      const found = await rows()
        .where(and(within(reach), matching(filter), older))
        .orderBy(desc(changes.id))
        .limit(limit)
      return found.map(({ change, run }) => ({ ...change, run }))
    },

    async find(reach: Reach, id: number): Promise<ChangeRow | undefined> {
      const [row] = await rows().where(and(within(reach), eq(changes.id, id)))
      return row && { ...row.change, run: row.run }
    },

    /**
     * The entry of a webhook's deletion through the desk; `undefined` if there is none, or it is
     * out of reach.
     */
    async findDeletion(reach: Reach, webhookId: number): Promise<number | undefined> {
      const [row] = await db
        .select({ id: changes.id })
        .from(changes)
        .where(and(within(reach), eq(changes.webhookId, webhookId), eq(changes.kind, 'delete')))
        .orderBy(desc(changes.id))
        .limit(1)
      return row?.id
    },

    async people(reach: Reach): Promise<string[]> {
      const found = await db
        .selectDistinct({ by: changes.by })
        .from(changes)
        .where(and(within(reach), ne(changes.by, '')))
        .orderBy(changes.by)
        .limit(PEOPLE_AT_MOST)
      return found.map(({ by }) => by)
    },
  }
}

/** Entries entirely within the person's locations: a move names the other location, too. */
export function within(reach: Reach): SQL | undefined {
  if (reach === null) return undefined
  return and(
    inArray(changes.businessId, reach),
    ...[changes.before, changes.after].map((version) =>
      or(isNull(version), inArray(businessOf(version), reach)),
    ),
  )
}

function matching({ by, webhook, location, run }: HistoryFilter): SQL | undefined {
  return and(
    by === undefined ? undefined : eq(changes.by, by),
    webhook === undefined ? undefined : isWebhook(webhook),
    run === undefined ? undefined : eq(changes.runId, run),
    location === undefined
      ? undefined
      : or(
          eq(changes.businessId, location),
          eq(businessOf(changes.before), location),
          eq(businessOf(changes.after), location),
        ),
  )
}

type Version = typeof changes.before | typeof changes.after

const businessOf = (version: Version) => sql<number>`(${version} ->> 'BusinessId')::bigint`

function isWebhook(text: string): SQL | undefined {
  if (/^\d{1,15}$/.test(text)) return eq(changes.webhookId, Number(text))
  // matches the name before or after, literally: a name may hold a percent sign
  return or(
    ...[changes.before, changes.after].map(
      (version) => sql`strpos(lower(${version} ->> 'Name'), lower(${text})) > 0`,
    ),
  )
}
