import { and, asc, desc, eq, gt, inArray, isNotNull, isNull, lt, ne, or } from 'drizzle-orm'
import { Hono, type Context } from 'hono'
import * as z from 'zod/mini'

import { recordIdSchema, writtenId } from '#contract/desk/ids.ts'
import {
  stripsAskedSchema,
  timelineAskedSchema,
  type Strips,
  type Timeline,
} from '#contract/desk/timeline.ts'
import type { HealthState } from '#contract/nexudus/health.ts'
import type { Database } from '#platform/db/database.ts'
import { Failed } from '#platform/http/failure.ts'
import type { AppEnv } from '#platform/http/request-log.ts'
import { valid } from '#platform/http/valid.ts'
import { reachOf } from '#server/history/reach.ts'
import type { SignedInAccount } from '#server/nexudus/account.ts'

import { looks, transitions, watched } from './tables.ts'

type TimelineNeeds = {
  /** Time between two looks, in milliseconds. */
  intervalMs: number
  db: Database
  now: () => Date
  accountOf: (c: Context) => Promise<SignedInAccount>
}

type TransitionRow = typeof transitions.$inferSelect

const HOUR_MS = 3_600_000

const SHOWN = 500

const GAPS_AT_MOST = 5_000

/** Incomplete looks that are less than this many intervals apart are one gap. */
const ONE_GAP = 3

/** `GET /desk/timeline/:id` and `/strips`: the states of webhooks, as the watch saw them. */
export function timelineRoutes({ db, now, accountOf, intervalMs }: TimelineNeeds) {
  const idSchema = z.object({ id: writtenId(recordIdSchema) })
  const routes = new Hono<AppEnv>().get('/strips', valid('query', stripsAskedSchema), async (c) => {
    const reach = await reachOf(await accountOf(c))
    const { ids, hours } = c.req.valid('query')
    const to = now()
    const from = new Date(to.getTime() - hours * HOUR_MS)
    return c.json(await readStrips(db, ids, { from, to, intervalMs, reach }))
  })
  return routes.get(
    '/:id{[0-9]+}',
    valid('param', idSchema),
    valid('query', timelineAskedSchema),
    async (c) => {
      const reach = await reachOf(await accountOf(c))
      const { id } = c.req.valid('param')
      const { hours = 24 } = c.req.valid('query')
      const to = now()
      const from = new Date(to.getTime() - hours * HOUR_MS)
      const timeline = await readTimeline(db, id, { from, to, intervalMs })
      const isSeen = timeline && (reach === null || reach.includes(timeline.businessId))
      if (!isSeen) throw new Failed('not_found', { reason: 'webhook' })
      return c.json(timeline.timeline)
    },
  )
}

type Span = { from: Date; to: Date }

/** `undefined` if the watch has never seen the webhook. */
async function readTimeline(
  db: Database,
  webhookId: number,
  { intervalMs, ...span }: Span & { intervalMs: number },
) {
  const isIt = eq(transitions.webhookId, webhookId)
  const [[known], rows, [earlier], [firstLook], incomplete] = await Promise.all([
    db.select().from(watched).where(eq(watched.webhookId, webhookId)),
    db
      .select()
      .from(transitions)
      .where(and(isIt, IS_NEWS, gt(transitions.seenAt, span.from)))
      .orderBy(desc(transitions.id))
      .limit(SHOWN),
    db
      .select()
      .from(transitions)
      .where(and(isIt, IS_NEWS, lt(transitions.seenAt, span.from)))
      .orderBy(desc(transitions.id))
      .limit(1),
    findFirstLook(db),
    findIncomplete(db, span),
  ])
  const any = rows[0] ?? earlier
  const businessId = known?.businessId ?? any?.businessId
  if (businessId === undefined) return undefined

  const oldestFirst = rows.toReversed()
  const begin = oldestFirst[0]?.healthBefore ?? earlier?.health ?? known?.health ?? null
  const timeline: Timeline = {
    from: span.from.toISOString(),
    to: span.to.toISOString(),
    states: statesOf(oldestFirst, { span, begin, watchedFrom: firstLook?.startedAt }),
    blind: gapsIn(incomplete, span, ONE_GAP * intervalMs),
    transitions: rows.map((row) => ({
      id: row.id,
      kind: row.kind,
      health: row.health,
      seenAt: row.seenAt.toISOString(),
      afterLookAt: row.lookBeforeAt?.toISOString() ?? null,
      happenedAt: row.happenedAt?.toISOString() ?? null,
      countFrom: row.countFrom,
      countTo: row.countTo,
      error: row.error,
    })),
  }
  return { businessId, timeline }
}

type Asked = Span & { intervalMs: number; reach: number[] | null }

/** The states of those webhooks that the person may see and the watch knows. */
async function readStrips(
  db: Database,
  ids: number[],
  { intervalMs, reach, ...span }: Asked,
): Promise<Strips> {
  const areThey = inArray(transitions.webhookId, ids)
  const [known, rows, earlier, [firstLook], incomplete] = await Promise.all([
    db.select().from(watched).where(inArray(watched.webhookId, ids)),
    db
      .select()
      .from(transitions)
      .where(and(areThey, IS_NEWS, gt(transitions.seenAt, span.from)))
      .orderBy(asc(transitions.id)),
    db
      .selectDistinctOn([transitions.webhookId])
      .from(transitions)
      .where(and(areThey, IS_NEWS, lt(transitions.seenAt, span.from)))
      .orderBy(transitions.webhookId, desc(transitions.id)),
    findFirstLook(db),
    findIncomplete(db, span),
  ])
  const before = new Map(earlier.map(({ webhookId, health }) => [webhookId, health]))
  const happened = new Map<number, TransitionRow[]>()
  for (const row of rows) {
    const others = happened.get(row.webhookId)
    if (others) others.push(row)
    else happened.set(row.webhookId, [row])
  }
  const seen = known.filter(({ businessId }) => reach === null || reach.includes(businessId))
  return {
    from: span.from.toISOString(),
    to: span.to.toISOString(),
    blind: gapsIn(incomplete, span, ONE_GAP * intervalMs),
    strips: seen.map(({ webhookId, health }) => {
      const its = happened.get(webhookId) ?? []
      const begin = its[0]?.healthBefore ?? before.get(webhookId) ?? health
      return {
        webhookId,
        states: statesOf(its, { span, begin, watchedFrom: firstLook?.startedAt }),
      }
    }),
  }
}

/** Firings change no state, unless they are the first after a failure: then another row says so. */
const IS_NEWS = or(ne(transitions.kind, 'fired'), ne(transitions.health, transitions.healthBefore))

const findFirstLook = (db: Database) =>
  db.select().from(looks).where(isNull(looks.trouble)).orderBy(asc(looks.id)).limit(1)

const findIncomplete = (db: Database, { from }: Span) =>
  db
    .select()
    .from(looks)
    .where(and(isNotNull(looks.trouble), gt(looks.endedAt, from)))
    .orderBy(asc(looks.id))
    .limit(GAPS_AT_MOST)

type Knowledge = { span: Span; begin: HealthState | null; watchedFrom: Date | undefined }

function statesOf(
  rows: readonly TransitionRow[],
  { span, begin, watchedFrom }: Knowledge,
): Timeline['states'] {
  const start = watchedFrom && watchedFrom > span.from ? watchedFrom : span.from
  const states: { from: Date; to: Date; health: HealthState | null }[] = []
  if (start > span.from) states.push({ from: span.from, to: start, health: null })
  let current = { from: start, health: rows[0]?.kind === 'appeared' ? null : begin }
  for (const { seenAt, health, kind } of rows) {
    const next = kind === 'gone' ? null : health
    if (next === current.health) continue
    if (seenAt > current.from) states.push({ ...current, to: seenAt })
    current = { from: seenAt, health: next }
  }
  states.push({ ...current, to: span.to })
  return states.map(({ from, to, health }) => ({
    from: from.toISOString(),
    to: to.toISOString(),
    health,
  }))
}

function gapsIn(
  incomplete: readonly (typeof looks.$inferSelect)[],
  { from: start }: Span,
  oneGapMs: number,
): Timeline['blind'] {
  const gaps: Span[] = []
  for (const { startedAt: begin, endedAt } of incomplete) {
    const startedAt = begin > start ? begin : start
    const last = gaps.at(-1)
    if (last && startedAt.getTime() - last.to.getTime() < oneGapMs) last.to = endedAt
    else gaps.push({ from: startedAt, to: endedAt })
  }
  return gaps.map(({ from, to }) => ({ from: from.toISOString(), to: to.toISOString() }))
}
