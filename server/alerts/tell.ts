import { and, eq, inArray, isNotNull, isNull } from 'drizzle-orm'

import { hostOf, maskText, parseAddress } from '#contract/address/address.ts'
import { STEPS } from '#contract/desk/attention.ts'
import type { Database } from '#platform/db/database.ts'
import { storable } from '#platform/db/storable.ts'
import type { LookedAt } from '#server/watch/watcher.ts'
import type { KnownSince } from '#server/watch/watch-store.ts'

import { addIncident, loadOpen, saveIncident, type StoredIncident } from './alert-store.ts'
import { grouped } from './grouped.ts'
import {
  follow,
  freshMembers,
  kindOf,
  open,
  openMembers,
  tellingOf,
  type Incident,
  type Look,
  type Member,
  type Step,
  type Telling,
  type Watched,
} from './incidents.ts'
import { LISTED_AT_MOST, type NoticeContent, type NoticeKind } from './notices.ts'
import { incidents, notices, recipients } from './tables.ts'

type Recipient = typeof recipients.$inferSelect

/** Incomplete looks in a row after which the watch is called blind. */
const BLIND_FROM = 3

/** Transitions after which a webhook may be part of an incident. */
const WORSE: ReadonlySet<string> = new Set(['stopped', 'failing', 'appeared', 'back'])

/**
 * Follows every incident after a look and writes what is to be told, all in the look's own
 * transaction. True if a notice waits to be sent.
 */
export async function tell(tx: Database, look: LookedAt, now: Date): Promise<boolean> {
  const people = await tx
    .select()
    .from(recipients)
    .where(and(eq(recipients.isOn, true), isNotNull(recipients.verifiedAt)))
  const teller = createTeller(tx, people, look, now)
  if (look.row.trouble === null) {
    await seeAgain(tx, look, teller)
    await followAll(tx, look, teller)
  } else if (look.blindFor >= BLIND_FROM && look.row.trouble !== 'no_account') {
    await goBlind(tx, look, teller)
  }
  return teller.hasTold()
}

async function followAll(tx: Database, looked: LookedAt, teller: Teller) {
  const { row, isFirst, fleet, gone, happened } = looked
  const opened = await loadOpen(tx)
  const members = new Map(
    opened.flatMap((incident) =>
      incident.members.flatMap(({ webhookId, leftAt }) => (leftAt ? [] : [[webhookId, incident]])),
    ),
  )
  const watched = new Map<number, Watched>()
  const candidates: Watched[] = []
  for (const [id, known] of fleet) {
    const hasWorsened = isFirst || happened.get(id)?.some(({ kind }) => WORSE.has(kind))
    const incident = members.get(id)
    if (!hasWorsened && !incident) continue
    const webhook = watchedOf(id, known)
    watched.set(id, webhook)
    const kind = kindOf(webhook)
    if (!kind) continue
    // a member that gets worse stays where it is
    const isMember = incident?.kind === kind && incident.origin === webhook.origin
    const isElsewhere = incident !== undefined && incident.origin !== webhook.origin
    if (!isMember && (hasWorsened || isElsewhere)) candidates.push(webhook)
  }

  const look: Look = {
    id: row.id,
    at: row.startedAt,
    isFirst,
    fleet: watched,
    gone: new Set(gone.keys()),
  }
  const joining = grouped(candidates, (webhook) => keyOf(kindOf(webhook), webhook.origin))
  for (const incident of opened) {
    const key = keyOf(incident.kind, incident.origin)
    // what was found when the watch began keeps its own story: nobody knows when that began
    const fresh = incident.wasFound ? [] : (joining.get(key) ?? [])
    if (!incident.wasFound) joining.delete(key)
    const after = { ...incident, ...follow(incident, fresh, look) }
    await saveIncident(tx, incident, await teller.told(after, look))
  }
  const found: StoredIncident[] = []
  for (const group of joining.values()) {
    const kind = group[0] && kindOf(group[0])
    if (!kind) continue
    const incident = await addIncident(tx, open(kind, group, look))
    await saveIncident(tx, incident, await teller.told(incident, look))
    if (isFirst) found.push(incident)
  }
  if (found.length > 0) await teller.found(found)
}

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
      toldStep: 'stopped',
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

type Teller = ReturnType<typeof createTeller>

function createTeller(tx: Database, people: readonly Recipient[], looked: LookedAt, now: Date) {
  const { row, places } = looked
  let hasTold = false

  async function add(
    recipient: Recipient,
    incidentId: number | null,
    kind: NoticeKind,
    which: string,
    content: NoticeContent,
  ) {
    const key = [incidentId ?? 'all', kind, which, 'email', recipient.account].join(':')
    await tx
      .insert(notices)
      .values({
        key,
        incidentId,
        kind,
        channel: 'email',
        recipient: recipient.account,
        content: storable(content),
        happenedAt: row.startedAt,
        state: 'waiting',
        dueAt: now,
      })
      .onConflictDoNothing()
    hasTold = true
  }

  const listed = (members: readonly Member[], kind: Incident['kind'], to: Recipient) => {
    const seen = members.filter(({ businessId }) => maySee(to, businessId))
    const webhooks = seen.slice(0, LISTED_AT_MOST).map((member) => ({
      id: member.webhookId,
      name: member.name,
      location: places.get(member.businessId) ?? `Location ${member.businessId}`,
      action: member.action,
      failures: member.failures,
      error: member.error,
      isStopped: kind === 'stopped',
    }))
    return { webhooks, more: seen.length - webhooks.length }
  }

  async function toldOf({ id, ...incident }: StoredIncident, telling: Telling) {
    const { kind, step, origin, openedAt, closedAt, wasFound } = incident
    const concerned = concernedBy(incident, telling)
    const heard = telling === 'closed' ? await hearersOf(tx, id) : undefined
    for (const person of people) {
      const { webhooks, more } = listed(concerned, kind, person)
      const hasHeard = wasFound || heard?.has(person.account)
      const isWanted = heard ? hasHeard : reaches(step, person.firstStep)
      if (webhooks.length === 0 || !isWanted) continue
      const which = telling === 'joined' ? `joined-${row.id}` : step
      await add(person, id, telling, which, {
        host: hostOf(origin),
        kind,
        step,
        webhooks,
        more,
        ...(telling === 'joined' && {
          earlier: openMembers(incident).length - concerned.length,
        }),
        since: openedAt.toISOString(),
        ...(closedAt && { until: closedAt.toISOString() }),
      })
    }
  }

  return {
    hasTold: () => hasTold,

    /** Writes what is to be told of an incident; returns it with what was told. */
    async told(incident: StoredIncident, look: Look): Promise<StoredIncident> {
      const telling = tellingOf(incident, look)
      if (!telling) return incident
      const { step } = incident
      // the summary of all that was found comes at the end
      if (telling === 'found') return { ...incident, toldStep: step }
      await toldOf(incident, telling)
      return telling === 'closed' ? incident : { ...incident, toldStep: step, toldAt: look.at }
    },

    /** One summary of what was bad already when the watch began. */
    async found(incidentsFound: readonly StoredIncident[]) {
      const all = incidentsFound.flatMap(({ kind, members }) =>
        members.map((member) => ({ kind, member })),
      )
      const since = row.startedAt.toISOString()
      for (const person of people) {
        const seen = all.flatMap(({ kind, member }) => listed([member], kind, person).webhooks)
        if (seen.length === 0) continue
        const webhooks = seen.slice(0, LISTED_AT_MOST)
        const content = { webhooks, more: seen.length - webhooks.length, since }
        await add(person, null, 'found', String(row.id), content)
      }
    },

    /** A notice about the watch itself, for everybody. */
    async all(incidentId: number, kind: NoticeKind, content: NoticeContent) {
      for (const person of people) await add(person, incidentId, kind, kind, content)
    },
  }
}

/** The webhooks that a notice is about. */
function concernedBy(incident: Incident, telling: Telling): readonly Member[] {
  if (telling === 'closed') return incident.members.filter(({ left }) => left === 'working')
  return telling === 'joined' ? freshMembers(incident) : openMembers(incident)
}

/**
 * Those who were told that it began. A notice that still waits is dropped: the end tells the whole
 * story.
 */
async function hearersOf(tx: Database, incidentId: number): Promise<Set<string>> {
  const begun = await tx
    .select({ id: notices.id, recipient: notices.recipient, state: notices.state })
    .from(notices)
    .where(and(eq(notices.incidentId, incidentId), inArray(notices.kind, ['step', 'joined'])))
  const waiting = begun.filter(({ state }) => state === 'waiting').map(({ id }) => id)
  if (waiting.length > 0) {
    await tx
      .update(notices)
      .set({ state: 'dropped' })
      .where(and(inArray(notices.id, waiting), isNull(notices.claim)))
  }
  return new Set(begun.map(({ recipient }) => recipient))
}

const maySee = ({ reach, locations }: Recipient, businessId: number) =>
  (reach === null || reach.includes(businessId)) &&
  (locations === null || locations.includes(businessId))

const reaches = (step: Step, first: Step) => STEPS.indexOf(step) >= STEPS.indexOf(first)

const keyOf = (kind: string | undefined, origin: string) => `${kind} ${origin}`

function watchedOf(webhookId: number, { record, health, failures }: KnownSince): Watched {
  return {
    webhookId,
    businessId: record.BusinessId,
    name: record.Name,
    action: record.Action,
    origin: originOf(record.URL),
    health,
    failures,
    error: record.LastError && maskText(record.LastError),
    lastTrigger: record.LastTrigger,
  }
}

/** A destination: scheme, host and port of a URL. A text that is no URL is one of its own. */
const originOf = (url: string) => parseAddress(url)?.origin ?? hostOf(url)
