import { and, eq, sql } from 'drizzle-orm'
import { integer, pgTable, text } from 'drizzle-orm/pg-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

import { instant } from './columns.ts'
import type { Database, OpenDatabase } from './database.ts'
import { leaseIn } from './lease.ts'
import { openTestDatabase } from './test-database.ts'

const LEASE_MS = 10_000
const START = new Date('2026-06-01T12:00:00Z')

const work = pgTable('work', {
  id: integer('id').primaryKey(),
  claim: text('claim'),
  claimedUntil: instant('claimed_until'),
})

/** One process with its own clock, which may be ahead of or behind the clocks of the others. */
function startProcess(db: Database, name: string, clock: { now: Date }) {
  const columns = { claim: work.claim, until: work.claimedUntil }
  const lease = leaseIn(columns, LEASE_MS, () => clock.now)
  const set = async (change: Partial<typeof work.$inferInsert>, where = lease.isHeldBy(name)) => {
    const rows = await db
      .update(work)
      .set(change)
      .where(and(eq(work.id, 1), where))
      .returning({ id: work.id })
    return rows.length === 1
  }
  return {
    take: () => set({ claim: name, claimedUntil: lease.end() }, lease.isFree()),
    renew: () => set({ claimedUntil: lease.end() }),
    release: () => set({ claim: null, claimedUntil: null }),
  }
}

let database: OpenDatabase
beforeAll(async () => {
  database = await openTestDatabase()
  await database.db.execute(
    sql`create table work (id integer primary key, claim text, claimed_until timestamptz)`,
  )
})
beforeEach(async () => {
  await database.db.delete(work)
  await database.db.insert(work).values({ id: 1 })
})
afterAll(() => database.close())

const at = (ms: number) => ({ now: new Date(START.getTime() + ms) })
const pass = (clock: { now: Date }, ms: number) => {
  clock.now = new Date(clock.now.getTime() + ms)
}

test('when many processes claim a row at once, one gets it until it gives it back', async () => {
  const all = Array.from({ length: 8 }, (_, index) =>
    startProcess(database.db, `process ${index}`, at(0)),
  )
  const taken = await Promise.all(all.map(({ take }) => take()))
  expect(taken.filter(Boolean)).toHaveLength(1)

  const holder = all[taken.indexOf(true)]
  expect(await holder?.release()).toBe(true)
  expect(await all[0]?.take()).toBe(true)
})

test('after a holder dies another takes the row, and the first learns that it lost it', async () => {
  const clock = at(0)
  const first = startProcess(database.db, 'first', clock)
  const second = startProcess(database.db, 'second', clock)
  expect(await first.take()).toBe(true)
  pass(clock, LEASE_MS - 1)
  expect(await second.take()).toBe(false)
  expect(await first.renew()).toBe(true)
  pass(clock, LEASE_MS - 1)
  expect(await second.take()).toBe(false)
  pass(clock, 1)
  expect(await second.take()).toBe(true)
  expect(await first.renew()).toBe(false)
  expect(await first.release()).toBe(false)
  expect(await second.renew()).toBe(true)
})

test.each([
  ['a little behind takes nothing early', -2_000, false],
  ['a little ahead takes nothing early', 2_000, false],
  ['a day behind, as after it was set back, is not barred for a day', -86_400_000, true],
])('a process whose clock is %s', async (_what, offMs, expected) => {
  const first = startProcess(database.db, 'first', at(0))
  const second = startProcess(database.db, 'second', at(offMs))
  expect(await first.take()).toBe(true)
  expect(await second.take()).toBe(expected)
})
