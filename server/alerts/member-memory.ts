import { inArray } from 'drizzle-orm'

import type { Database } from '#platform/db/database.ts'
import { grouped } from '#platform/db/grouped.ts'

import type { Member } from './incidents.ts'
import { incidentMembers } from './tables.ts'

export type MemberMemory = ReturnType<typeof createMemberMemory>

/** The members of incidents. Only a complete look changes them, so they are read once for each. */
export function createMemberMemory() {
  let kept: { look: number; members: Map<number, readonly Member[]> } | undefined

  return {
    /** The members of these incidents, as they are after a look. */
    async of(db: Database, look: number, ids: readonly number[]) {
      if (kept?.look !== look) kept = { look, members: new Map() }
      const { members } = kept
      const unread = ids.filter((id) => !members.has(id))
      if (unread.length > 0) {
        const rows = await db
          .select()
          .from(incidentMembers)
          .where(inArray(incidentMembers.incidentId, unread))
          .orderBy(incidentMembers.joinedAt, incidentMembers.webhookId)
        const read = grouped(rows, ({ incidentId }) => incidentId)
        for (const id of unread) members.set(id, read.get(id) ?? [])
      }
      return members
    },

    /** Notes the members after a look whose transaction stores them. */
    note(look: number, members: Map<number, readonly Member[]>) {
      kept = { look, members }
    },
  }
}
