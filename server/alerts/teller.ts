import { and, count, eq, gt, inArray, isNull, or } from 'drizzle-orm'

import { STEPS } from '#contract/desk/attention.ts'
import type { Database } from '#platform/db/database.ts'
import { storable } from '#platform/db/storable.ts'
import type { LookedAt } from '#server/watch/watcher.ts'

import type { Followed } from './after-look.ts'
import {
  openMembers,
  stepOf,
  type Incident,
  type Member,
  type News,
  type Step,
  type Telling,
} from './incidents.ts'
import { LISTED_AT_MOST, type NoticeContent, type NoticeKind, type ToldWebhook } from './notices.ts'
import { maySee, type Recipient } from './recipients.ts'
import { incidents, notices } from './tables.ts'

export type Teller = ReturnType<typeof createTeller>

/** Writes notices into the outbox, each for one person who may see what it tells. */
export function createTeller(
  tx: Database,
  people: readonly Recipient[],
  looked: LookedAt,
  now: Date,
) {
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

  const toldWebhook = (member: Member, kind: Incident['kind']): ToldWebhook => ({
    id: member.webhookId,
    businessId: member.businessId,
    name: member.name,
    location: places.get(member.businessId) ?? `Location ${member.businessId}`,
    action: member.action,
    failures: member.failures,
    error: member.error,
    isStopped: kind === 'stopped',
  })

  return {
    hasTold: () => hasTold,

    /** Writes the notices about an incident. */
    async told(id: number, after: Incident, { telling, concerned }: News) {
      const { kind, origin, wasFound, step } = after
      const hears = telling === 'closed' ? await hearersOf(tx, id, wasFound) : undefined
      const times = step === 'stopped' ? await stopsWithinAWeek(tx, origin, row.startedAt) : 0
      for (const person of people) {
        const seen = concerned
          .filter(({ businessId }) => maySee(person, businessId))
          .toSorted((one, other) => other.failures - one.failures)
        const [worst] = seen
        if (!worst) continue
        const isWanted = hears
          ? hears.has(person.account)
          : reaches(stepOf(kind, worst), person.firstStep)
        if (!isWanted) continue
        if (telling === 'closed') await dropWaiting(tx, id, person.account)
        const others = openMembers(after).filter(({ businessId }) => maySee(person, businessId))
        await add(person, id, telling, String(row.id), {
          host: origin.replace(/^https?:\/\//, ''),
          kind,
          step: stepOf(kind, worst),
          webhooks: seen.slice(0, LISTED_AT_MOST).map((member) => toldWebhook(member, kind)),
          more: Math.max(0, seen.length - LISTED_AT_MOST),
          mostFailures: worst.failures,
          locations: new Set(seen.map(({ businessId }) => businessId)).size,
          wasFound,
          ...(telling === 'joined' && { earlier: Math.max(0, others.length - seen.length) }),
          ...(times >= OFTEN && { timesThisWeek: times }),
          ...spanOf(seen, telling, looked),
        })
      }
    },

    /** One summary of what was bad already when the watch began. */
    async found(followed: readonly Followed[]) {
      const all = followed.flatMap(({ after: { kind, members } }) =>
        members.map((member) => toldWebhook(member, kind)),
      )
      const since = row.startedAt.toISOString()
      for (const person of people) {
        const seen = all.filter(({ businessId }) => maySee(person, businessId))
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

/** People who were told that it began. */
async function hearersOf(tx: Database, incidentId: number, wasFound: boolean) {
  const ofIt = and(eq(notices.incidentId, incidentId), inArray(notices.kind, ['step', 'joined']))
  const begun = await tx
    .select({ recipient: notices.recipient })
    .from(notices)
    .where(wasFound ? or(ofIt, eq(notices.kind, 'found')) : ofIt)
  return new Set(begun.map(({ recipient }) => recipient))
}

/** Bad news that still waits is dropped for those who get the end, which tells the whole story. */
async function dropWaiting(tx: Database, incidentId: number, recipient: string) {
  await tx
    .update(notices)
    .set({ state: 'dropped' })
    .where(
      and(
        eq(notices.incidentId, incidentId),
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

/** From this many stops within a week on, switching on is no repair. */
const OFTEN = 3

const WEEK_MS = 7 * 24 * 3_600_000

async function stopsWithinAWeek(tx: Database, origin: string, at: Date): Promise<number> {
  const [row] = await tx
    .select({ count: count() })
    .from(incidents)
    .where(
      and(
        eq(incidents.kind, 'stopped'),
        eq(incidents.origin, origin),
        eq(incidents.wasFound, false),
        gt(incidents.openedAt, new Date(at.getTime() - WEEK_MS)),
      ),
    )
  return row?.count ?? 0
}

const reaches = (step: Step, first: Step) => STEPS.indexOf(step) >= STEPS.indexOf(first)
