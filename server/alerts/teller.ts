import { and, count, eq, gt, inArray, isNull } from 'drizzle-orm'

import { hostOf } from '#contract/address/address.ts'
import { STEPS } from '#contract/desk/attention.ts'
import type { Database } from '#platform/db/database.ts'
import { storable } from '#platform/db/storable.ts'
import type { LookedAt } from '#server/watch/watcher.ts'

import type { Followed } from './after-look.ts'
import { openMembers, type Incident, type Member, type Step, type Telling } from './incidents.ts'
import { LISTED_AT_MOST, type NoticeContent, type NoticeKind } from './notices.ts'
import { incidents, notices, type recipients } from './tables.ts'

type Recipient = typeof recipients.$inferSelect

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

  return {
    hasTold: () => hasTold,

    /** Writes the notices about an incident. */
    async told(id: number, { after, telling, concerned }: Followed & { telling: Telling }) {
      const { kind, step, origin, openedAt, closedAt, wasFound } = after
      const heard = telling === 'closed' ? await hearersOf(tx, id) : undefined
      const times = step === 'stopped' ? await stopsWithinAWeek(tx, origin, row.startedAt) : 0
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
            earlier: openMembers(after).length - concerned.length,
          }),
          ...(times >= OFTEN && { timesThisWeek: times }),
          since: openedAt.toISOString(),
          ...(closedAt && { until: closedAt.toISOString() }),
        })
      }
    },

    /** One summary of what was bad already when the watch began. */
    async found(followed: readonly Followed[]) {
      const all = followed.flatMap(({ after: { kind, members } }) =>
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

const maySee = ({ reach, locations }: Recipient, businessId: number) =>
  (reach === null || reach.includes(businessId)) &&
  (locations === null || locations.includes(businessId))

const reaches = (step: Step, first: Step) => STEPS.indexOf(step) >= STEPS.indexOf(first)
