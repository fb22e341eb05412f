import { afterEach, beforeEach, expect, test } from 'vitest'

import { openTestDesk, type TestDesk } from '#server/testing/test-desk.ts'

import { createHeartbeat } from './heartbeat.ts'
import { notices } from './tables.ts'

const MINUTE = 60_000

let desk: TestDesk
beforeEach(async () => {
  desk = await openTestDesk({ watches: true })
})
afterEach(() => desk.close())

/** A heartbeat, and the URLs it called. */
function beating() {
  const called: string[] = []
  const beat = createHeartbeat({
    db: desk.db,
    now: desk.clock.now,
    log: desk.log,
    url: 'https://beat.example.com/1',
    send: ({ url }) => {
      called.push(url)
      return Promise.resolve({ isDelivered: true, measured: { totalMs: 1 } })
    },
  })
  return { called, beat }
}

const noticeAt = (happenedAt: Date) => ({
  key: happenedAt.toISOString(),
  kind: 'blind' as const,
  route: 'email' as const,
  recipient: 'admin@hookdesk.test',
  content: { webhooks: [], more: 0, since: happenedAt.toISOString() },
  happenedAt,
  state: 'waiting' as const,
  dueAt: happenedAt,
})

test('the heart beats while notices get out, and stops once one has waited for five minutes', async () => {
  const { called, beat } = beating()
  await beat()
  expect(called).toEqual(['https://beat.example.com/1'])
  await desk.db.insert(notices).values(noticeAt(desk.clock.now()))
  desk.clock.pass(4 * MINUTE)
  await beat()
  expect(called).toHaveLength(2)
  desk.clock.pass(2 * MINUTE)
  await beat()
  expect(called).toHaveLength(2)
  await desk.db.update(notices).set({ state: 'failed' })
  await beat()
  expect(called).toHaveLength(3)
})

test('the heart beats while somebody’s quiet hours hold notices back, and all that follow', async () => {
  const { called, beat } = beating()
  const at = desk.clock.now()
  const morning = new Date(at.getTime() + 8 * 60 * MINUTE)
  const later = new Date(at.getTime() + MINUTE)
  await desk.db.insert(notices).values([{ ...noticeAt(at), dueAt: morning }, noticeAt(later)])
  desk.clock.pass(30 * MINUTE)
  await beat()
  expect(called).toHaveLength(1)
  // somebody else's notice is stuck all the same
  await desk.db
    .insert(notices)
    .values({ ...noticeAt(new Date(at.getTime() + 1)), recipient: 'ana' })
  await beat()
  expect(called).toHaveLength(1)
})

test('a look beats if it is complete, and only then', async () => {
  const called: string[] = []
  const beats = desk.openAnother({
    heartbeatUrl: 'https://beat.example.com/1',
    send: ({ url }) => {
      called.push(url)
      return Promise.resolve({ isDelivered: true, measured: { totalMs: 1 } })
    },
  })
  await desk.fault({ kind: 'html', path: '/api/sys/webhooks', times: 9 })
  await beats.look()
  await desk.startCounting()
  desk.clock.pass(MINUTE)
  await beats.look()
  // had the first look beaten, it would have done so long before
  await expect.poll(() => called).toEqual(['https://beat.example.com/1'])
})
