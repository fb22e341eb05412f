import { afterEach, expect, test } from 'vitest'

import type { OpenDatabase } from '#platform/db/database.ts'
import { openTestDatabase } from '#platform/db/test-database.ts'

import { openQueue, type Queue } from './queue.ts'

const NAME = 'again'

const open: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of open.splice(0).toReversed()) await close()
})

async function openDatabase(): Promise<OpenDatabase> {
  const database = await openTestDatabase()
  open.push(() => database.close())
  return database
}

async function startProcess(database: OpenDatabase): Promise<Queue> {
  const queue = await openQueue({ ...database, names: [NAME], onError: () => {} })
  open.push(() => queue.stop())
  return queue
}

test('a recurring job has its next turn even if this one fails', async () => {
  const queue = await startProcess(await openDatabase())
  let turns = 0
  await queue.every(NAME, {
    pause: () => Promise.resolve(1),
    act() {
      turns += 1
      return turns === 1 ? Promise.reject(new Error('The first one fails')) : Promise.resolve()
    },
  })
  await expect.poll(() => turns).toBeGreaterThanOrEqual(3)
})

test('a recurring job without a next turn rests until it is woken', async () => {
  const queue = await startProcess(await openDatabase())
  const seen: string[] = []
  const pauses: (number | undefined)[] = [undefined, 60_000]
  const recurring = await queue.every(NAME, {
    pause: () => Promise.resolve(pauses.shift()),
    act: async () => seen.push('a turn'),
  })
  expect(pauses).toEqual([60_000])
  await recurring.wake()
  await expect.poll(() => seen).toEqual(['a turn'])
})

test('a job is tried again if its handler fails, and stop waits for the one at work', async () => {
  const database = await openDatabase()
  const queue = await startProcess(database)
  const seen: unknown[] = []
  let release = () => {}
  const held = new Promise<void>((resolve) => (release = resolve))
  await queue.work(NAME, async (data) => {
    seen.push(data)
    if (seen.length === 1) throw new Error('The first one fails')
    await held
    seen.push('done')
  })
  await queue.send(NAME, { number: 1 })
  await expect.poll(() => seen).toEqual([{ number: 1 }, { number: 1 }])
  const stopped = queue.stop()
  release()
  await stopped
  expect(seen.at(-1)).toBe('done')
})

test('a database that goes away is reported, and ends no process', async () => {
  const database = await openTestDatabase()
  const errors: unknown[] = []
  const queue = await openQueue({
    ...database,
    names: [NAME],
    onError: (error) => errors.push(error),
  })
  let isAtWork = false
  let release = () => {}
  const held = new Promise<void>((resolve) => (release = resolve))
  await queue.work(NAME, async () => {
    isAtWork = true
    await held
  })
  await queue.send(NAME, {})
  await expect.poll(() => isAtWork).toBe(true)
  await database.close()
  // an unhandled rejection would fail the run of the tests, as it would end a desk
  release()
  await expect.poll(() => errors.length).toBeGreaterThan(0)
  await queue.stop().catch(() => {})
})

test('each turn runs in one of several processes', async () => {
  const database = await openDatabase()
  let turns = 0
  const recurring = {
    pause: () => Promise.resolve(60_000),
    act: async () => (turns += 1),
  }
  const first = await (await startProcess(database)).every(NAME, recurring)
  const second = await (await startProcess(database)).every(NAME, recurring)
  for (const expected of [1, 2, 3]) {
    await (expected === 2 ? second : first).wake()
    await expect.poll(() => turns).toBe(expected)
  }
})
