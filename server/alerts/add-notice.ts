import type { Database } from '#platform/db/database.ts'
import { storable } from '#platform/db/storable.ts'

import { hearerKey, type Hearer } from './hearers.ts'
import type { NoticeContent, NoticeKind } from './notices.ts'
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
