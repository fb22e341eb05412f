import { hostOf } from '#contract/address/address.ts'
import { and, eq, exists, inArray, isNull, or } from 'drizzle-orm'

import { STEPS } from '#contract/desk/attention.ts'
import type { HealthState } from '#contract/nexudus/health.ts'
import type { Database } from '#platform/db/database.ts'
import { loadContacts } from '#server/contacts/contact-store.ts'
import { OFTEN } from '#server/watch/stops.ts'
import type { LookedAt } from '#server/watch/watcher.ts'

import { addNotice } from './add-notice.ts'
import type { Followed } from './after-look.ts'
import type { StoredIncident } from './alert-store.ts'
import { heldBack } from './held.ts'
import { hearerKey, maySee, type Hearer } from './hearers.ts'
import {
  openMembers,
  stepOf,
  type Incident,
  type Look,
  type Member,
  type News,
  type Step,
  type Telling,
} from './incidents.ts'
import { LISTED_AT_MOST, type NoticeContent, type NoticeKind, type ToldWebhook } from './notices.ts'
import { notices } from './tables.ts'

export type Teller = ReturnType<typeof createTeller>

/** Writes notices into the outbox, each for somebody who may see what it tells. */
export function createTeller(
  tx: Database,
  hearers: readonly Hearer[],
  looked: LookedAt,
  now: Date,
) {
  const { row, places } = looked
  let hasTold = false
  let contacts: ReturnType<typeof loadContacts> | undefined
  const contactsOf = () => (contacts ??= loadContacts(tx))

  async function add(
    hearer: Hearer,
    incidentId: number | null,
    kind: NoticeKind,
    which: string,
    content: NoticeContent,
  ) {
    const about = { hearer, incidentId, kind, which, content }
    await addNotice(tx, { ...about, happenedAt: row.startedAt, now })
    hasTold = true
  }

  const toldWebhook = (member: Member, kind: Incident['kind']): ToldWebhook => ({
    id: member.webhookId,
    businessId: member.businessId,
    name: member.name,
    location: places.get(member.businessId) ?? `Location ${member.businessId}`,
    action: member.action,
    failures: member.failures,
    error: member.error,
    isStopped: kind === 'stopped',
    silence: member.silence,
  })

  return {
    hasTold: () => hasTold,

    /** Writes the notices about an incident. */
    async told(id: number, after: Incident, { telling, concerned }: News, stops: Look['stops']) {
      const { kind, origin, wasFound } = after
      const contact = telling === 'closed' ? undefined : (await contactsOf()).get(hostOf(origin))
      const hears = telling === 'closed' ? await hearersOf(tx, id, wasFound) : undefined
      for (const hearer of hearers) {
        const seen = concerned
          .filter(({ businessId }) => maySee(hearer, businessId))
          .toSorted((one, other) => other.failures - one.failures)
        const [worst] = seen
        if (!worst) continue
        const isWanted = hears
          ? hears.has(hearerKey(hearer))
          : reaches(stepOf(kind, worst), hearer.firstStep)
        if (!isWanted) continue
        if (telling === 'closed') await dropWaiting(tx, id, hearer)
        const times = Math.max(0, ...seen.map(({ webhookId }) => stops.get(webhookId) ?? 0))
        const others = openMembers(after).filter(({ businessId }) => maySee(hearer, businessId))
        await add(hearer, id, telling, String(row.id), {
          host: hostOf(origin),
          kind,
          step: stepOf(kind, worst),
          webhooks: seen.slice(0, LISTED_AT_MOST).map((member) => toldWebhook(member, kind)),
          more: Math.max(0, seen.length - LISTED_AT_MOST),
          mostFailures: worst.failures,
          locations: new Set(seen.map(({ businessId }) => businessId)).size,
          wasFound,
          ...(telling === 'joined' && { earlier: Math.max(0, others.length - seen.length) }),
          ...(telling !== 'closed' && times >= OFTEN && { timesThisWeek: times }),
          ...(contact && { contact: { name: contact.name, address: contact.address } }),
          ...spanOf(seen, telling, looked),
        })
      }
    },

    /** Drops what quiet hours hold back of an incident that is over without an end to tell. */
    async dropHeld(id: number) {
      await tx
        .update(notices)
        .set({ state: 'dropped', settledAt: now })
        .where(
          and(
            eq(notices.incidentId, id),
            eq(notices.state, 'waiting'),
            isNull(notices.claim),
            exists(heldBack(tx, now)),
          ),
        )
    },

    /** One summary of what was bad already when the watch began. */
    async found(followed: readonly Followed[]) {
      const all = followed.flatMap(({ after: { kind, members } }) =>
        members.map((member) => toldWebhook(member, kind)),
      )
      const since = row.startedAt.toISOString()
      for (const hearer of hearers) {
        const seen = all.filter(({ businessId }) => maySee(hearer, businessId))
        if (seen.length === 0) continue
        await add(hearer, null, 'found', String(row.id), { ...firstOf(seen), since })
      }
    },

    /** A summary of the still open ones for one hearer; with figures, also if there are none. */
    async summary(hearer: Hearer, at: Date, { incidents: still, counts }: Summary) {
      const seen = still
        .flatMap((incident) => {
          const host = hostOf(incident.origin)
          const { kind } = incident
          return openMembers(incident)
            .filter(
              (member) => counts !== undefined || reaches(stepOf(kind, member), hearer.firstStep),
            )
            .map((member) => ({ ...toldWebhook(member, kind), host }))
        })
        .filter(({ businessId }) => maySee(hearer, businessId))
      if (seen.length === 0 && counts === undefined) return
      const kind = counts === undefined ? 'reminder' : 'digest'
      const content = { ...firstOf(seen), since: row.startedAt.toISOString() }
      await add(hearer, null, kind, at.toISOString(), { ...content, ...(counts && { counts }) })
    },

    /** A notice about the watch itself, for everybody. */
    async all(incidentId: number, kind: NoticeKind, content: NoticeContent) {
      for (const hearer of hearers) await add(hearer, incidentId, kind, kind, content)
    },
  }
}

type Summary = {
  incidents: readonly StoredIncident[]
  counts?: Partial<Record<HealthState, number>>
}

const firstOf = (webhooks: readonly ToldWebhook[]) => ({
  webhooks: webhooks.slice(0, LISTED_AT_MOST),
  more: Math.max(0, webhooks.length - LISTED_AT_MOST),
})

/** Those who were told that it began. */
async function hearersOf(tx: Database, incidentId: number, wasFound: boolean) {
  const ofIt = and(eq(notices.incidentId, incidentId), inArray(notices.kind, ['step', 'joined']))
  const begun = await tx
    .select({ route: notices.route, recipient: notices.recipient })
    .from(notices)
    .where(wasFound ? or(ofIt, eq(notices.kind, 'found')) : ofIt)
  return new Set(begun.map(hearerKey))
}

/** Bad news that still waits is dropped for those who get the end, which tells the whole story. */
async function dropWaiting(tx: Database, incidentId: number, { route, recipient }: Hearer) {
  await tx
    .update(notices)
    .set({ state: 'dropped' })
    .where(
      and(
        eq(notices.incidentId, incidentId),
        eq(notices.route, route),
        eq(notices.recipient, recipient),
        eq(notices.state, 'waiting'),
        isNull(notices.claim),
      ),
    )
}

/** The time in which these webhooks got into trouble, and out of it, as far as it was seen. */
function spanOf(members: readonly Member[], telling: Telling, { row, before }: LookedAt) {
  const joined = Math.min(...members.map(({ joinedAt }) => joinedAt.getTime()))
  const left = Math.max(...members.map(({ leftAt }) => leftAt?.getTime() ?? 0))
  const isNew = joined === row.startedAt.getTime()
  return {
    since: new Date(joined).toISOString(),
    ...(telling === 'closed' && { until: new Date(left).toISOString() }),
    ...(isNew && before && { notBefore: before.startedAt.toISOString() }),
  }
}

const reaches = (step: Step, first: Step) => STEPS.indexOf(step) >= STEPS.indexOf(first)
