import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

import { WORK_LEASE_MS } from '#platform/db/lease.ts'
import { openDeskOver } from '#server/testing/test-desk.ts'
import { createTestUpstream, json, lost } from '#server/testing/test-upstream.ts'
import type { Visitor } from '#server/testing/test-visitor.ts'

import { draft } from './test-draft.ts'

const PATH = '/api/sys/webhooks'
const ONE = /^\/api\/sys\/webhooks\/\d+$/

const upstream = createTestUpstream()
let desk: Awaited<ReturnType<typeof openDeskOver>>
let admin: Visitor
beforeAll(async () => {
  desk = await openDeskOver(upstream.fetch)
  admin = desk.visitor()
  await admin.signIn('admin@hookdesk.test')
})
beforeEach(() => upstream.forget())
afterAll(() => desk.close())

/** A call whose answer waits until `end`: long enough for a process to die. */
function suspend(method: string, path: string | RegExp, { performed }: { performed: boolean }) {
  const { promise: arrived, resolve: arrive } = gate()
  const { promise: ended, resolve: end } = gate()
  upstream.tell(
    method,
    path,
    async (call, request) => {
      const answer = performed ? await upstream.perform(call, request) : undefined
      arrive()
      await ended
      return answer ?? lost()
    },
    1,
  )
  return { arrived, end }
}

function gate() {
  let resolve = () => {}
  const promise = new Promise<void>((open) => {
    resolve = open
  })
  return { promise, resolve }
}

/** The process that starts after the crash of the first. */
async function restart(): Promise<Visitor> {
  const next = desk.openAnother()
  await next.releaseClaims()
  const visitor = next.visitor()
  visitor.takeCookie(admin.cookie())
  return visitor
}

const recordsNamed = (name: string) =>
  [...upstream.records.values()].filter((text) => JSON.parse(text).Name === name)

test.each([
  ['before the webhook was sent', 'GET', PATH, false],
  ['before Nexudus made the webhook', 'POST', PATH, false],
  ['between the making and the answer', 'POST', PATH, true],
  ['between the answer and the history', 'GET', ONE, false],
])(
  'after a crash %s, the same key ends with one record',
  async (_when, method, path, performed) => {
    const [key, input] = [crypto.randomUUID(), draft()]
    const call = suspend(method, path, { performed })
    const dying = admin.create(input, key)
    await call.arrived

    const again = await restart()
    const { status, body } = await again.create(input, key)
    expect([status, body.webhook?.Name]).toEqual([200, input.Name])
    expect(recordsNamed(input.Name)).toHaveLength(1)
    expect((await desk.history(body.webhook.Id)).map(({ kind }) => kind)).toEqual(['create'])

    // a dead process does not come back, but a slow one does, and it must add nothing
    upstream.tell('POST', PATH, lost)
    call.end()
    await dying
    expect(recordsNamed(input.Name)).toHaveLength(1)
    expect(await desk.history(body.webhook.Id)).toHaveLength(1)
    expect((await again.create(input, key)).body).toEqual(body)
  },
)

/** A second process, without a restart of the first. */
function openOther(): Visitor {
  const other = desk.openAnother().visitor()
  other.takeCookie(admin.cookie())
  return other
}

test("a dead process's claim is respected until it expires, and then taken over", async () => {
  const [key, input] = [crypto.randomUUID(), draft()]
  const call = suspend('POST', PATH, { performed: true })
  const dying = admin.create(input, key)
  await call.arrived

  const other = openOther()
  expect((await other.create(input, key)).body.code).toBe('in_progress')
  desk.clock.pass(WORK_LEASE_MS + 1)
  expect((await other.create(input, key)).status).toBe(200)
  expect(recordsNamed(input.Name)).toHaveLength(1)
  call.end()
  await dying
})

test('a create is not sent if another process took its claim over', async () => {
  const [key, input] = [crypto.randomUUID(), draft()]
  const call = suspend('GET', PATH, { performed: true })
  const slow = admin.create(input, key)
  await call.arrived
  desk.clock.pass(WORK_LEASE_MS + 1)
  const { body } = await openOther().create(input, key)

  call.end()
  expect((await slow).body.code).toBe('in_progress')
  expect(recordsNamed(input.Name)).toHaveLength(1)
  expect(await desk.history(body.webhook.Id)).toHaveLength(1)
})

test('a change is not sent if another process took its claim over', async () => {
  const { Id } = (await admin.create(draft())).body.webhook
  const key = crypto.randomUUID()
  const call = suspend('GET', ONE, { performed: true })
  const slow = admin.change(Id, { seen: {}, change: { Name: 'Ours' } }, key)
  await call.arrived
  desk.clock.pass(WORK_LEASE_MS + 1)
  await openOther().change(Id, { seen: {}, change: { Name: 'Ours' } }, key)
  await openOther().change(Id, { seen: {}, change: { Name: 'Theirs' } })

  call.end()
  expect((await slow).body.code).toBe('in_progress')
  expect(upstream.arrived('PUT')).toHaveLength(2)
  expect(JSON.parse(upstream.records.get(Id) ?? '')).toMatchObject({ Name: 'Theirs' })
})

test('a delete that a crash interrupted is finished under the same key', async () => {
  const { Id, Name } = (await admin.create(draft())).body.webhook
  const key = crypto.randomUUID()
  const call = suspend('DELETE', ONE, { performed: true })
  const dying = admin.remove(Id, {}, key)
  await call.arrived

  const { status } = await (await restart()).remove(Id, {}, key)
  expect([status, recordsNamed(Name)]).toEqual([200, []])
  call.end()
  await dying
})

test('a create that cannot be looked up is unknown, and a retry finds it', async () => {
  const [key, input] = [crypto.randomUUID(), draft()]
  upstream.tell('POST', PATH, async (call, request) => {
    await upstream.perform(call, request)
    upstream.tell('GET', PATH, () => json({ Message: 'No.' }, 503))
    return lost()
  })
  const first = await admin.create(input, key)
  expect([first.status, first.body.code, first.body.outcome]).toEqual([
    502,
    'upstream_unreachable',
    'unknown',
  ])

  upstream.forget()
  expect((await admin.create(input, key)).body.webhook.Name).toBe(input.Name)
  expect(upstream.arrived('POST')).toEqual([])
  expect(recordsNamed(input.Name)).toHaveLength(1)
})

test('a change that cannot be read back is unknown, and is not written again', async () => {
  const { Id } = (await admin.create(draft())).body.webhook
  const key = crypto.randomUUID()
  upstream.tell('PUT', PATH, (call, request) => {
    upstream.tell('GET', ONE, lost)
    return upstream.perform(call, request)
  })
  const first = await admin.change(Id, { seen: {}, change: { Active: false } }, key)
  expect([first.status, first.body.outcome]).toEqual([502, 'unknown'])

  upstream.forget()
  const second = await admin.change(Id, { seen: {}, change: { Active: false } }, key)
  expect([second.status, second.body.webhook.Active]).toEqual([200, false])
  expect(upstream.arrived('PUT')).toEqual([])
})

test.each([
  ['an object that is no envelope', () => json({})],
  ['a number', () => json(1)],
  ['a page', () => new Response('<h1>Done</h1>', { headers: { 'content-type': 'text/html' } })],
])('after a write was answered with %s, Hookdesk looks for its result', async (_what, answer) => {
  const carriedOut = async (call: Parameters<typeof upstream.perform>[0], request: Request) => {
    await upstream.perform(call, request)
    return answer()
  }
  for (const method of ['POST', 'PUT']) upstream.tell(method, PATH, carriedOut)
  upstream.tell('DELETE', ONE, carriedOut)

  const input = draft()
  const { status, body } = await admin.create(input)
  expect([status, body.webhook?.Name]).toEqual([200, input.Name])
  const { Id } = body.webhook
  const changed = await admin.change(Id, { seen: {}, change: { Active: false } })
  expect([changed.status, changed.body.webhook?.Active]).toEqual([200, false])
  expect((await admin.remove(Id, {})).status).toBe(200)
  expect((await desk.history(Id)).map(({ kind }) => kind)).toEqual(['create', 'change', 'delete'])
})
