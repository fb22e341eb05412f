import type { Logger } from 'pino'

import type { Facts } from '#contract/nexudus/health.ts'
import type { WebhookRow } from '#contract/nexudus/webhook.ts'
import type { Database } from '#platform/db/database.ts'
import { whileLeased } from '#platform/db/lease.ts'
import type { SignedInAccount } from '#server/nexudus/account.ts'

import { findingsOf, numbered, printOf } from './findings.ts'
import { hourOf, type Firings } from './firings.ts'
import { lookAt, readPlaces, troubleOf, type BeginReading, type Look } from './look.ts'
import type { Transition } from './transitions.ts'
import type { createWatchAccount } from './watch-account.ts'
import type { KnownSince, LookRow, WatchStore } from './watch-store.ts'

/** A look with what followed from it, for those who act on it, in its own transaction. */
export type LookedAt = {
  row: LookRow
  /** The first complete look ever: what it finds is no news. */
  isFirst: boolean
  /** Number of incomplete looks in a row, this one included; 0 if it is complete. */
  blindFor: number
  /** The last complete look before. */
  before: LookRow | undefined
  /** Every webhook that a complete look listed, as it is now. */
  fleet: ReadonlyMap<number, KnownSince>
  gone: ReadonlyMap<number, KnownSince>
  happened: ReadonlyMap<number, readonly Transition[]>
  places: ReadonlyMap<number, string>
}

export type OnLook = (tx: Database, look: LookedAt) => Promise<void>

type WatcherOptions = {
  account: Pick<ReturnType<typeof createWatchAccount>, 'current'>
  store: WatchStore
  beginReading: BeginReading
  listFacts: () => Promise<Map<number, Facts>>
  findUnderWay: (ids: number[]) => Promise<ReadonlySet<number>>
  onLook: OnLook
  onSeen: () => Promise<void>
  intervalMs: number
  log: Logger
  now: () => Date
}

type Memory = {
  look: number
  known: Map<number, KnownSince>
  prints: Map<number, string>
  firings: Map<number, Firings>
  /** The hour in which silences were last looked for. */
  listenedIn: number
}

/** From this many missed looks on, a span counts as one in which nobody looked. */
const MISSED = 4

const NEVER = -1

/** More incomplete looks in a row than anybody counts. */
const ENOUGH = 10

/** One look after the other. What was known at the last one stays in memory. */
export function createWatcher(options: WatcherOptions) {
  const { account, store, beginReading, log, now } = options
  /** The present knowledge, and the look that it is from: another process may have looked since. */
  let memory: Memory | undefined
  let places: Map<number, string> | undefined
  let looking: Promise<unknown> = Promise.resolve()
  let isStopping = false

  return {
    /** Looks once, unless another process is at it. Never rejects. */
    look() {
      looking = looking.then(takeTurn).catch((error: unknown) => {
        memory = undefined
        log.error({ err: error }, 'a look failed')
      })
      return looking
    },
    async stop() {
      isStopping = true
      await looking
    },
  }

  async function takeTurn() {
    if (isStopping) return
    const claim = await store.claimTurn()
    if (claim === undefined) return
    try {
      await whileLeased(
        () => store.renewTurn(claim),
        () => lookOnce(claim),
      )
    } finally {
      await store.releaseTurn(claim)
    }
  }

  async function lookOnce(claim: string) {
    const startedAt = now()
    const before = await store.lastCompleteLook()
    const remembered = await memoryOf(before)
    const { known, firings } = remembered
    const reader = await account.current().catch(troubleOf)
    const look: Look =
      reader === undefined || !('call' in reader)
        ? { pages: 0, unread: 0, rows: [], trouble: 'no_account', ...reader }
        : await lookAt({ account: reader, before: before?.rows ?? 0, beginReading })
    if (look.trouble !== undefined || !reader || !('call' in reader)) {
      await addIncomplete(claim, { ...look, startedAt }, before)
      return
    }

    const found = await findingsOf(look, {
      reader,
      isFirst: before === undefined,
      known,
      prints: remembered.prints,
      firings,
      listens: hourOf(startedAt.getTime()) !== remembered.listenedIn,
      startedAt,
      now,
      listFacts: options.listFacts,
      findUnderWay: options.findUnderWay,
    })
    const names = await placesFor(look.rows, reader)
    const fleet = new Map(known)
    for (const [id, webhook] of found.changed) fleet.set(id, webhook)
    for (const [id, missed] of found.missed) {
      const webhook = fleet.get(id)
      if (webhook) fleet.set(id, { ...webhook, missed })
    }
    for (const id of found.gone.keys()) fleet.delete(id)

    const gap = gapBefore(startedAt, await store.lastLook())
    const row = await store.addLook(claim, { ...look, startedAt }, gap, async (tx, added) => {
      await store.saveFindings(tx, added, before, numbered(found, added.id))
      const { gone, happened } = found
      const isFirst = before === undefined
      const told = { isFirst, blindFor: 0, before, fleet, gone, happened, places: names }
      await options.onLook(tx, { row: added, ...told })
    })
    if (!row) {
      memory = undefined
      return
    }
    const prints = new Map([...fleet].map(([id, { record }]) => [id, printOf(record)]))
    for (const [id, fired] of found.firings) firings.set(id, fired)
    for (const id of found.gone.keys()) firings.delete(id)
    const listenedIn = hourOf(startedAt.getTime())
    memory = { look: row.id, known: fleet, prints, firings, listenedIn }
    void options.onSeen()
  }

  /** The span without a look, if the last one is longer ago than a few intervals. */
  function gapBefore(startedAt: Date, last: LookRow | undefined) {
    if (!last) return undefined
    const isLong = startedAt.getTime() - last.endedAt.getTime() > MISSED * options.intervalMs
    return isLong ? { from: last.endedAt, to: startedAt } : undefined
  }

  async function addIncomplete(
    claim: string,
    look: Look & { startedAt: Date },
    before: LookRow | undefined,
  ) {
    const gap = gapBefore(look.startedAt, await store.lastLook())
    const earlier = await store.countSince(before?.id ?? 0, ENOUGH)
    await store.addLook(claim, look, gap, async (tx, row) => {
      await options.onLook(tx, {
        row,
        isFirst: false,
        blindFor: earlier + 1,
        before,
        fleet: new Map(),
        gone: new Map(),
        happened: new Map(),
        places: places ?? new Map(),
      })
    })
  }

  async function memoryOf(before: LookRow | undefined): Promise<Memory> {
    if (memory && memory.look === before?.id) return memory
    const known = before ? await store.loadKnown() : new Map<number, KnownSince>()
    const firings = before ? await store.loadFirings() : new Map<number, Firings>()
    const prints = new Map([...known].map(([id, { record }]) => [id, printOf(record)]))
    memory = { look: before?.id ?? 0, known, prints, firings, listenedIn: NEVER }
    return memory
  }

  /** The names of locations, read again if one of them is new or was stored without a name. */
  async function placesFor(rows: readonly WebhookRow[], reader: SignedInAccount) {
    places ??= await store.loadPlaces()
    const names = places
    if (rows.every(({ BusinessId }) => names.get(BusinessId))) return names
    const read = await readPlaces(reader)
    if (!read) return names
    await store.savePlaces(read)
    places = new Map([...names, ...read])
    return places
  }
}
