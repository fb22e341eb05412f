import { EventEmitter, once } from 'node:events'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { openTestDatabase } from '#platform/db/test-database.ts'
import type { Queue } from '#platform/queue/queue.ts'
import { createChanges } from '#server/changes/changes.ts'
import { createIntents } from '#server/intents/intents.ts'
import { createTurns } from '#server/intents/turns.ts'

import { createRunStore, type RunStore } from './run-store.ts'
import { createRunWorker } from './run-worker.ts'

let database: Awaited<ReturnType<typeof openTestDatabase>>
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

const now = () => new Date()

/** Nobody is signed in, so the worker only looks at the run and reports the wait. */
function workerOver(store: RunStore, onLook: () => void, queue: Partial<Queue> = {}) {
  const nothing = () => Promise.resolve()
  return createRunWorker({
    store,
    queue: {
      send: nothing,
      work: nothing,
      stop: nothing,
      every: () => Promise.resolve({ wake: nothing }),
      ...queue,
    },
    changes: createChanges(createIntents(database.db, now), createTurns(database.db, now)),
    budget: { roomIn: () => Promise.resolve(0) },
    targets: { exceptions: [], allowPrivateTargets: false },
    accountOfSession: () => {
      onLook()
      return Promise.resolve(undefined)
    },
    log: pino({ level: 'silent' }),
    now,
  })
}

test('a run roused while its worker is about to stop is looked at again', async () => {
  const store = createRunStore(database.db, now)
  const id = await store.propose({
    key: 'ana one',
    by: 'ana@example.com',
    session: 'over',
    what: { act: 'delete' as const, count: 1 },
    changes: [{ kind: 'delete', webhookId: 1 }],
  })
  let looks = 0
  const moments = new EventEmitter()
  const isPutDown = once(moments, 'put down')
  const mayGoOn = once(moments, 'go on')
  const worker = workerOver(
    {
      ...store,
      async release(...claim) {
        moments.emit('put down')
        await mayGoOn
        return store.release(...claim)
      },
    },
    () => (looks += 1),
  )

  await worker.rouse(id)
  await isPutDown
  await worker.rouse(id)
  moments.emit('go on')
  await expect.poll(() => looks).toBe(2)
  await worker.stop()
  expect((await store.find(id))?.waitFor).toBe('session')
})

test("a run of another process is looked at again when that process's claim would expire", async () => {
  const store = createRunStore(database.db, now)
  const id = await store.propose({
    key: 'ana two',
    by: 'ana@example.com',
    session: 'hers',
    what: { act: 'delete' as const, count: 1 },
    changes: [{ kind: 'delete', webhookId: 1 }],
  })
  await store.claim(id)
  const claimedUntil = (await store.find(id))?.claimedUntil
  const reminders: (Date | undefined)[] = []
  let arrive: (data: object) => Promise<void> = () => Promise.resolve()
  const worker = workerOver(store, () => {}, {
    send: async (_name, _data, { at } = {}) => void reminders.push(at),
    work: async (_name, handler) => void (arrive = handler),
  })
  await worker.start()
  await arrive({ runId: id })
  await worker.stop()
  expect(claimedUntil).toBeInstanceOf(Date)
  // not a whole lease from now, or a dead process's run would wait for nearly two
  expect(reminders.slice(-2)).toEqual([claimedUntil, claimedUntil])
})
