import { randomUUID } from 'node:crypto'
import { and, asc, count, eq, isNotNull, ne, or, sql } from 'drizzle-orm'

import { VIEWS_AT_MOST, type NewView, type ViewChange } from '#contract/desk/views.ts'
import type { Database } from '#platform/db/database.ts'
import { Failed } from '#platform/http/failure.ts'

import { savedViews } from './tables.ts'

export type ViewRow = typeof savedViews.$inferSelect

/** A view to save; `network`: the locations of the people it is shared with. */
type ViewToSave = Omit<NewView, 'isShared'> & { network: number[] | null }
type ChangeToSave = Omit<ViewChange, 'isShared'> & { network?: number[] | null }

// an arbitrary number, known to every process on this database
const SAVING_LOCK = 734_118

const keyOf = (name: string) => name.normalize('NFKC').toLowerCase()

export function createViewStore(db: Database, now: () => Date) {
  const isOf = (owner: string) => eq(savedViews.owner, owner.toLowerCase())

  /** Runs one save at a time, or two at once would both find room and a free name. */
  const inTurn = <Result>(save: (tx: Database) => Promise<Result>) =>
    db.transaction(async (tx) => {
      await tx.execute(sql`select pg_advisory_xact_lock(${SAVING_LOCK})`)
      return save(tx)
    })

  async function requireFreeName(tx: Database, owner: string, name: string, except = '') {
    const [taken] = await tx
      .select({ id: savedViews.id })
      .from(savedViews)
      .where(and(isOf(owner), eq(savedViews.nameKey, keyOf(name)), ne(savedViews.id, except)))
    if (taken) throw new Failed('bad_request', { reason: 'view_name_taken' })
  }

  return {
    /** A person's own views, and all that others share, whatever their network. */
    list: (owner: string): Promise<ViewRow[]> =>
      db
        .select()
        .from(savedViews)
        .where(or(isOf(owner), isNotNull(savedViews.network)))
        .orderBy(asc(savedViews.madeAt), asc(savedViews.id)),

    async find(id: string): Promise<ViewRow | undefined> {
      const [row] = await db.select().from(savedViews).where(eq(savedViews.id, id))
      return row
    },

    add: (owner: string, view: ViewToSave): Promise<string> =>
      inTurn(async (tx) => {
        const [own] = await tx.select({ count: count() }).from(savedViews).where(isOf(owner))
        if (own && own.count >= VIEWS_AT_MOST) {
          throw new Failed('bad_request', { reason: 'too_many_views' })
        }
        await requireFreeName(tx, owner, view.name)
        const id = randomUUID()
        await tx.insert(savedViews).values({
          ...view,
          id,
          owner: owner.toLowerCase(),
          nameKey: keyOf(view.name),
          madeAt: now(),
        })
        return id
      }),

    change: (owner: string, id: string, change: ChangeToSave): Promise<void> =>
      inTurn(async (tx) => {
        const { name } = change
        if (name !== undefined) await requireFreeName(tx, owner, name, id)
        const changed = await tx
          .update(savedViews)
          .set({ ...change, ...(name !== undefined && { nameKey: keyOf(name) }) })
          .where(and(isOf(owner), eq(savedViews.id, id)))
          .returning({ id: savedViews.id })
        if (changed.length === 0) throw new Failed('not_found', { reason: 'view' })
      }),

    async remove(id: string) {
      await db.delete(savedViews).where(eq(savedViews.id, id))
    },
  }
}
