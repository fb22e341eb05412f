import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

import { openDeskOver } from '#server/testing/test-desk.ts'
import { createTestUpstream } from '#server/testing/test-upstream.ts'
import type { Visitor } from '#server/testing/test-visitor.ts'

import { draft } from './test-draft.ts'

const PATH = '/api/sys/webhooks'

const upstream = createTestUpstream()
let desk: Awaited<ReturnType<typeof openDeskOver>>
let admin: Visitor
beforeAll(async () => {
  const limits = { firstByteMs: 2_000, totalMs: 10_000, maxBytes: 8 * 1024 * 1024 }
  desk = await openDeskOver(upstream.fetch, { limits })
  admin = desk.visitor()
  await admin.signIn('admin@hookdesk.test')
})
beforeEach(() => {
  upstream.forget()
  upstream.records.clear()
})
afterAll(() => desk.close())

/** Withholds the answer to the next create; call the result to let the create arrive. */
function holdNextCreate(): () => void {
  let arrive = () => {}
  upstream.tell(
    'POST',
    PATH,
    (call, request) =>
      new Promise((_resolve, reject) => {
        arrive = () => void upstream.perform(call, request)
        request.signal.addEventListener('abort', () => reject(new Error('given up')))
      }),
    1,
  )
  return () => arrive()
}

const creates = () => upstream.arrived('POST').filter(({ path }) => path === PATH).length

test('a create that is repeated before the first arrives late makes one record', async () => {
  const arrive = holdNextCreate()
  const [input, key] = [draft(), crypto.randomUUID()]
  const first = await admin.create(input, key)
  expect([first.status, first.body.outcome]).toEqual([504, 'unsaved'])

  const second = await admin.create(input, key)
  expect([second.status, second.body.code, second.body.reason]).toEqual([
    409,
    'in_progress',
    'first_attempt',
  ])
  expect(second.body.retryAfterMs).toBe(5_000)
  expect(creates()).toBe(1)

  arrive()
  const third = await admin.create(input, key)
  expect(third.status).toBe(200)
  expect([...upstream.records.keys()]).toEqual([third.body.webhook.Id])
  expect(await desk.history(third.body.webhook.Id)).toHaveLength(1)
})

test('a create is sent again once the first can no longer arrive', async () => {
  holdNextCreate()
  const [input, key] = [draft(), crypto.randomUUID()]
  await admin.create(input, key)
  desk.clock.pass(59_999)
  expect((await admin.create(input, key)).body.retryAfterMs).toBe(1)
  desk.clock.pass(1)
  expect((await admin.create(input, key)).status).toBe(200)
  expect(upstream.records.size).toBe(1)
})
