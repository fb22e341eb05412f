import {
  and,
  count,
  desc,
  eq,
  gte,
  inArray,
  isNotNull,
  isNull,
  lt,
  max,
  ne,
  notInArray,
  or,
  sql,
  type SQL,
} from 'drizzle-orm'

import { OWN_KINDS, type HistoryChoice } from '#contract/desk/history.ts'
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
  kind?: HistoryChoice | undefined
  /** The beginning and the end of a time, as ISO 8601; changes made elsewhere count when found. */
  from?: string | undefined
  until?: string | undefined
}

export type PageOfHistory = { filter: HistoryFilter; before?: number | undefined; limit: number }

/** A change with the title of its run, if it has one; the titles of older runs are words. */
export type ChangeRow = typeof changes.$inferSelect & {
  run: StoredTitle | null
}

/** `changesOfRun`: the number of matching changes by its run, of which this is the newest. */
export type GroupedRow = ChangeRow & { changesOfRun?: number | undefined }

type RunCount = { count: number; newest: number }

const PEOPLE_AT_MOST = 500

/** The stored history: the desk's changes, and those it found. */
export function createHistory(db: Database) {
  const rows = () =>
    db
      .select({ change: changes, run: { what: runs.what, title: runs.title } })
      .from(changes)
      .leftJoin(runs, eq(runs.id, changes.runId))

  /** Newest first. Ordered by id, so that new entries cannot shift the pages. */
  async function list(
    reach: Reach,
    { filter, before, limit, without = [] }: PageOfHistory & { without?: readonly number[] },
  ): Promise<ChangeRow[]> {
    const older = before === undefined ? undefined : lt(changes.id, before)
    const ofOthers =
      without.length === 0
        ? undefined
        : or(isNull(changes.runId), notInArray(changes.runId, [...without]))
    const found = await rows()
      .where(and(within(reach), matching(filter), older, ofOthers))
      .orderBy(desc(changes.id))
      .limit(limit)
    return found.map(({ change, run }) => ({ ...change, run }))
  }

  /** The matching changes of each run: how many, and the newest. */
  async function countRuns(reach: Reach, filter: HistoryFilter, ids: readonly number[]) {
    if (ids.length === 0) return new Map<number, RunCount>()
    const found = await db
      .select({ run: changes.runId, count: count(), newest: max(changes.id) })
      .from(changes)
      .where(and(within(reach), matching(filter), inArray(changes.runId, [...ids])))
      .groupBy(changes.runId)
    return new Map(found.map(({ run, ...of }) => [run ?? 0, { ...of, newest: of.newest ?? 0 }]))
  }

  return {
    list,

    /**
     * Newest first, like `list`, but the changes of a run are one row: the newest of them, with
     * their number. A run whose newest change stands on an earlier page does not occur again.
     */
    async listGrouped(
      reach: Reach,
      { filter, before, limit }: PageOfHistory,
    ): Promise<GroupedRow[]> {
      const groups: GroupedRow[] = []
      const runsSeen = new Set<number>()
      let last = before
      while (groups.length < limit) {
        // a page full of changes of one run is one group, so the rest of that run is passed over
        const page = await list(reach, { filter, before: last, limit, without: [...runsSeen] })
        const runIds = page.flatMap(({ runId }) => runId ?? [])
        const counts = await countRuns(reach, filter, [...new Set(runIds)])
        for (const row of page) {
          const run = row.runId === null ? undefined : counts.get(row.runId)
          if (row.runId !== null && runsSeen.has(row.runId)) continue
          if (row.runId !== null) runsSeen.add(row.runId)
          const isOnEarlierPage = run && before !== undefined && run.newest >= before
          if (!isOnEarlierPage) groups.push({ ...row, changesOfRun: run?.count })
        }
        last = page.at(-1)?.id
        if (page.length < limit) break
      }
      return groups.slice(0, limit)
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

function matching(filter: HistoryFilter): SQL | undefined {
  const { by, webhook, location, run, kind, from, until } = filter
  return and(
    kind === undefined ? undefined : isOfKind(kind),
    from === undefined ? undefined : gte(changes.at, new Date(from)),
    until === undefined ? undefined : lt(changes.at, new Date(until)),
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

function isOfKind(kind: HistoryChoice): SQL {
  if (kind === 'run') return isNotNull(changes.runId)
  return kind === 'elsewhere' ? notInArray(changes.kind, [...OWN_KINDS]) : eq(changes.kind, kind)
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
