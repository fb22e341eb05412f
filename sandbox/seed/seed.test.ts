import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'

import type { OpenDatabase } from '#platform/db/database.ts'
import { openTestDatabase } from '#platform/db/test-database.ts'
import { DEMO_ACCOUNTS } from '#sandbox/access/accounts.ts'
import { businesses, users, webhooks, type WebhookRow } from '#sandbox/db/tables.ts'
import { createSandbox } from '#sandbox/sandbox.ts'
import { clientOf } from '#sandbox/test-sandbox.ts'

import { resetSandbox, seedIfEmpty, type SeedSettings } from './seed.ts'

const settings: SeedSettings = {
  size: 'small',
  now: new Date('2026-05-04T10:00:00Z'),
  receiverOrigin: 'http://localhost:4999',
}

let database: OpenDatabase
let rows: WebhookRow[]
beforeAll(async () => {
  database = await openTestDatabase()
  await seedIfEmpty(database.db, settings)
  rows = await database.db.select().from(webhooks).orderBy(webhooks.id)
})
afterAll(() => database.close())

test('a network is seeded once', async () => {
  expect(await seedIfEmpty(database.db, { ...settings, size: 'large' })).toBe(false)
  expect(rows).toHaveLength(60)
  expect(rows[0]?.id).toBe(1_400_099_001)
})

test('of two processes that start at once, one seeds', async () => {
  const other = await openTestDatabase()
  const sown = await Promise.all([seedIfEmpty(other.db, settings), seedIfEmpty(other.db, settings)])
  expect(sown.toSorted()).toEqual([false, true])
  await other.close()
})

test('the network has every state of a webhook', () => {
  const errors = (active: boolean) =>
    new Set(rows.filter((row) => row.active === active).map((row) => row.errorCount))
  expect([...errors(true)].toSorted()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
  expect(errors(false)).toEqual(new Set([0, 4, 10, 11]))

  const isNew = (row: WebhookRow) => row.active && row.lastTrigger === null
  expect(rows.filter(isNew).length).toBeGreaterThan(3)
  expect(rows.filter((row) => row.errorCount > 0).every((row) => row.lastError !== null)).toBe(true)
  expect(new Set(rows.map((row) => row.lastError)).size).toBeGreaterThan(15)
})

test('the network has awkward data: names, URLs, duplicates, an unknown action', () => {
  const names = rows.map((row) => row.name)
  expect(names.some((name) => /\p{Script=Hebrew}/u.test(name))).toBe(true)
  expect(names.some((name) => /\p{Emoji_Presentation}/u.test(name))).toBe(true)
  expect(names.some((name) => /[ñçãł]/.test(name))).toBe(true)
  expect(Math.max(...names.map((name) => name.length))).toBeGreaterThan(200)

  const urls = rows.map((row) => row.url)
  expect(urls.some((url) => new URL(url).password !== '')).toBe(true)
  expect(urls.some((url) => url.startsWith('http://10.'))).toBe(true)
  expect(Math.max(...urls.map((url) => url.length))).toBeGreaterThan(2000)
  expect(
    urls.filter((url) => url.startsWith('http://localhost:4999/receiver/')).length,
  ).toBeGreaterThan(15)

  const keys = rows.map((row) => `${row.businessId} ${row.action} ${row.url}`)
  expect(keys.length - new Set(keys).size).toBe(3)
  expect(rows.some((row) => row.action === 97)).toBe(true)
  expect(rows.some((row) => row.description === null)).toBe(true)
  expect(rows.some((row) => row.systemId !== null)).toBe(true)
})

test('times are before the given instant and have seven digits', () => {
  for (const { createdOn, updatedOn, lastTrigger } of rows) {
    for (const time of [createdOn, updatedOn, lastTrigger ?? createdOn]) {
      expect(time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z$/)
      expect(time < '2026-05-04T10:00').toBe(true)
      expect(time >= createdOn).toBe(true)
    }
  }
})

test('an account added by a later version is added to an existing network', async () => {
  const isNamed = eq(users.email, 'named@hookdesk.test')
  const [before] = await database.db.delete(users).where(isNamed).returning()
  expect(await seedIfEmpty(database.db, settings)).toBe(false)
  const [{ passwordHash: _hash, passwordSalt: _salt, ...added } = {}] = await database.db
    .select()
    .from(users)
    .where(isNamed)
  expect(before).toMatchObject(added)
  expect(before?.businesses).toHaveLength(12)
})

test('every offered account signs in, except the one that needs a code', async () => {
  const { requestToken } = clientOf(createSandbox({ db: database.db }).app)
  for (const { email: username, password, may } of DEMO_ACCOUNTS) {
    const answer = await requestToken({ grant_type: 'password', username, password })
    expect(answer.status, username).toBe(username.startsWith('totp') ? 400 : 200)
    expect(may).not.toBe('')
  }
})

test('the large network is the same every time, and its lists have pages', async () => {
  const other = await openTestDatabase()
  await seedIfEmpty(other.db, { ...settings, size: 'large' })
  const sown = await other.db.select().from(webhooks).orderBy(webhooks.id)
  expect(sown).toHaveLength(10_000)
  expect(await other.db.select().from(businesses)).toHaveLength(500)

  const { signIn } = clientOf(createSandbox({ db: other.db }).app)
  const admin = await signIn()
  const page = await admin.read('/api/sys/webhooks?orderBy=Name&dir=-1&size=1000&page=10')
  expect(page.Records).toHaveLength(1000)
  expect(page).toMatchObject({ TotalItems: 10_000, TotalPages: 10, HasNextPage: false })

  await resetSandbox(other.db, { ...settings, size: 'large' })
  expect(await other.db.select().from(webhooks).orderBy(webhooks.id)).toEqual(sown)
  // the reset also deleted the sign-ins
  expect((await admin.get('/api/auth/me')).status).toBe(401)
  await resetSandbox(other.db, settings)
  expect(await other.db.select().from(webhooks)).toHaveLength(60)
  await other.close()
})
