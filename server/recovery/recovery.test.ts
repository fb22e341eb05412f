import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'

import { webhooks } from '#sandbox/db/tables.ts'
import { openTestDesk, type TestDesk } from '#server/testing/test-desk.ts'
import type { Visitor } from '#server/testing/test-visitor.ts'

import { createRecover } from './recover.ts'
import { createRecoveryStore } from './recovery-store.ts'
import { recoveries } from './tables.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const DUBLIN = 1_400_000_004

let desk: TestDesk
let admin: Visitor
let receiver: ReturnType<TestDesk['receiver']>
let id = 0
beforeEach(async () => {
  desk = await openTestDesk({ watches: true })
  await desk.addRecipients()
  admin = desk.visitor()
  await admin.signIn('admin@hookdesk.test')
  receiver = desk.receiver('door')
  id = (await desk.anyWorking()).id
  await desk.store(id, { url: `${receiver.url}?key=s3cret`, name: 'Door codes' })
  await desk.lookAndTell()
})
afterEach(() => desk.close())

const ask = (by = admin, webhookId = id) =>
  by.request(`/desk/recoveries/${webhookId}`, { method: 'PUT', body: {} })

const isOn = async () =>
  (await desk.db.select().from(webhooks).where(eq(webhooks.id, id)))[0]?.active

const row = async () =>
  (await desk.db.select().from(recoveries).where(eq(recoveries.webhookId, id)))[0]

async function stop() {
  await desk.store(id, { errorCount: 10, active: false, lastError: 'Status 503' })
  await desk.lookAndTell()
}

async function pass(ms: number) {
  desk.clock.pass(ms)
  await desk.recover()
  await desk.sendNotices()
}

const subjects = async () => (await desk.mails()).map(({ subject }) => subject)

test('a stopped webhook is switched on after three good checks in a row, and that is told', async () => {
  expect((await ask()).body).toMatchObject({
    canSwitch: true,
    recoveries: [{ webhookId: id, by: 'admin@hookdesk.test', isOn: true, goodChecks: 0 }],
  })
  await receiver.answer('500')
  await stop()
  await pass(MINUTE)
  expect(await row()).toMatchObject({ goodChecks: 0, problem: 'status' })
  await receiver.answer('200')
  await pass(10 * MINUTE)
  await pass(10 * MINUTE)
  expect(await row()).toMatchObject({ goodChecks: 2, problem: null })
  expect(await isOn()).toBe(false)
  await pass(10 * MINUTE)
  expect(await isOn()).toBe(true)
  expect((await desk.history(id)).at(-1)).toMatchObject({ by: 'watch@hookdesk.test' })
  const [mail] = await desk.mails()
  expect(mail?.subject).toMatch(/^Switched on again by itself: “Door codes” \(Northlight .+\)$/)
  expect(mail?.text).toContain('has answered three times in a row')
  expect(`${mail?.text}${mail?.html}`).not.toContain('s3cret')
  await desk.lookAndTell()
  await pass(DAY)
  expect((await desk.history(id)).filter(({ by }) => by === 'watch@hookdesk.test')).toHaveLength(1)
})

test('a check that is not good begins the count anew', async () => {
  await ask()
  await stop()
  await pass(MINUTE)
  await pass(10 * MINUTE)
  await receiver.answer('500')
  await pass(10 * MINUTE)
  expect(await row()).toMatchObject({ goodChecks: 0, problem: 'status' })
  expect(await isOn()).toBe(false)
})

test('nothing is done if nobody asked, for one that a person paused, or once nobody asks any more', async () => {
  await stop()
  for (let times = 0; times < 4; times += 1) await pass(10 * MINUTE)
  expect(await isOn()).toBe(false)

  // the session of half an hour ago is over
  await admin.signIn('admin@hookdesk.test')
  await ask()
  await desk.store(id, { errorCount: 0, active: true })
  await admin.change(id, { seen: { Active: true }, change: { Active: false } })
  await desk.lookAndTell()
  for (let times = 0; times < 4; times += 1) await pass(10 * MINUTE)
  expect(await isOn()).toBe(false)

  await admin.signIn('admin@hookdesk.test')
  const gone = await admin.request(`/desk/recoveries/${id}`, { method: 'DELETE' })
  expect(gone.body.recoveries).toEqual([])
})

test('one that was paused after it stopped stays paused', async () => {
  await ask()
  await stop()
  await pass(MINUTE)
  await pass(10 * MINUTE)
  // the watch has not looked since: only the record tells
  await admin.change(id, { seen: { Active: false }, change: { Active: true } })
  await admin.change(id, { seen: { Active: true }, change: { Active: false } })
  await pass(10 * MINUTE)
  expect(await isOn()).toBe(false)
  expect(await row()).toMatchObject({ problem: 'not_stopped', goodChecks: 0 })
})

test('after the third stop within a week it ends for good, and is told', async () => {
  await ask()
  for (let times = 0; times < 2; times += 1) {
    await stop()
    for (let checks = 0; checks < 3; checks += 1) await pass(10 * MINUTE)
    expect([await row(), await isOn()]).toMatchObject([{ problem: null }, true])
    await desk.lookAndTell()
  }
  await stop()
  await pass(10 * MINUTE)
  expect(await row()).toMatchObject({ isOn: false, problem: 'too_often' })
  expect(await subjects()).toContainEqual(
    expect.stringMatching(/^No longer switched on by itself: “Door codes”/),
  )
  for (let days = 0; days < 8; days += 1) await pass(DAY)
  expect(await isOn()).toBe(false)

  // asked for anew, the stops from before no longer count
  await admin.signIn('admin@hookdesk.test')
  await ask()
  for (let checks = 0; checks < 3; checks += 1) await pass(10 * MINUTE)
  expect(await isOn()).toBe(true)
})

test('a switch that failed is not made up for once somebody paused the webhook', async () => {
  await ask()
  await stop()
  for (let checks = 0; checks < 2; checks += 1) await pass(10 * MINUTE)
  await desk.fault({ kind: 'error', method: 'PUT', path: '/api/sys/webhooks', times: 9 })
  await pass(10 * MINUTE)
  expect(await isOn()).toBe(false)
  await desk.startCounting()
  await admin.signIn('admin@hookdesk.test')
  await admin.change(id, { seen: { Active: false }, change: { Active: true } })
  await admin.change(id, { seen: { Active: true }, change: { Active: false } })
  for (let checks = 0; checks < 4; checks += 1) await pass(10 * MINUTE)
  expect(await isOn()).toBe(false)
  expect(await row()).toMatchObject({ isSwitching: false, problem: 'not_stopped' })
})

test('a process that dies after the change switches nothing on twice', async () => {
  await ask()
  await stop()
  for (let checks = 0; checks < 2; checks += 1) await pass(10 * MINUTE)
  const before = await row()
  await pass(10 * MINUTE)
  // as it stood right after the change
  const { key, goodChecks, restarts } = before ?? {}
  await desk.db
    .update(recoveries)
    .set({
      key,
      goodChecks,
      restarts,
      isSwitching: true,
      claim: 'dead',
      claimedUntil: desk.clock.now(),
    })
    .where(eq(recoveries.webhookId, id))
  await pass(10 * MINUTE)
  expect(await row()).toMatchObject({ isSwitching: false, restarts: [expect.any(String)] })
  expect((await desk.history(id)).filter(({ by }) => by === 'watch@hookdesk.test')).toHaveLength(1)
  const told = (await subjects()).filter((subject) => subject.startsWith('Switched on again'))
  expect(told).toHaveLength(1)
})

test('needs the right to edit, and a location that one may see', async () => {
  const viewer = desk.visitor()
  await viewer.signIn('viewer@hookdesk.test')
  expect((await ask(viewer)).status).toBe(403)
  const manager = desk.visitor()
  await manager.signIn('manager@hookdesk.test')
  const all = await desk.db.select().from(webhooks).where(eq(webhooks.businessId, DUBLIN))
  expect((await ask(manager, all[0]?.id)).status).toBe(404)
})

test('nothing is switched on if nobody asks any more once its last check is over', async () => {
  await ask()
  await stop()
  const store = createRecoveryStore(desk.db, desk.clock.now)
  await desk.db.update(recoveries).set({ goodChecks: 2 }).where(eq(recoveries.webhookId, id))
  const account = await desk.watchEditor()
  const worker = createRecover({
    db: desk.db,
    store,
    now: desk.clock.now,
    log: desk.log,
    changes: { change: () => Promise.reject(new Error('It was switched on')) },
    watchEditor: () => Promise.resolve(account),
    factsOf: () => Promise.resolve({}),
    placeOf: () => Promise.resolve('Shoreditch'),
    async check() {
      await store.remove(id)
      return null
    },
    onTold: () => Promise.resolve(),
  })
  await worker.work()
  expect(await isOn()).toBe(false)
  expect(desk.logged()).not.toContain('could not be switched on')
})
