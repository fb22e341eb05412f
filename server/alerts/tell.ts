import { and, eq, isNull } from 'drizzle-orm'

import { hostsOnly, parseAddress } from '#contract/address/address.ts'
import type { Database } from '#platform/db/database.ts'
import { countStops } from '#server/watch/stops.ts'
import type { LookedAt } from '#server/watch/watcher.ts'
import type { KnownSince } from '#server/watch/watch-store.ts'

import { afterLook, type Followed } from './after-look.ts'
import { addIncident, loadOpen, saveIncident } from './alert-store.ts'
import { loadPeople, type Channels } from './hearers.ts'
import { openMembers, type Incident, type Look, type Member, type Watched } from './incidents.ts'
import type { MemberMemory } from './member-memory.ts'
import { sumUp } from './summaries.ts'
import { incidents } from './tables.ts'
import { createTeller, type Teller } from './teller.ts'

/** Incomplete looks in a row after which the watch is called blind. */
const BLIND_FROM = 3

/** Transitions after which a webhook may be part of an incident. */
const WORSE: ReadonlySet<string> = new Set(['stopped', 'failing', 'quiet', 'appeared', 'back'])

/**
 * Follows every incident after a look and writes what is to be told, all in the look's own
 * transaction. True if a notice waits to be sent.
 */
export async function tell(
  tx: Database,
  look: LookedAt,
  { channels, memory, now }: { channels: Channels; memory: MemberMemory; now: Date },
): Promise<boolean> {
  const hearers = [...(await loadPeople(tx)), ...(await channels.hearers(tx))]
  const teller = createTeller(tx, hearers, look, now)
  if (look.row.trouble === null) {
    await seeAgain(tx, look, teller)
    await followAll(tx, look, { teller, memory })
    await sumUp(tx, { hearers, channels, look, teller, memory })
  } else if (look.blindFor >= BLIND_FROM && hasEverSeen(look)) {
    await goBlind(tx, look, teller)
  }
  return teller.hasTold()
}

/** A watch that nobody has set up yet is not blind. */
const hasEverSeen = ({ row, before }: LookedAt) =>
  row.trouble !== 'no_account' || before !== undefined

type Following = { teller: Teller; memory: MemberMemory }

async function followAll(tx: Database, looked: LookedAt, { teller, memory }: Following) {
  const { row, isFirst, fleet, gone, happened } = looked
  const opened = await loadOpen(tx, memory, looked.before?.id ?? 0)
  const members = new Set(
    opened.flatMap((incident) => openMembers(incident).map(({ webhookId }) => webhookId)),
  )
  const worsened: Watched[] = []
  const watched = new Map<number, Watched>()
  for (const [id, known] of fleet) {
    const hasWorsened = isFirst || happened.get(id)?.some(({ kind }) => WORSE.has(kind))
    if (!hasWorsened && !members.has(id)) continue
    const webhook = watchedOf(id, known)
    watched.set(id, webhook)
    if (hasWorsened) worsened.push(webhook)
  }
  const look: Look = {
    id: row.id,
    at: row.startedAt,
    isFirst,
    fleet: watched,
    gone: new Set(gone.keys()),
    stops: await countStops(tx, stoppedIn(worsened, opened), { now: row.startedAt }),
  }
  const found: Followed[] = []
  const after = new Map<number, readonly Member[]>()
  for (const followed of afterLook(opened, { worsened, look })) {
    const { before, after: incident, news } = followed
    const id = before?.id ?? (await addIncident(tx, incident))
    if (before) await saveIncident(tx, before, { ...incident, id })
    after.set(id, incident.members)
    if (news?.telling === 'found') found.push(followed)
    else if (news) await teller.told(id, incident, news, look.stops)
    // bad news that is still held back is no news any more
    else if (incident.closedAt) await teller.dropHeld(id)
  }
  if (found.length > 0) await teller.found(found)
  memory.note(row.id, after)
}

/** Webhooks that have just stopped, and those whose stop is not told yet. */
const stoppedIn = (worsened: readonly Watched[], opened: readonly Incident[]) => [
  ...worsened.flatMap(({ webhookId, health }) => (health === 'stopped' ? [webhookId] : [])),
  ...opened.flatMap((incident) =>
    incident.kind === 'stopped'
      ? openMembers(incident).flatMap(({ webhookId, toldStep }) => (toldStep ? [] : [webhookId]))
      : [],
  ),
]

async function goBlind(tx: Database, { row, before }: LookedAt, teller: Teller) {
  const isBlind = and(eq(incidents.kind, 'blind'), isNull(incidents.closedAt))
  const [known] = await tx.select().from(incidents).where(isBlind)
  if (known) {
    if (known.trouble === row.trouble) return
    await tx.update(incidents).set({ trouble: row.trouble }).where(eq(incidents.id, known.id))
    return
  }
  const since = before?.endedAt ?? row.startedAt
  const [incident] = await tx
    .insert(incidents)
    .values({
      kind: 'blind',
      origin: '',
      openedAt: since,
      openedLook: row.id,
      wasFound: false,
      step: 'stopped',
      toldAt: row.startedAt,
      trouble: row.trouble,
    })
    .returning({ id: incidents.id })
  if (!incident) return
  const content = { kind: 'blind' as const, webhooks: [], more: 0, since: since.toISOString() }
  await teller.all(incident.id, 'blind', {
    ...content,
    ...(row.trouble && { trouble: row.trouble }),
  })
}

async function seeAgain(tx: Database, { row }: LookedAt, teller: Teller) {
  const isBlind = and(eq(incidents.kind, 'blind'), isNull(incidents.closedAt))
  const ended = await tx
    .update(incidents)
    .set({ closedAt: row.startedAt, outcome: 'working' })
    .where(isBlind)
    .returning()
  for (const { id, openedAt } of ended) {
    await teller.all(id, 'sees-again', {
      kind: 'blind',
      webhooks: [],
      more: 0,
      since: openedAt.toISOString(),
      until: row.startedAt.toISOString(),
    })
  }
}

function watchedOf(webhookId: number, { record, health, failures, silence }: KnownSince): Watched {
  return {
    webhookId,
    businessId: record.BusinessId,
    name: record.Name,
    action: record.Action,
    origin: originOf(record.URL),
    health,
    failures,
    error: record.LastError && hostsOnly(record.LastError),
    lastTrigger: record.LastTrigger,
    silence,
  }
}

/** A destination: scheme, host and port of a URL; of a text that is no URL, no more than that. */
const originOf = (url: string) => parseAddress(url)?.origin ?? url.trim().replace(/[/?#\s].*$/s, '')
