import { and, asc, desc, eq, gt, inArray, isNotNull, isNull, lte, ne, or } from 'drizzle-orm'

import { hostOf } from '#contract/address/address.ts'
import type { Strips, Timeline } from '#contract/desk/timeline.ts'
import { HEALTH_STATES, type HealthState } from '#contract/nexudus/health.ts'
import { chunksOf } from '#platform/db/chunks.ts'
import type { Database } from '#platform/db/database.ts'
import { grouped } from '#platform/db/grouped.ts'
import { isInReach, type Reach } from '#server/nexudus/in-reach.ts'

import { readBits } from './firings.ts'
import { usualHours } from './silence.ts'
import { firings, looks, transitions, watched } from './tables.ts'

type TransitionRow = typeof transitions.$inferSelect
type Span = { from: Date; to: Date }
type Asked = Span & { intervalMs: number }

/** A webhook whose states are asked for. */
export type Subject = {
  webhookId: number
  businessId: number
  /** Empty if it is gone. */
  name: string
  /** Its state at the last look; `null` if it is gone. */
  health: HealthState | null
}

/** Transitions that a page gets. */
const LISTED = 500

const GAPS_AT_MOST = 5_000

/** Incomplete looks that are less than this many intervals apart are one gap. */
const ONE_GAP = 3

/** The webhook, also if it is gone; `undefined` if the watch has never seen it. */
export async function findSubject(db: Database, webhookId: number): Promise<Subject | undefined> {
  const [[known], [last]] = await Promise.all([
    db.select().from(watched).where(eq(watched.webhookId, webhookId)),
    db
      .select()
      .from(transitions)
      .where(eq(transitions.webhookId, webhookId))
      .orderBy(desc(transitions.id))
      .limit(1),
  ])
  if (known) return subjectOf(known)
  return last && { webhookId, businessId: last.businessId, name: '', health: null }
}

/** Those of the webhooks that the watch knows now and that somebody may see. */
export async function findSubjects(db: Database, ids: number[], reach: Reach): Promise<Subject[]> {
  const rows = await db.select().from(watched).where(inArray(watched.webhookId, ids))
  return rows.map(subjectOf).filter(({ businessId }) => isInReach(reach, businessId))
}

/** The webhooks that deliver to a host, as far as somebody may see them. */
export async function findSubjectsAt(db: Database, host: string, reach: Reach): Promise<Subject[]> {
  const rows = await db
    .select()
    .from(watched)
    .where(reach === null ? undefined : inArray(watched.businessId, reach))
    .orderBy(watched.webhookId)
  return rows.filter(({ record }) => hostOf(record.URL) === host).map(subjectOf)
}

const subjectOf = ({ webhookId, businessId, record, health }: typeof watched.$inferSelect) => ({
  webhookId,
  businessId,
  name: record.Name,
  health,
})

/** The states of webhooks, the worst of them at each moment, and their transitions. */
export async function readTimeline(
  db: Database,
  subjects: readonly Subject[],
  { listed = LISTED, ...asked }: Asked & { listed?: number },
): Promise<Timeline> {
  const { blind, each, rows } = await readStates(db, subjects, asked)
  const [only, ...others] = subjects
  const names = new Map(subjects.map(({ webhookId, name }) => [webhookId, name]))
  const newest = rows.toSorted((one, other) => other.id - one.id)
  return {
    ...writtenSpan(asked),
    blind,
    states: worstOf(
      each.map(({ states }) => states),
      asked.to,
    ).map(written),
    loss: only && others.length === 0 ? await lossOf(db, only.webhookId, asked) : null,
    count: rows.length,
    transitions: newest.slice(0, listed).map((row) => ({
      id: row.id,
      webhookId: row.webhookId,
      name: names.get(row.webhookId) ?? '',
      kind: row.kind,
      healthBefore: row.healthBefore,
      health: row.health,
      seenAt: row.seenAt.toISOString(),
      afterLookAt: row.lookBeforeAt?.toISOString() ?? null,
      happenedAt: row.happenedAt?.toISOString() ?? null,
      countFrom: row.countFrom,
      countTo: row.countTo,
      error: row.error,
    })),
  }
}

/** Somebody took it out of service: from then on nothing is lost that should have come. */
const OUT_OF_SERVICE: ReadonlySet<string> = new Set(['off', 'gone'])

/** More transitions than the last spell of failures has. */
const SPELL_AT_MOST = 500

/**
 * The last spell of failures in which a webhook stopped, if it reaches into the span: from the last
 * look that saw it well.
 */
async function lossOf(db: Database, webhookId: number, { from: start, to }: Span) {
  const isIts = eq(transitions.webhookId, webhookId)
  const newest = await db
    .select()
    .from(transitions)
    .where(and(isIts, IS_NEWS))
    .orderBy(desc(transitions.id))
    .limit(SPELL_AT_MOST)
  let spell: { row: TransitionRow; hasStopped: boolean; end: Date | null } | undefined
  for (const row of newest.toReversed()) {
    if (row.kind === 'failing' || row.kind === 'stopped') {
      if (!spell || spell.end) spell = { row, hasStopped: false, end: null }
      spell.hasStopped ||= row.kind === 'stopped'
    } else if (spell && (row.health === 'working' || OUT_OF_SERVICE.has(row.kind))) {
      spell.end ??= row.seenAt
    }
  }
  if (!spell?.hasStopped || (spell.end && spell.end < start)) return null
  const { row, end } = spell
  const from = row.lookBeforeAt ?? row.seenAt
  const [known] = await db.select().from(firings).where(eq(firings.webhookId, webhookId))
  const span = { from: from.getTime(), to: (end ?? to).getTime() }
  const usual = known && usualHours({ week: known.week, bits: readBits(known.bits) }, span)
  return { from: from.toISOString(), to: end && end.toISOString(), usualHours: usual ?? null }
}

/** The states of several webhooks over the same span. */
export async function readStrips(
  db: Database,
  subjects: readonly Subject[],
  asked: Asked,
): Promise<Strips> {
  const { blind, each } = await readStates(db, subjects, asked)
  return {
    ...writtenSpan(asked),
    blind,
    strips: each.map(({ webhookId, states }) => ({ webhookId, states: states.map(written) })),
  }
}

const writtenSpan = ({ from, to }: Span) => ({ from: from.toISOString(), to: to.toISOString() })

async function readStates(db: Database, subjects: readonly Subject[], asked: Asked) {
  const { intervalMs, ...span } = asked
  const [{ rows, before }, [firstLook], incomplete] = await Promise.all([
    readHappened(
      db,
      subjects.map(({ webhookId }) => webhookId),
      span,
    ),
    findFirstLook(db),
    findIncomplete(db, span),
  ])
  const happened = grouped(rows, ({ webhookId }) => webhookId)
  return {
    blind: gapsIn(incomplete, span, ONE_GAP * intervalMs),
    rows,
    each: subjects.map(({ webhookId, health }) => {
      const its = happened.get(webhookId) ?? []
      const begin = its[0]?.healthBefore ?? before.get(webhookId) ?? health
      return {
        webhookId,
        states: statesOf(its, { span, begin, watchedFrom: firstLook?.startedAt }),
      }
    }),
  }
}

/** The transitions of the span, oldest first, and the state of each webhook before it. */
async function readHappened(db: Database, ids: readonly number[], { from }: Span) {
  const rows: TransitionRow[] = []
  const before = new Map<number, HealthState>()
  for (const part of chunksOf(ids)) {
    const areThey = inArray(transitions.webhookId, part)
    const [within, earlier] = await Promise.all([
      db
        .select()
        .from(transitions)
        .where(and(areThey, IS_NEWS, gt(transitions.seenAt, from)))
        .orderBy(asc(transitions.id)),
      db
        .selectDistinctOn([transitions.webhookId])
        .from(transitions)
        .where(and(areThey, IS_NEWS, lte(transitions.seenAt, from)))
        .orderBy(transitions.webhookId, desc(transitions.id)),
    ])
    // not spread: a destination may have more than one call takes
    for (const row of within) rows.push(row)
    for (const { webhookId, health } of earlier) before.set(webhookId, health)
  }
  return { rows, before }
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

type State = Span & { health: HealthState | null }

type Knowledge = { span: Span; begin: HealthState | null; watchedFrom: Date | undefined }

function statesOf(
  rows: readonly TransitionRow[],
  { span, begin, watchedFrom }: Knowledge,
): State[] {
  const start = watchedFrom && watchedFrom > span.from ? watchedFrom : span.from
  const states: State[] = []
  if (start > span.from) states.push({ from: span.from, to: start, health: null })
  let current = { from: start, health: rows[0]?.kind === 'appeared' ? null : begin }
  for (const { seenAt, health, kind } of rows) {
    const next = kind === 'gone' ? null : health
    if (next === current.health) continue
    if (seenAt > current.from) states.push({ ...current, to: seenAt })
    current = { from: seenAt, health: next }
  }
  states.push({ ...current, to: span.to })
  return states
}

const written = ({ from, to, health }: State) => ({ ...writtenSpan({ from, to }), health })

const WORST_FIRST = [...HEALTH_STATES, null]

/** The worst of several webhooks' states at each moment. */
function worstOf(all: readonly (readonly State[])[], to: Date): State[] {
  const starts = all.flat().toSorted((one, other) => one.from.getTime() - other.from.getTime())
  // the present states go on, even if they began just now
  const over = all.flatMap((states) => states.slice(0, -1))
  const ends = over.toSorted((one, other) => one.to.getTime() - other.to.getTime())
  const counts = new Map<HealthState | null, number>()
  const count = ({ health }: State, by: 1 | -1) =>
    counts.set(health, (counts.get(health) ?? 0) + by)
  const worst = () => WORST_FIRST.find((health) => (counts.get(health) ?? 0) > 0) ?? null
  const states: State[] = []
  let [begun, ended] = [0, 0]
  for (const at of new Set(starts.map((state) => state.from.getTime()))) {
    for (let next = ends[ended]; next && next.to.getTime() <= at; next = ends[ended]) {
      count(next, -1)
      ended += 1
    }
    for (let next = starts[begun]; next && next.from.getTime() <= at; next = starts[begun]) {
      count(next, 1)
      begun += 1
    }
    const [last, health] = [states.at(-1), worst()]
    if (last?.health === health) continue
    if (last) last.to = new Date(at)
    states.push({ from: new Date(at), to, health })
  }
  return states
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
