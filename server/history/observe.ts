import { setImmediate as pause } from 'node:timers/promises'
import type { Logger } from 'pino'
import * as z from 'zod/mini'

import { wireInt } from '#contract/nexudus/wire-values.ts'
import { chunksOf } from '#platform/db/chunks.ts'
import type { Database } from '#platform/db/database.ts'

import { createAppeared } from './appeared.ts'
import { createFacts } from './facts.ts'
import { createMissing, spanOf, type Reader } from './missing.ts'
import { createOwnWrites } from './own-writes.ts'
import { createSeenStore, type SeenRow } from './seen.ts'
import { differ, sightingIn, walk, type OwnChange, type Reading } from './sighting.ts'

type ObserverOptions = { db: Database; now: () => Date; log: Logger }

/** Several tabs of several people read the same list; within this time it is examined once. */
const LOOK_AGAIN_MS = 30_000

/**
 * In milliseconds; an unchanged row is compared with the database only after this time, so that
 * reading costs no writes.
 */
const COMPARE_AGAIN_MS = 5 * 60_000

// PGlite answers within the same turn of the event loop, so requests get theirs between batches
const BATCH = 50

/**
 * With more waiting, people read faster than this process examines, and a later reading will do.
 */
const WAITING_AT_MOST = 30

const recordSchema = z.looseObject({ Id: wireInt })
const listSchema = z.looseObject({ Records: z.array(z.unknown()) })

type Pair = { reading: Reading; row: SeenRow }

/** The request's parameters, and its reader. */
type Asked = { search: URLSearchParams; reader: Reader }

/**
 * Notices webhooks that were changed, created and deleted elsewhere, from readings that happen
 * anyway. Webhooks that existed before the first reading are only remembered, and one that a list
 * omits is asked for before it is called deleted.
 */
export function createObserver({ db, now, log }: ObserverOptions) {
  const facts = createFacts(db, now)
  const store = createSeenStore(db, now)
  const ownWrites = createOwnWrites(db, now)
  const meet = createAppeared(store, ownWrites)
  const missing = createMissing({ store, ownWrites, now, log, onGone: (id) => known.delete(id) })
  /** When this process last compared each page of the list with the database, by its query. */
  const soughtAt = new Map<string, number>()
  /**
   * Webhooks that this process compared with the database lately, so that most rows need no query.
   */
  const known = new Map<number, { print: string; readAt: number; comparedAt: number }>()
  /** Each webhook's failure count and last firing, as this process last read them. */
  const pulses = new Map<number, string>()
  let running: Promise<unknown> = Promise.resolve()
  let waiting = 0

  return {
    tidy: () => store.pullBack(),

    /**
     * Call before reading webhooks; pass the response, one record or a list, to the returned
     * callback. Nobody has to wait for its promise, which never rejects. Without `asked` it does
     * not look for missing webhooks.
     */
    beginReading(asked?: Asked) {
      const startedAt = now()
      return (json: unknown): Promise<unknown> => {
        if (waiting >= WAITING_AT_MOST) return running
        waiting += 1
        running = running
          .then(() => look(json, startedAt, asked))
          .catch((error: unknown) => log.error({ err: error }, 'looking for changes failed'))
          .finally(() => (waiting -= 1))
        return running.then(missing.settled)
      }
    },
  }

  async function look(json: unknown, startedAt: Date, asked: Asked | undefined) {
    const list = z.safeParse(listSchema, json)
    const records = list.success ? list.data.Records : [json]
    for (const part of chunksOf(records, BATCH)) {
      await pause()
      const readings = part.flatMap((record) => readingOf(record, !list.success, startedAt))
      const news = readings.filter(isNews)
      if (news.length > 0) await compare(news, startedAt)
      await facts.noteRecounts(readings.filter(hasMoved))
      for (const reading of readings) pulses.set(reading.id, pulseOf(reading))
    }
    if (list.success && asked?.reader.seesAll) await seekMissing(json, startedAt, asked)
  }

  async function seekMissing(json: unknown, startedAt: Date, { search, reader }: Asked) {
    const page = spanOf(json, search)
    if (!page) return
    await pause()
    const { span, listed } = page
    const isMissed = (id: number) => id >= span.from && id <= span.to && !listed.has(id)
    const missed = [...known.keys()].filter(isMissed)
    const last = soughtAt.get(search.toString()) ?? Number.NEGATIVE_INFINITY
    // absolute, because the clock may have been set back since
    const isLongAgo = Math.abs(startedAt.getTime() - last) > COMPARE_AGAIN_MS
    if (!isLongAgo && !missed.some(missing.isDue)) return

    soughtAt.set(search.toString(), startedAt.getTime())
    const kept = await missing.seek({ ...page, call: reader.call, startedAt, lastReadAt })
    for (const id of missed) if (!kept.has(id)) known.delete(id)
  }

  /** True if the webhook has fired or failed since it was last read. */
  function hasMoved(reading: Reading): boolean {
    return pulses.get(reading.id) !== pulseOf(reading)
  }

  /** True if the reading has to be compared with the database. */
  function isNews(reading: Reading): boolean {
    const before = known.get(reading.id)
    if (!before || reading.isWhole) return true
    const readAt = reading.startedAt.getTime()
    if (readAt - before.readAt < LOOK_AGAIN_MS) return false
    if (
      before.print !== printOf(reading) ||
      Math.abs(readAt - before.comparedAt) > COMPARE_AGAIN_MS
    ) {
      return true
    }
    before.readAt = readAt
    return false
  }

  async function compare(readings: Reading[], startedAt: Date) {
    const rows = await store.find(readings.map(({ id }) => id))
    const { met, appeared } = await meet(readings.filter(({ id }) => !rows.has(id)))
    await store.add(met, appeared)
    note(met)

    const pairs = readings.flatMap((reading) => {
      const row = rows.get(reading.id)
      // a reading that began before the last one shows an older state
      return row && row.at < startedAt ? [{ reading, row }] : []
    })
    const isPlain = ({ reading, row }: Pair) =>
      !reading.isWhole && !differ(row.record, sightingIn(reading))
    const plain = pairs.filter(isPlain)
    const touched = await store.touch(
      plain.map(({ row }) => row.webhookId),
      startedAt,
    )
    note(plain.map(({ reading }) => reading).filter(({ id }) => touched.has(id)))
    await judge(pairs.filter(({ row }) => !touched.has(row.webhookId)))
  }

  /**
   * Finds out whose change it was: the desk's, one of the desk's still under way, or somebody
   * else's.
   */
  async function judge(pairs: Pair[]) {
    const [first] = pairs
    if (!first) return
    const ids = pairs.map(({ row }) => row.webhookId)
    const since = pairs.reduce((at, { row }) => (row.at < at ? row.at : at), first.row.at)
    const underWay = await ownWrites.findUnderWay(ids)
    // read after `underWay`, so that it includes writes that ended in between
    const all = await ownWrites.since(ids, since)

    for (const { reading, row } of pairs) {
      const own = all.filter(({ webhookId, at }) => webhookId === reading.id && at >= row.at)
      if (underWay.has(reading.id) || isOverlapped(reading, own)) {
        known.delete(reading.id)
        continue
      }
      await pause()
      const { gaps, known: sighting } = walk({
        seen: { record: row.record, at: own.length > 0 ? row.at : lastReadAt(row) },
        own,
        reading,
        now: now(),
      })
      await store.settle(row, reading.startedAt, sighting, gaps)
      note([reading])
    }
  }

  function lastReadAt({ webhookId, at }: SeenRow): Date {
    return new Date(Math.max(at.getTime(), known.get(webhookId)?.readAt ?? 0))
  }

  function note(readings: Reading[]) {
    for (const reading of readings) {
      const at = reading.startedAt.getTime()
      known.set(reading.id, { print: printOf(reading), readAt: at, comparedAt: at })
    }
  }
}

/**
 * True if the reading overlaps a change by the desk, or follows its deletion: it proves nothing.
 */
function isOverlapped({ startedAt }: Reading, own: readonly OwnChange[]): boolean {
  const newest = own.at(-1)
  return newest !== undefined && (newest.at >= startedAt || newest.after === null)
}

function readingOf(value: unknown, isWhole: boolean, startedAt: Date): Reading[] {
  const { success, data } = z.safeParse(recordSchema, value)
  return success ? [{ id: data.Id, record: data, isWhole, startedAt }] : []
}

const pulseOf = ({ record: { ErrorCount, LastTrigger } }: Reading) =>
  JSON.stringify([ErrorCount, LastTrigger])

/**
 * A comparable text of the fields that lists carry, and of the last save: switched off here and on
 * again elsewhere between two readings, a webhook looks as it did before.
 */
const printOf = (reading: Reading) =>
  JSON.stringify([sightingIn({ ...reading, isWhole: false }), reading.record.UpdatedOn])
