import { setImmediate as pause } from 'node:timers/promises'

import type { Facts } from '#contract/nexudus/health.ts'
import { timeOf } from '#contract/nexudus/time.ts'
import type { WebhookRow } from '#contract/nexudus/webhook.ts'
import { chunksOf } from '#platform/db/chunks.ts'
import { Failed } from '#platform/http/failure.ts'
import type { SignedInAccount } from '#server/nexudus/account.ts'
import { findRecord } from '#server/nexudus/webhook-records.ts'

import { hourOf, withFiring, type Firings } from './firings.ts'
import { readPlaces, type Look } from './look.ts'
import { findSilent, type Listened } from './silence.ts'
import {
  KEPT_FIELDS,
  keptOf,
  knownOf,
  transitionsOf,
  type Known,
  type KnownRecord,
  type Transition,
} from './transitions.ts'
import type { Findings, KnownSince } from './watch-store.ts'

type Asking = {
  reader: SignedInAccount
  /** True for the first complete look ever. */
  isFirst: boolean
  known: ReadonlyMap<number, KnownSince>
  /** The known records as text, which is compared faster. */
  prints: ReadonlyMap<number, string>
  firings: ReadonlyMap<number, Firings>
  /** True if an hour is over since silences were last looked for. */
  listens: boolean
  startedAt: Date
  now: () => Date
  listFacts: () => Promise<Map<number, Facts>>
  findUnderWay: (ids: number[]) => Promise<ReadonlySet<number>>
}

/** Complete looks in a row without a webhook, after which Nexudus is asked for it. */
const ASK_FROM = 2

/** Webhooks that one look asks for; many may be deleted at once, and the next look asks on. */
const ASKED_AT_ONCE = 20

const HOUR_MS = 3_600_000

/** Rows between two of which requests get their turn. */
const BATCH = 500

/** Ids in one question to the database, far below the parameters that one may have. */
const ASKED_TOGETHER = 5_000

/** Stands for the number of the look that is being stored. */
const THIS_LOOK = 0

/** A record as comparable text; the database returns its fields in an order of its own. */
export const printOf = (record: KnownRecord) => JSON.stringify(record, KEPT_FIELDS)

/** Compares a complete look with what was known. The history is asked only if something is new. */
export async function findingsOf(look: Look, asking: Asking): Promise<Findings> {
  const { known } = asking
  const different = await newRows(look.rows, asking)
  const busy = await underWay(different, asking)
  const news = different.filter(({ Id }) => !busy.has(Id))
  const facts = news.length > 0 ? await asking.listFacts() : new Map<number, Facts>()
  const changed = new Map<number, KnownSince>()
  const happened = new Map<number, readonly Transition[]>()
  for (const [at, row] of news.entries()) {
    if (at % BATCH === BATCH - 1) await pause()
    const was = known.get(row.Id)
    const silent = was?.silence ?? undefined
    const is = knownOf(keptOf(row), { ...facts.get(row.Id), silent }, asking.now())
    changed.set(row.Id, knownSince(is, was, asking))
    const all = transitionsOf(was, is)
    // what existed before the first look did not appear
    const told = asking.isFirst ? all.filter(({ kind }) => kind !== 'appeared') : all
    const isBack = was !== undefined && was.missed >= ASK_FROM
    const withBack = isBack ? [{ kind: 'back' as const, health: is.health }, ...told] : told
    if (withBack.length > 0) happened.set(row.Id, withBack)
  }

  const firings = firedSince(changed, asking)
  if (asking.listens) {
    for (const [id, is] of await fallenSilent(look, { changed, firings, busy, asking })) {
      const was = changed.get(id) ?? known.get(id)
      changed.set(id, knownSince(is, was, asking))
      happened.set(id, [...(happened.get(id) ?? []), ...transitionsOf(was, is)])
    }
  }

  const { gone, missed } = await absentFrom(look, asking)
  for (const [id, { health }] of gone) happened.set(id, [{ kind: 'gone', health }])
  return { changed, gone, missed, happened, firings }
}

const knownSince = (is: Known, was: KnownSince | undefined, { startedAt }: Asking): KnownSince => ({
  ...is,
  ...(was?.health === is.health
    ? { sinceAt: was.sinceAt, sinceLook: was.sinceLook }
    : { sinceAt: startedAt, sinceLook: THIS_LOOK }),
  missed: 0,
})

/** The hours of firings that this look saw first. */
function firedSince(changed: ReadonlyMap<number, KnownSince>, { firings, startedAt }: Asking) {
  const fired = new Map<number, Firings>()
  for (const [id, { record }] of changed) {
    const at = timeOf(record.LastTrigger)
    // what is dated ahead is the work of a wrong clock
    if (at === null || at > startedAt.getTime() + HOUR_MS) continue
    const before = firings.get(id)
    const after = withFiring(before, hourOf(at))
    if (after !== before) fired.set(id, after)
  }
  return fired
}

type Listening = {
  changed: ReadonlyMap<number, KnownSince>
  firings: ReadonlyMap<number, Firings>
  busy: ReadonlySet<number>
  asking: Asking
}

/** Webhooks that worked and are silent for longer than usual, as they are now. */
async function fallenSilent(look: Look, { changed, firings, busy, asking }: Listening) {
  const working = new Map(
    look.rows.flatMap(({ Id }) => {
      const is = changed.get(Id) ?? asking.known.get(Id)
      return is?.health === 'working' && !busy.has(Id) ? [[Id, is] as const] : []
    }),
  )
  const listened = [...working].flatMap(([id, { record }]): Listened[] => {
    const firedAt = timeOf(record.LastTrigger)
    if (firedAt === null || record.LastTrigger === null) return []
    const { BusinessId: businessId, Action: action, LastTrigger: lastTrigger } = record
    return [{ id, businessId, action, lastTrigger, firedAt }]
  })
  const all = new Map([...asking.firings, ...firings])
  const silences = findSilent(listened, all, asking.startedAt.getTime())
  const facts = silences.size > 0 ? await asking.listFacts() : new Map<number, Facts>()
  return [...silences].flatMap(([id, silent]): [number, Known][] => {
    const was = working.get(id)
    if (!was) return []
    const is = knownOf(was.record, { ...facts.get(id), silent }, asking.now())
    return is.health === 'quiet' ? [[id, is]] : []
  })
}

/** Gives the findings of a look its number, which the database chose. */
export function numbered(found: Findings, look: number): Findings {
  for (const webhook of found.changed.values()) {
    if (webhook.sinceLook === THIS_LOOK) webhook.sinceLook = look
  }
  return found
}

/**
 * Webhooks that the desk is writing: their change has a reason that the history does not know yet,
 * so the next look judges them.
 */
async function underWay(rows: readonly WebhookRow[], { findUnderWay }: Asking) {
  const busy = new Set<number>()
  for (const part of chunksOf(rows, ASKED_TOGETHER)) {
    for (const id of await findUnderWay(part.map(({ Id }) => Id))) busy.add(id)
  }
  return busy
}

async function newRows(rows: readonly WebhookRow[], { known, prints }: Asking) {
  const news: WebhookRow[] = []
  for (const part of chunksOf(rows, BATCH)) {
    await pause()
    for (const row of part) {
      const wasMissed = (known.get(row.Id)?.missed ?? 0) > 0
      if (wasMissed || prints.get(row.Id) !== printOf(keptOf(row))) news.push(row)
    }
  }
  return news
}

async function absentFrom({ rows, unread }: Look, { known, reader }: Asking) {
  const listed = new Set(rows.map(({ Id }) => Id))
  const absent = [...known].filter(([id]) => !listed.has(id))
  // an unreadable row may be one of them
  const due = unread === 0 ? absent.filter(([, { missed }]) => missed + 1 >= ASK_FROM) : []
  const gone = await findGone(reader, due)
  const missed = new Map(
    absent.flatMap(([id, { missed: looksMissed }]) =>
      gone.has(id) || looksMissed >= ASK_FROM ? [] : [[id, looksMissed + 1]],
    ),
  )
  return { gone, missed }
}

/**
 * Those of the absent webhooks that Nexudus no longer has. If a location vanished from the account's
 * sight, its webhooks are not gone.
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

async function isNoLongerThere({ call }: SignedInAccount, id: number): Promise<boolean> {
  try {
    return (await findRecord(call, id)) === undefined
  } catch (error) {
    if (!(error instanceof Failed)) throw error
    return false
  }
}
