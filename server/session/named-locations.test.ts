import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'

import { businesses, users, webhooks } from '#sandbox/db/tables.ts'
import { siteId } from '#sandbox/seed/seed-small.ts'
import { draft } from '#server/changes/test-draft.ts'
import { seen } from '#server/db/tables.ts'
import { runsOf } from '#server/runs/test-runs.ts'
import { openTestDesk, type TestDesk } from '#server/testing/test-desk.ts'
import type { Visitor } from '#server/testing/test-visitor.ts'

const LIST = '/api/sys/webhooks?page=1&size=1000'
const LISBON = siteId('lisbon')

let desk: TestDesk
let admin: Visitor
beforeAll(async () => {
  desk = await openTestDesk()
  await desk.work()
  admin = desk.visitor()
  await admin.signIn('admin@hookdesk.test')
})
afterAll(() => desk.close())

async function named(): Promise<Visitor> {
  const visitor = desk.visitor()
  await visitor.signIn('named@hookdesk.test')
  return visitor
}

const isRemembered = async (id: number) =>
  (await desk.db.select().from(seen).where(eq(seen.webhookId, id))).length > 0

/** Reads the list and waits until the observer has examined it. */
async function look(visitor: Visitor, isLookedAt: () => Promise<boolean>) {
  desk.clock.pass(6 * 60_000)
  await visitor.request(LIST)
  await vi.waitFor(async () => expect(await isLookedAt()).toBe(true), { timeout: 60_000 })
}

test('an account for which every location is named notices a deletion elsewhere', async () => {
  const visitor = await named()
  const { Id } = (await admin.create(draft({ BusinessId: LISBON }))).body.webhook
  await look(visitor, () => isRemembered(Id))
  await desk.db.delete(webhooks).where(eq(webhooks.id, Id))

  await look(visitor, async () => !(await isRemembered(Id)))
  expect((await desk.history(Id)).map(({ kind }) => kind)).toEqual(['create', 'outside-delete'])
  const { body } = await visitor.request(`/desk/history?webhook=${Id}`)
  expect(body.entries).toHaveLength(2)
})

test('a location added after the sign-in is not barred', async () => {
  const visitor = await named()
  const runs = runsOf(visitor)
  const [root] = await desk.db
    .select()
    .from(businesses)
    .where(eq(businesses.id, siteId('root')))
  if (!root) throw new Error('The sandbox has no root')
  const id = 1_400_000_999
  await desk.db.insert(businesses).values({ ...root, id, rootLocationId: root.id })

  const run = await runs.propose([{ kind: 'create', input: draft({ BusinessId: id }) }])
  expect((await runs.items(run.id)).map(({ state }) => state)).toEqual(['ready'])
  await desk.db.delete(businesses).where(eq(businesses.id, id))
})

test('an account that names the root and one more, and sees no other, learns nothing of others', async () => {
  const few = [siteId('root'), siteId('shoreditch')]
  const isNamed = eq(users.email, 'named@hookdesk.test')
  await desk.db.update(users).set({ businesses: few }).where(isNamed)
  const visitor = await named()
  const { Id: there } = (await admin.create(draft({ BusinessId: LISBON }))).body.webhook
  const { Id: here } = (await admin.create(draft())).body.webhook
  await look(admin, () => isRemembered(there))

  // a person who cannot see a webhook must not find it deleted
  await desk.startCounting()
  await look(visitor, async () => (await desk.calls()).includes('GET /api/auth/me'))
  expect(await isRemembered(there)).toBe(true)
  const about = async (id: number) =>
    (await visitor.request(`/desk/history?webhook=${id}`)).body.entries
  expect(await about(here)).toHaveLength(1)
  expect(await about(there)).toEqual([])
})
