import { setImmediate as pause } from 'node:timers/promises'
import type { Logger } from 'pino'
import * as z from 'zod/mini'

import { wireInt } from '#contract/nexudus/wire-values.ts'
import type { Database } from '#platform/db/database.ts'

import { createAppeared } from './appeared.ts'
import { createFacts } from './facts.ts'
import { createMissing, spanOf, type Reader } from './missing.ts'
import { createOwnWrites } from './own-writes.ts'
import { createSeenStore, type SeenRow } from './seen.ts'
import { differ, sightingIn, walk, type OwnChange, type Reading } from './sighting.ts'

type ObserverOptions = { db: Database; now: () => Date; log: Logger }

/** Several tabs of several people read the same list; once in this time is enough to look at it. */
const LOOK_AGAIN_MS = 30_000

/** An unchanged row is compared with the database after this time only: reading costs no writes. */
const COMPARE_AGAIN_MS = 5 * 60_000

// PGlite answers within the same turn of the event loop: requests get theirs in between
const BATCH = 50

/** With more than this somebody reads faster than we look, and the next reading is as good. */
const WAITING_AT_MOST = 30

const recordSchema = z.looseObject({ Id: wireInt })
const listSchema = z.looseObject({ Records: z.array(z.unknown()) })

type Pair = { reading: Reading; row: SeenRow }

/** What was asked for, and by whom. */
type Asked = { search: URLSearchParams; reader: Reader }

/**
 * Notices what was changed, created and deleted elsewhere, from what is read anyway. What was there
 * before somebody first looked is only remembered, and what a list leaves out is asked for before
 * it is called deleted.
 */
export function createObserver({ db, now, log }: ObserverOptions) {
  const facts = createFacts(db, now)
  const store = createSeenStore(db, now)
  const ownWrites = createOwnWrites(db, now)
  const meet = createAppeared(store, ownWrites)
  const missing = createMissing({ store, ownWrites, now, log, onGone: (id) => known.delete(id) })
  /** When this process last compared each page of the list with the database, by what was asked. */
  const soughtAt = new Map<string, number>()
  /** What this process has compared with the database lately, so that most rows need no query. */
  const known = new Map<number, { print: string; readAt: number; comparedAt: number }>()
  /** How often each had failed, and when it had fired, as this process last read it. */
  const pulses = new Map<number, string>()
  let running: Promise<unknown> = Promise.resolve()
  let waiting = 0

  return {
    tidy: () => store.pullBack(),

    /**
     * For whoever is about to read webhooks: what it answers takes what Nexudus said, one record
     * or a list. Nobody has to wait for it, and it never fails. Without `asked` it is not looked
     * for what is missing.
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
    for (let start = 0; start < records.length; start += BATCH) {
      await pause()
      const readings = records
        .slice(start, start + BATCH)
        .flatMap((record) => readingOf(record, !list.success, startedAt))
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
    // also where the clock was set back since
    const isLongAgo = Math.abs(startedAt.getTime() - last) > COMPARE_AGAIN_MS
    if (!isLongAgo && !missed.some(missing.isDue)) return

    soughtAt.set(search.toString(), startedAt.getTime())
    const kept = await missing.seek({ ...page, call: reader.call, startedAt, lastReadAt })
    for (const id of missed) if (!kept.has(id)) known.delete(id)
  }

  /** Whether it has fired or failed since it was last read. */
  function hasMoved(reading: Reading): boolean {
    return pulses.get(reading.id) !== pulseOf(reading)
  }

  /** Whether the database has to be asked about it. */
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
      // a reading that began before the last one tells of the past
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

  /** Of those that look different: was it us, are we at it, or somebody else? */
  async function judge(pairs: Pair[]) {
    const [first] = pairs
    if (!first) return
    const ids = pairs.map(({ row }) => row.webhookId)
    const since = pairs.reduce((at, { row }) => (row.at < at ? row.at : at), first.row.at)
    const underWay = await ownWrites.findUnderWay(ids)
    // only now: what ended since then is among them
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

/** Read while we changed it, or after we deleted it: nothing can be concluded. */
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

/** Of what lists tell. */
const printOf = (reading: Reading) => JSON.stringify(sightingIn({ ...reading, isWhole: false }))
