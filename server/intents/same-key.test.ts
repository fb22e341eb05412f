import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

import { draft } from '#server/changes/test-draft.ts'
import { openTestDesk, type TestDesk } from '#server/testing/test-desk.ts'
import type { Visitor } from '#server/testing/test-visitor.ts'

let desk: TestDesk
let admin: Visitor
beforeAll(async () => {
  desk = await openTestDesk()
  admin = desk.visitor()
  await admin.signIn('admin@hookdesk.test')
})
beforeEach(() => desk.startCounting())
afterAll(() => desk.close())

const newKey = () => crypto.randomUUID()
const times = async (what: string) => (await desk.calls()).filter((call) => call === what).length

test('a create sent twice under one key makes one record and gives one answer', async () => {
  const [key, input] = [newKey(), draft()]
  const first = await admin.create(input, key)
  const second = await admin.create(input, key)

  expect([first.status, second.status]).toEqual([200, 200])
  expect(second.body).toEqual(first.body)
  expect(await desk.recordsNamed(input.Name)).toHaveLength(1)
  expect(await desk.history(first.body.webhook.Id)).toHaveLength(1)
})

test('a create sent ten times at once under one key makes one record', async () => {
  const [key, input] = [newKey(), draft()]
  const answers = await Promise.all(Array.from({ length: 10 }, () => admin.create(input, key)))

  expect(await desk.recordsNamed(input.Name)).toHaveLength(1)
  expect(await times('POST /api/sys/webhooks')).toBe(1)
  for (const { status, body } of answers) {
    if (status === 200) expect(body.webhook.Name).toBe(input.Name)
    else expect([status, body.code]).toEqual([409, 'in_progress'])
  }
  expect(answers.some(({ status }) => status === 200)).toBe(true)
})

test('ten creates at once through two processes make one record', async () => {
  const other = desk.openAnother().visitor()
  other.takeCookie(admin.cookie())
  const [key, input] = [newKey(), draft()]
  await Promise.all(
    Array.from({ length: 10 }, (_, index) => (index % 2 ? admin : other).create(input, key)),
  )
  expect(await desk.recordsNamed(input.Name)).toHaveLength(1)
})

test('a request whose key is in progress is told to come back, and then gets the answer', async () => {
  const [key, input] = [newKey(), draft()]
  await desk.fault({ kind: 'slow', method: 'POST', delayMs: 300 })
  const first = admin.create(input, key)
  await expect.poll(() => times('POST /api/sys/webhooks'), { interval: 20 }).toBe(1)

  const early = await admin.create(input, key)
  expect([early.status, early.body.code]).toEqual([409, 'in_progress'])
  expect(early.headers.get('retry-after')).toBe('2')
  const { body } = await first
  expect((await admin.create(input, key)).body).toEqual(body)
})

test('the same key with another webhook answers with the first one', async () => {
  const [key, input] = [newKey(), draft()]
  const first = await admin.create(input, key)
  const other = draft()
  for (const _try of [1, 2]) {
    const { status, body } = await admin.create(other, key)
    expect([status, body.code]).toEqual([409, 'created_before'])
    expect(body.current).toEqual(first.body.webhook)
  }
  expect(await desk.recordsNamed(other.Name)).toEqual([])
})

test('a change sent twice under one key is written once', async () => {
  const { Id } = (await admin.create(draft())).body.webhook
  const key = newKey()
  const change = { seen: { Active: true }, change: { Active: false } }
  const answers = [await admin.change(Id, change, key), await admin.change(Id, change, key)]

  expect(answers.map(({ status }) => status)).toEqual([200, 200])
  expect(answers[1]?.body).toEqual(answers[0]?.body)
  expect(await times('PUT /api/sys/webhooks')).toBe(1)
  expect(await desk.history(Id)).toHaveLength(2)
})

test('a late repetition of a change does not undo later changes', async () => {
  const { Id } = (await admin.create(draft())).body.webhook
  const key = newKey()
  const pause = { seen: { Active: true }, change: { Active: false } }
  await admin.change(Id, pause, key)
  await admin.change(Id, { seen: { Active: false }, change: { Active: true } })

  const { status, body } = await admin.change(Id, pause, key)
  expect([status, body.webhook.Active]).toEqual([200, true])
})

test('the same key with another change, or for another webhook, is refused', async () => {
  const [one, two] = await Promise.all([admin.create(draft()), admin.create(draft())])
  const [idOfOne, idOfTwo] = [one.body.webhook.Id, two.body.webhook.Id]
  const key = newKey()
  await admin.change(idOfOne, { seen: {}, change: { Active: false } }, key)

  for (const other of [
    await admin.change(idOfOne, { seen: {}, change: { Active: true } }, key),
    await admin.change(idOfTwo, { seen: {}, change: { Active: false } }, key),
  ]) {
    expect([other.status, other.body.code]).toEqual([422, 'key_reused'])
  }
  expect(await desk.history(idOfTwo)).toHaveLength(1)
})

test('a delete sent twice under one key happens once, and both answers report it', async () => {
  const { Id } = (await admin.create(draft())).body.webhook
  const key = newKey()
  const answers = [await admin.remove(Id, {}, key), await admin.remove(Id, {}, key)]

  expect(answers.map(({ status, body }) => [status, body.removed])).toEqual([
    [200, Id],
    [200, Id],
  ])
  expect(await times(`DELETE /api/sys/webhooks/${Id}`)).toBe(1)
})

test('the key of one delete does not report another webhook as deleted', async () => {
  const [one, two] = await Promise.all([admin.create(draft()), admin.create(draft())])
  const key = newKey()
  await admin.remove(one.body.webhook.Id, {}, key)

  const { status, body } = await admin.remove(two.body.webhook.Id, {}, key)
  expect([status, body.code]).toEqual([422, 'key_reused'])
  expect(await desk.recordsNamed(two.body.webhook.Name)).toHaveLength(1)
})

test('the same key of another account is another intent', async () => {
  const other = desk.visitor()
  const totp = await (await fetch(`${desk.sandboxUrl}/sandbox/totp`)).text()
  await other.signIn('totp@hookdesk.test', { totp })
  const [key, input] = [newKey(), draft()]

  const first = await admin.create(input, key)
  const second = await other.create(input, key)
  expect(second.body.webhook.Id).not.toBe(first.body.webhook.Id)
  expect(await desk.recordsNamed(input.Name)).toHaveLength(2)
})

test('finished keys are forgotten after a day, and not before', async () => {
  const [key, input] = [newKey(), draft()]
  const { Id } = (await admin.create(input, key)).body.webhook
  desk.clock.pass(20 * 60 * 60_000)
  await desk.tidy()
  await admin.signIn('admin@hookdesk.test')
  expect((await admin.create(input, key)).body.webhook.Id).toBe(Id)

  desk.clock.pass(5 * 60 * 60_000)
  await admin.signIn('admin@hookdesk.test')
  await desk.tidy()
  expect((await admin.create(input, key)).body.webhook.Id).not.toBe(Id)
})
