import { afterEach, beforeEach, expect, test } from 'vitest'

import { openTestDatabase } from '#platform/db/test-database.ts'

import { createBudget } from './budget.ts'

let database: Awaited<ReturnType<typeof openTestDatabase>>
let at = Date.parse('2026-03-02T09:00:00Z')
const limits = { writesPerMinute: 2, callsPerMinute: 5 }
const budget = () => createBudget(database.db, () => new Date(at), limits)

beforeEach(async () => {
  database = await openTestDatabase()
  at = Date.parse('2026-03-02T09:00:00Z')
})
afterEach(() => database.close())

const read = { account: 'ana@example.com', method: 'GET' } as const
const write = { account: 'ana@example.com', method: 'PUT' } as const
const ITEM = { calls: 3, writes: 1 }

test('an account without calls has room', async () => {
  expect(await budget().roomIn('ana@example.com', ITEM)).toBe(0)
})

test('there is room again once the earliest counted call is a minute old', async () => {
  for (const call of [read, read, read]) {
    await budget().note(call)
    at += 10_000
  }
  // three in the last thirty seconds, and three more would be six, with room for five
  expect(await budget().roomIn('ana@example.com', ITEM)).toBe(30_000)
  at += 30_000
  expect(await budget().roomIn('ana@example.com', ITEM)).toBe(0)
})

test('writes have a limit of their own', async () => {
  await budget().note(write)
  at += 1_000
  await budget().note(write)
  expect(await budget().roomIn('ana@example.com', { calls: 1, writes: 0 })).toBe(0)
  expect(await budget().roomIn('ana@example.com', { calls: 1, writes: 1 })).toBe(59_000)
})

test('calls from another process count, calls of another account do not', async () => {
  await Promise.all([1, 2, 3, 4, 5].map(() => budget().note(read)))
  const another = createBudget(database.db, () => new Date(at), limits)
  expect(await another.roomIn('ana@example.com', ITEM)).toBe(60_000)
  expect(await another.roomIn('bo@example.com', ITEM)).toBe(0)
})

test('an item that needs more than the limit waits for an empty minute, not for ever', async () => {
  await budget().note(read)
  expect(await budget().roomIn('ana@example.com', { calls: 9, writes: 1 })).toBe(60_000)
  at += 60_000
  expect(await budget().roomIn('ana@example.com', { calls: 9, writes: 1 })).toBe(0)
})
