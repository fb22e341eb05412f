import { eq, sql } from 'drizzle-orm'

import { chunksOf } from '#platform/db/chunks.ts'
import type { Database } from '#platform/db/database.ts'
import { DEMO_ACCOUNTS, WATCH_ACCOUNT } from '#sandbox/access/accounts.ts'
import {
  businesses,
  meta,
  receivers,
  roles,
  userRoles,
  users,
  webhooks,
} from '#sandbox/db/tables.ts'
import { wireTime } from '#sandbox/wire/wire-time.ts'

import { roleRows, userRoleRows, userRows } from './seed-accounts.ts'
import { largeNetwork } from './seed-large.ts'
import { siteId, smallNetwork } from './seed-small.ts'
import { TROUBLED_RECEIVERS } from './seed-webhooks-troubled.ts'

export type NetworkSize = 'small' | 'large'

export type SeedSettings = {
  size: NetworkSize
  /** All times of the network are relative to this one. */
  now: Date
  /** Origin of the sandbox's own receivers, e.g. `http://localhost:4401`. */
  receiverOrigin: string
}

/** Seeds a network into an empty database, once; returns true if it did. */
export async function seedIfEmpty(db: Database, settings: SeedSettings): Promise<boolean> {
  // a quick exit for every start but the first, before passwords are hashed
  const [seeded] = await db.select().from(meta).where(eq(meta.key, 'seeded'))
  if (seeded) {
    await addAccounts(db, { ...settings, size: seeded.value === 'large' ? 'large' : 'small' })
    return false
  }

  const rows = await plan(settings)
  return db.transaction(async (tx) => {
    // of two processes that start at once, the second waits here and then has nothing to do
    const claimed = await tx
      .insert(meta)
      .values({ key: 'seeded', value: settings.size })
      .onConflictDoNothing()
      .returning()
    if (claimed.length === 0) return false
    await sow(tx, rows)
    return true
  })
}

/** Adds accounts that came with a later version than the seeded network. */
async function addAccounts(db: Database, settings: SeedSettings) {
  const known = new Set((await db.select().from(users)).map(({ email }) => email))
  if ([...DEMO_ACCOUNTS, WATCH_ACCOUNT].every(({ email }) => known.has(email))) return
  const rows = await plan(settings)
  const added = rows.users.filter(({ email }) => !known.has(email))
  // two processes may start at once
  await db.insert(users).values(added).onConflictDoNothing()
}

/** Deletes everything, switches and tokens included, and seeds anew; ids begin at their start. */
export async function resetSandbox(db: Database, settings: SeedSettings): Promise<void> {
  const rows = await plan(settings)
  await db.transaction(async (tx) => {
    await tx.execute(
      sql.raw(
        `truncate sandbox.users, sandbox.user_roles, sandbox.roles, sandbox.businesses,
           sandbox.webhooks, sandbox.tokens, sandbox.switches, sandbox.meta, sandbox.events,
           sandbox.deliveries, sandbox.attempts, sandbox.stops, sandbox.receivers,
           sandbox.received, sandbox.mails, sandbox.business_settings restart identity`,
      ),
    )
    await tx.insert(meta).values({ key: 'seeded', value: settings.size })
    await sow(tx, rows)
  })
}

type Rows = Awaited<ReturnType<typeof plan>>

async function plan({ size, now, receiverOrigin }: SeedSettings) {
  const network = size === 'large' ? largeNetwork : smallNetwork
  const at = wireTime(new Date(now.getTime() - 2 * 365 * 24 * 3_600_000))
  const stamp = { createdOn: at, updatedOn: at, updatedBy: 'ops@northlight.example.test' }
  const managed: [number, number] = [siteId('shoreditch'), siteId('manchester')]
  const sites = network(now, receiverOrigin)
  const places = { root: siteId('root'), managed, all: sites.businesses.map(({ id }) => id) }
  const catalogue = roleRows(stamp)

  return {
    ...sites,
    roles: catalogue,
    userRoles: userRoleRows(catalogue, places, stamp),
    users: await userRows(places, stamp),
  }
}

async function sow(tx: Database, rows: Rows) {
  await tx.insert(roles).values(rows.roles)
  await tx.insert(userRoles).values(rows.userRoles)
  await tx.insert(users).values(rows.users)
  await tx.insert(businesses).values(rows.businesses)
  await tx.insert(receivers).values([...TROUBLED_RECEIVERS])
  for (const part of chunksOf(rows.webhooks)) await tx.insert(webhooks).values(part)
}
