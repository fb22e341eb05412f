import { EventEmitter, once } from 'node:events'

import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { createChanges } from '#server/changes/changes.ts'
import { createIntents } from '#server/changes/intents.ts'
import { createTurns } from '#server/changes/turns.ts'
import { openTestDatabase } from '#server/db/test-database.ts'

import { createRunStore, type RunStore } from './run-store.ts'
import { createRunWorker } from './run-worker.ts'

let database: Awaited<ReturnType<typeof openTestDatabase>>
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

const now = () => new Date()

/** Nobody is signed in, so all it does is to look, and to say so. */
function workerOver(store: RunStore, onLook: () => void) {
  const nothing = () => Promise.resolve()
  return createRunWorker({
    store,
    queue: { send: nothing, work: nothing, stop: nothing },
    changes: createChanges(createIntents(database.db, now), createTurns(database.db, now)),
    budget: { roomIn: () => Promise.resolve(0) },
    targets: { exceptions: [], allowPrivateTargets: false },
    makerOf: () => {
      onLook()
      return Promise.resolve(undefined)
    },
    log: pino({ level: 'silent' }),
    now,
  })
}

test('whoever rouses a run while it is being put down is not overheard', async () => {
  const store = createRunStore(database.db, now)
  const id = await store.propose({
    ...{ key: 'ana one', by: 'ana@example.com', session: 'over', title: 'Delete one' },
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
