import { and, desc, eq, gt, isNotNull, isNull, ne, sql } from 'drizzle-orm'

import { chunksOf } from '#platform/db/chunks.ts'
import type { Database } from '#platform/db/database.ts'
import { storableText } from '#platform/db/storable.ts'

import type { Incident, Member } from './incidents.ts'
import type { MemberMemory } from './member-memory.ts'
import { incidentMembers, incidents } from './tables.ts'

export type IncidentRow = typeof incidents.$inferSelect

/** An incident of webhooks with its number, once it is stored. */
export type StoredIncident = Incident & { id: number; acknowledgedAt: Date | null }

/** Incidents of webhooks that are open now, with their members after a look. */
export async function loadOpen(
  db: Database,
  memory: MemberMemory,
  look: number,
): Promise<StoredIncident[]> {
  const rows = await db
    .select()
    .from(incidents)
    .where(and(isNull(incidents.closedAt), ne(incidents.kind, 'blind')))
    .orderBy(incidents.id)
  const members = await memory.of(db, look, idsOf(rows))
  return rows.flatMap(({ kind, ...row }) =>
    kind === 'blind' ? [] : [{ ...row, kind, members: members.get(row.id) ?? [] }],
  )
}

/** Open incidents, and those that closed since, with their members after a look. Newest first. */
export async function loadRecent(
  db: Database,
  memory: MemberMemory,
  { look, since }: { look: number; since: Date },
) {
  const [open, closed] = await Promise.all([
    db.select().from(incidents).where(isNull(incidents.closedAt)).orderBy(desc(incidents.id)),
    db
      .select()
      .from(incidents)
      .where(and(isNotNull(incidents.closedAt), gt(incidents.closedAt, since)))
      .orderBy(desc(incidents.closedAt)),
  ])
  const rows = [...open, ...closed]
  const members = await memory.of(db, look, idsOf(rows))
  return rows.map((row) => ({ ...row, members: members.get(row.id) ?? [] }))
}

export type RecentIncident = Awaited<ReturnType<typeof loadRecent>>[number]

const idsOf = (rows: readonly IncidentRow[]) => rows.map(({ id }) => id)

/** Stores a new incident; returns its number. */
export async function addIncident(tx: Database, incident: Incident): Promise<number> {
  const { members, ...values } = incident
  const [row] = await tx
    .insert(incidents)
    .values({ ...values, origin: storableText(values.origin) })
    .returning({ id: incidents.id })
  if (!row) throw new Error('The incident was not stored')
  await saveMembers(tx, row.id, members)
  return row.id
}

/** Stores what is another than before. */
export async function saveIncident(
  tx: Database,
  before: StoredIncident,
  after: Incident & { id: number },
) {
  const { id, members, ...values } = after
  const { members: membersBefore, ...valuesBefore } = before
  if (!isSame(valuesBefore, { id, ...values })) {
    const { step, toldAt, closedAt, outcome } = values
    await tx
      .update(incidents)
      .set({
        step,
        toldAt,
        closedAt,
        outcome,
        // somebody took care of less than this
        ...(step !== before.step && { acknowledgedBy: null, acknowledgedAt: null, reason: null }),
      })
      .where(eq(incidents.id, id))
  }
  const known = new Map(membersBefore.map((member) => [member.webhookId, member]))
  await saveMembers(
    tx,
    id,
    members.filter((member) => !isSame(known.get(member.webhookId), member)),
  )
}

async function saveMembers(tx: Database, incidentId: number, members: readonly Member[]) {
  const rows = members.map((member) => ({
    ...member,
    incidentId,
    name: storableText(member.name),
    error: member.error === null ? null : storableText(member.error),
  }))
  for (const part of chunksOf(rows)) {
    await tx
      .insert(incidentMembers)
      .values(part)
      .onConflictDoUpdate({
        target: [incidentMembers.incidentId, incidentMembers.webhookId],
        set: {
          businessId: sql`excluded.business_id`,
          name: sql`excluded.name`,
          action: sql`excluded.action`,
          failures: sql`excluded.failures`,
          error: sql`excluded.error`,
          lastTrigger: sql`excluded.last_trigger`,
          silence: sql`excluded.silence`,
          joinedAt: sql`excluded.joined_at`,
          toldStep: sql`excluded.told_step`,
          toldRise: sql`excluded.told_rise`,
          goodLooks: sql`excluded.good_looks`,
          leftAt: sql`excluded.left_at`,
          left: sql`excluded.left`,
        },
      })
  }
}

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)
