import type { Database } from '#platform/db/database.ts'
import { storable } from '#platform/db/storable.ts'

import { hearerKey, type Hearer } from './hearers.ts'
import type { KindOfOne, NoticeContent, NoticeKind } from './notices.ts'
import { notices } from './tables.ts'

type NewNotice = {
  hearer: Pick<Hearer, 'route' | 'recipient'>
  incidentId: number | null
  kind: NoticeKind
  /** Tells two notices of one kind about one incident apart. */
  which: string
  content: NoticeContent
  happenedAt: Date
  now: Date
}

/** Puts a notice into the outbox, unless it is there: whatever restarts, it is told once. */
export async function addNotice(tx: Database, notice: NewNotice) {
  const { hearer, incidentId, kind, which, content, happenedAt, now } = notice
  const { route, recipient } = hearer
  await tx
    .insert(notices)
    .values({
      key: [incidentId ?? 'all', kind, which, hearerKey(hearer)].join(':'),
      incidentId,
      kind,
      route,
      recipient,
      content: storable(content),
      happenedAt,
      state: 'waiting',
      dueAt: now,
    })
    .onConflictDoNothing()
}

type Answer = {
  kind: KindOfOne
  webhook: { webhookId: number; businessId: number; name: string; location: string }
  /** Webhooks beyond that one; none if absent. */
  more?: number
  /** The account of the person who asked for something. */
  by: string
  /** Tells two answers about one webhook apart. */
  key: string
  content: Omit<NoticeContent, 'webhooks' | 'more'>
  now: Date
}

/** Tells the person who asked for something to happen to a webhook by itself how it went. */
export async function addAnswer(tx: Database, answer: Answer) {
  const { kind, webhook, more = 0, by, key, content, now } = answer
  const { webhookId: id, ...where } = webhook
  const listed = { id, ...where, action: 0, failures: 0, error: null, isStopped: false }
  await addNotice(tx, {
    hearer: { route: 'email', recipient: by.toLowerCase() },
    incidentId: null,
    kind,
    which: `${id} ${key}`,
    content: { ...content, webhooks: [listed], more },
    happenedAt: now,
    now,
  })
}
