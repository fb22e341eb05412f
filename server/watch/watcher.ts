import { setImmediate as pause } from 'node:timers/promises'
import type { Logger } from 'pino'

import type { Facts } from '#contract/nexudus/health.ts'
import type { WebhookRow } from '#contract/nexudus/webhook.ts'
import type { Database } from '#platform/db/database.ts'
import { whileLeased } from '#platform/db/lease.ts'
import { Failed } from '#platform/http/failure.ts'
import type { SignedInAccount } from '#server/nexudus/account.ts'
import { findRecord } from '#server/nexudus/webhook-records.ts'

import { lookAt, readPlaces, troubleOf, type BeginReading, type Look } from './look.ts'
import { keptOf, knownOf, transitionsOf, type Transition } from './transitions.ts'
import type { createWatchAccount } from './watch-account.ts'
import type { Findings, KnownSince, LookRow, WatchStore } from './watch-store.ts'

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
  onLook: OnLook
  log: Logger
  now: () => Date
}

/** Complete looks in a row without a webhook, after which Nexudus is asked for it. */
const ASK_FROM = 2

/** Webhooks that one look asks for; many may be deleted at once, and the next look asks on. */
const ASKED_AT_ONCE = 20

/** Rows between two of which requests get their turn. */
const BATCH = 500

/** One look after the other. What was known at the last one stays in memory. */
export function createWatcher(options: WatcherOptions) {
  const { account, store, beginReading, log, now } = options
  /** The present knowledge, and the look that it is from: another process may have looked since. */
  let memory:
    { look: number; known: Map<number, KnownSince>; prints: Map<number, string> } | undefined
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
    const known = await knownAt(before)
    const reader = await account.current().catch(troubleOf)
    const look: Look =
      reader === undefined || !('call' in reader)
        ? { pages: 0, unread: 0, rows: [], trouble: 'no_account', ...reader }
        : await lookAt({ account: reader, before: before?.rows ?? 0, beginReading })
    if (look.trouble !== undefined || !reader || !('call' in reader)) {
      await addIncomplete(claim, { ...look, startedAt }, before)
      return
    }

    const found = await findingsOf(look, reader, { before, known, startedAt })
    const names = await placesFor(look.rows, reader)
    const fleet = new Map(known)
    for (const [id, webhook] of found.changed) fleet.set(id, webhook)
    for (const [id, missed] of found.missed) {
      const webhook = fleet.get(id)
      if (webhook) fleet.set(id, { ...webhook, missed })
    }
    for (const id of found.gone.keys()) fleet.delete(id)

    const row = await store.addLook(claim, { ...look, startedAt }, async (tx, added) => {
      await store.saveFindings(tx, added, before?.id ?? null, withLook(found, added))
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
    memory = { look: row.id, known: fleet, prints }
  }

  async function addIncomplete(
    claim: string,
    look: Look & { startedAt: Date },
    before: LookRow | undefined,
  ) {
    const earlier = await store.incompleteSince(before?.id ?? 0)
    await store.addLook(claim, look, async (tx, row) => {
      await options.onLook(tx, {
        row,
        isFirst: false,
        blindFor: earlier.length + 1,
        before,
        fleet: new Map(),
        gone: new Map(),
        happened: new Map(),
        places: places ?? new Map(),
      })
    })
  }

  async function knownAt(before: LookRow | undefined): Promise<Map<number, KnownSince>> {
    if (memory && memory.look === before?.id) return memory.known
    const known = before ? await store.loadKnown() : new Map<number, KnownSince>()
    const prints = new Map([...known].map(([id, { record }]) => [id, printOf(record)]))
    memory = { look: before?.id ?? 0, known, prints }
    return known
  }

  /** Compares the rows with what was known. The history is asked only if something is new. */
  async function findingsOf(
    { rows, unread }: Look,
    reader: SignedInAccount,
    {
      before,
      known,
      startedAt,
    }: { before: LookRow | undefined; known: Map<number, KnownSince>; startedAt: Date },
  ): Promise<Findings> {
    const prints = memory?.prints ?? new Map<number, string>()
    const news: WebhookRow[] = []
    for (let start = 0; start < rows.length; start += BATCH) {
      await pause()
      for (const row of rows.slice(start, start + BATCH)) {
        const wasMissed = (known.get(row.Id)?.missed ?? 0) > 0
        if (wasMissed || prints.get(row.Id) !== printOf(keptOf(row))) news.push(row)
      }
    }
    const facts = news.length > 0 ? await options.listFacts() : new Map<number, Facts>()
    const changed = new Map<number, KnownSince>()
    const happened = new Map<number, readonly Transition[]>()
    for (const [at, row] of news.entries()) {
      if (at % BATCH === BATCH - 1) await pause()
      const was = known.get(row.Id)
      const is = knownOf(keptOf(row), facts.get(row.Id) ?? {}, now())
      const isSame = was?.health === is.health
      changed.set(row.Id, {
        ...is,
        sinceAt: isSame ? was.sinceAt : startedAt,
        // the number of this look is not known yet
        sinceLook: isSame ? was.sinceLook : THIS_LOOK,
        missed: 0,
      })
      const all = transitionsOf(was, is)
      // what existed before the first look did not appear
      const told = before ? all : all.filter(({ kind }) => kind !== 'appeared')
      const isBack = was !== undefined && was.missed >= ASK_FROM
      const withBack = isBack ? [{ kind: 'back' as const, health: is.health }, ...told] : told
      if (withBack.length > 0) happened.set(row.Id, withBack)
    }

    const listed = new Set(rows.map(({ Id }) => Id))
    const absent = [...known].filter(([id]) => !listed.has(id))
    // an unreadable row may be one of them
    const due = unread === 0 ? absent.filter(([, { missed }]) => missed + 1 >= ASK_FROM) : []
    const gone = await findGone(reader, due)
    for (const [id, { health }] of gone) happened.set(id, [{ kind: 'gone', health }])
    const missed = new Map(
      absent.flatMap(([id, { missed: looksMissed }]) =>
        gone.has(id) || looksMissed >= ASK_FROM ? [] : [[id, looksMissed + 1]],
      ),
    )
    return { changed, gone, missed, happened }
  }

  /**
   * Those of the absent webhooks that Nexudus no longer has. If a location vanished from the
   * account's sight, its webhooks are not gone.
   */
  async function findGone(reader: SignedInAccount, due: readonly [number, KnownSince][]) {
    const gone = new Map<number, KnownSince>()
    const seen = due.length > 0 ? await readPlaces(reader) : undefined
    const visible = due.filter(([, { record }]) => seen?.has(record.BusinessId))
    for (const [id, webhook] of visible.slice(0, ASKED_AT_ONCE)) {
      if (await isNoLongerThere(reader, id)) gone.set(id, webhook)
    }
    return gone
  }

  /** The names of locations, read again if one of them is new. */
  async function placesFor(rows: readonly WebhookRow[], reader: SignedInAccount) {
    places ??= await store.loadPlaces()
    const names = places
    if (rows.every(({ BusinessId }) => names.has(BusinessId))) return names
    const read = await readPlaces(reader)
    if (!read) return names
    await store.savePlaces(read)
    places = new Map([...names, ...read])
    return places
  }
}

/** Stands for the number of the look that is being stored. */
const THIS_LOOK = 0

function withLook(found: Findings, { id }: LookRow): Findings {
  for (const webhook of found.changed.values()) {
    if (webhook.sinceLook === THIS_LOOK) webhook.sinceLook = id
  }
  return found
}

async function isNoLongerThere({ call }: SignedInAccount, id: number): Promise<boolean> {
  try {
    return (await findRecord(call, id)) === undefined
  } catch (error) {
    if (!(error instanceof Failed)) throw error
    return false
  }
}

const printOf = (record: object) => JSON.stringify(record)
