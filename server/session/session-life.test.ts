import { afterAll, beforeAll, expect, test } from 'vitest'

import { DESK_HEADER } from '#contract/desk/desk.ts'
import { openTestDesk, type TestDesk } from '#server/testing/test-desk.ts'

import { sessions } from './tables.ts'

const MINUTE = 60_000

let desk: TestDesk
beforeAll(async () => {
  desk = await openTestDesk()
})
afterAll(() => desk.close())

async function signedIn() {
  const visitor = desk.visitor(crypto.randomUUID())
  await visitor.signIn('admin@hookdesk.test')
  const ask = (by: string) =>
    visitor.request('/api/sys/webhooks?size=1', { headers: { [DESK_HEADER]: by } })
  return { visitor, byPerson: () => ask('person'), inBackground: () => ask('background') }
}

test('half an hour without a person ends a session', async () => {
  const { byPerson } = await signedIn()
  desk.clock.pass(30 * MINUTE - 1)
  expect((await byPerson()).status).toBe(200)
  desk.clock.pass(30 * MINUTE)
  expect((await byPerson()).body.code).toBe('session_expired')
})

test("a person's activity keeps a session alive for at most eight hours", async () => {
  const { byPerson } = await signedIn()
  for (let passed = 0; passed < 8 * 60 - 20; passed += 20) {
    desk.clock.pass(20 * MINUTE)
    expect((await byPerson()).status).toBe(200)
  }
  desk.clock.pass(20 * MINUTE - 1)
  expect((await byPerson()).status).toBe(200)
  desk.clock.pass(1)
  expect((await byPerson()).body.code).toBe('session_expired')
})

test('polling in the background does not keep a session alive', async () => {
  const { inBackground } = await signedIn()
  for (let minute = 1; minute < 30; minute += 1) {
    desk.clock.pass(MINUTE)
    expect((await inBackground()).status).toBe(200)
  }
  desk.clock.pass(MINUTE)
  expect((await inBackground()).body.code).toBe('session_expired')
})

test('an ended session is deleted from the database, no matter which request finds it', async () => {
  const { inBackground } = await signedIn()
  desk.clock.pass(30 * MINUTE)
  await inBackground()
  expect(await desk.db.select().from(sessions)).toEqual([])

  await signedIn()
  const { byPerson } = await signedIn()
  desk.clock.pass(29 * MINUTE)
  await byPerson()
  desk.clock.pass(2 * MINUTE)
  await desk.tidy()
  expect(await desk.db.select().from(sessions)).toHaveLength(1)
})

test('a clock that jumps back by minutes prolongs a session by no more than the jump', async () => {
  const { byPerson } = await signedIn()
  desk.clock.pass(-20 * MINUTE)
  expect((await byPerson()).status).toBe(200)
  desk.clock.pass((20 + 30) * MINUTE)
  expect((await byPerson()).body.code).toBe('session_expired')
})
