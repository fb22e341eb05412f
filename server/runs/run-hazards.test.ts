import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

import type { WebhookInput } from '#contract/nexudus/webhook.ts'
import { WORK_LEASE_MS } from '#platform/db/lease.ts'
import { draft } from '#server/changes/test-draft.ts'
import { openDeskOver } from '#server/testing/test-desk.ts'
import { createTestUpstream, json, lost } from '#server/testing/test-upstream.ts'
import type { Visitor } from '#server/testing/test-visitor.ts'

import { countsOf, runsOf } from './test-runs.ts'

// situations that the sandbox cannot produce: single records that fail, answers timed by a test

const PATH = '/api/sys/webhooks'
const ONE = /^\/api\/sys\/webhooks\/\d+$/

const upstream = createTestUpstream()
let desk: Awaited<ReturnType<typeof openDeskOver>>
let admin: Visitor
let runs: ReturnType<typeof runsOf>
beforeAll(async () => {
  desk = await openDeskOver(upstream.fetch)
  admin = desk.visitor()
  await admin.signIn('admin@hookdesk.test')
  runs = runsOf(admin)
})
beforeEach(() => upstream.forget())
afterAll(() => desk.close())

const own = (more: Partial<WebhookInput> = {}) =>
  draft({ URL: `https://hooks.example.com/${crypto.randomUUID()}`, ...more })
const made = async (more: Partial<WebhookInput> = {}) =>
  (await admin.create(own(more))).body.webhook
const stored = (id: number) => JSON.parse(upstream.records.get(id) ?? 'null')
const at = (address: string) =>
  [...upstream.records.values()].filter((text) => JSON.parse(text).URL === address)
const pause = (webhookId: number) =>
  ({ kind: 'change', webhookId, change: { Active: false } }) as const
const describeAs = (webhookId: number, Description: string) =>
  ({ kind: 'change', webhookId, change: { Description } }) as const
const rename = (webhookId: number, Name: string) =>
  ({ kind: 'change', webhookId, change: { Name }, seen: {} }) as const

function gate() {
  let open = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { open, opened }
}

describe('a dry run', () => {
  test('continues after a record that Nexudus cannot show, and reports it', async () => {
    const [first, sick, last] = [await made(), await made(), await made()]
    upstream.tell('GET', `${PATH}/${sick.Id}`, () => json({ Message: 'Object reference' }, 500))
    const run = await runs.propose([first, sick, last].map(({ Id }) => describeAs(Id, 'x')))
    expect(countsOf(run)).toEqual({ ready: 2, barred: 1 })
    expect((await runs.items(run.id))[1]?.reason).toMatchObject({
      is: 'failed',
      failure: { code: 'upstream_error', reason: 'failed', upstreamStatus: 500 },
    })
  })

  test('is not stopped by a NUL in a name, and logs no URL', async () => {
    const { Id } = await made()
    const URL = 'https://hooks.example.com/in?key=s3cr3t'
    upstream.records.set(Id, JSON.stringify({ ...stored(Id), Name: 'a\0b', URL }))
    const run = await runs.propose([pause(Id)])
    expect(countsOf(run)).toEqual({ ready: 1 })
    expect(countsOf(await runs.finish(run.id))).toEqual({ done: 1 })
    expect(desk.logged()).not.toContain('s3cr3t')
    upstream.records.delete(Id)
  })

  test('no longer reports a wait once it continues', async () => {
    const { Id } = await made()
    upstream.tell('GET', PATH, () => new Response('', { status: 429 }), 1)
    const wait = gate()
    const reading = gate()
    upstream.tell('GET', ONE, async (call, request) => {
      reading.open()
      await wait.opened
      return upstream.perform(call, request)
    })
    const { body } = await runs.post('', {
      title: { act: 'describe', count: 1 },
      changes: [describeAs(Id, 'x')],
    })
    await reading.opened
    expect((await runs.get(body.run.id)).wait).toBeNull()
    wait.open()
    await runs.until(body.run.id, 'proposed')
  })

  test('with an unknown id is refused or not found', async () => {
    expect((await admin.request('/desk/runs/99999999999')).status).toBe(400)
    expect((await admin.request('/desk/runs/999999999')).status).toBe(404)
  })
})

describe('the writes of a run', () => {
  test('are none in a process that has lost its turn to another', async () => {
    const { Id } = await made()
    const [arrived, go] = [gate(), gate()]
    upstream.tell(
      'GET',
      ONE,
      async (call, request) => {
        const answer = await upstream.perform(call, request)
        arrived.open()
        await go.opened
        return answer
      },
      1,
    )
    const slow = admin.change(Id, { seen: {}, change: { Active: false } })
    await arrived.opened
    // as if the process had been suspended
    desk.clock.pass(WORK_LEASE_MS + 1)
    const other = desk.openAnother().visitor()
    other.takeCookie(admin.cookie())
    await other.change(Id, { seen: {}, change: { Name: 'Theirs' } })
    go.open()
    expect((await slow).body.code).toBe('in_progress')
    expect(stored(Id)).toMatchObject({ Name: 'Theirs', Active: true })
  })

  test('make one webhook from the same create in two runs', async () => {
    const input = own()
    const [one, two] = [
      await runs.propose([{ kind: 'create', input }]),
      await runs.propose([{ kind: 'create', input }]),
    ]
    await runs.finish(one.id)
    expect(countsOf(await runs.finish(two.id))).toEqual({ same: 1 })
    expect((await runs.items(two.id))[0]?.reason).toMatchObject({
      is: 'duplicate',
      of: { name: input.Name },
    })
    expect(at(input.URL)).toHaveLength(1)
  })

  test('make one webhook even if the person may not look for a lost create', async () => {
    const input = own()
    const { id } = await runs.propose([{ kind: 'create', input }])
    upstream.tell('GET', PATH, () => json(null, 401))
    upstream.tell(
      'POST',
      PATH,
      async (call, request) => {
        await upstream.perform(call, request)
        return lost()
      },
      1,
    )
    expect(countsOf(await runs.finish(id))).toEqual({ failed: 1 })
    await runs.post(`/${id}/retry`)
    expect(countsOf(await runs.until(id, 'finished'))).toEqual({ failed: 1 })
    expect((await runs.items(id))[0]?.reason).toMatchObject({
      is: 'failed',
      failure: { code: 'permission_missing', reason: 'to_find_out' },
    })
    expect(at(input.URL)).toHaveLength(1)
  })

  test('repeat only failed items in a retry, not those left by a stop', async () => {
    const all = [await made(), await made(), await made()]
    const { id } = await runs.propose(all.map(({ Id }) => pause(Id)))
    const Errors = [
      {
        PropertyName: 'URL',
        Message: 'https://x.example.com/?key=s3cr3t is odd',
        AttemptedValue: null,
      },
    ]
    const refusal = { Message: 'No.', Errors, WasSuccessful: false, Status: 400, Value: null }
    upstream.tell('PUT', PATH, () => json(refusal, 400), 1)
    upstream.tell('GET', `${PATH}/${all[1].Id}`, async (call, request) => {
      await runs.post(`/${id}/stop`)
      return upstream.perform(call, request)
    })
    await runs.start(id)
    await expect
      .poll(async () => countsOf(await runs.get(id)))
      .toEqual({ failed: 1, done: 1, ready: 1 })
    const { text } = await admin.request(`/desk/runs/${id}/items`)
    expect(text).not.toContain('s3cr3t')
    expect((await runs.post(`/${id}/retry`)).status).toBe(400)
    expect(stored(all[2].Id).Active).toBe(true)
  })
})

describe('undo', () => {
  test('waits for the item that is being written when the run is stopped', async () => {
    const [one, two] = [await made(), await made()]
    const { id } = await runs.propose([pause(one.Id), pause(two.Id)])
    const [arrived, go] = [gate(), gate()]
    upstream.tell('PUT', PATH, async (call, request) => {
      if (JSON.parse(call.body).Id === two.Id) {
        arrived.open()
        await go.opened
      }
      return upstream.perform(call, request)
    })
    await runs.start(id)
    await arrived.opened
    await runs.post(`/${id}/stop`)
    expect((await runs.post(`/${id}/undo`)).body).toMatchObject({
      code: 'in_progress',
      reason: 'item_under_way',
    })
    go.open()
    await expect.poll(async () => (await runs.post(`/${id}/undo`)).status).toBe(200)
    const undo = await runs.undo(id)
    await runs.finish(undo.id)
    expect([stored(one.Id).Active, stored(two.Id).Active]).toEqual([true, true])
  })

  test('reverts a write that could not be read back', async () => {
    const [one, two] = [await made(), await made()]
    const { id } = await runs.propose([pause(one.Id), pause(two.Id)])
    upstream.tell('PUT', PATH, (call, request) => {
      if (JSON.parse(call.body).Id === two.Id) upstream.tell('GET', `${PATH}/${two.Id}`, lost)
      return upstream.perform(call, request)
    })
    expect(countsOf(await runs.finish(id))).toEqual({ done: 1, failed: 1 })
    upstream.forget()
    const undo = await runs.undo(id)
    expect(countsOf(await runs.finish(undo.id))).toEqual({ done: 2 })
    expect([stored(one.Id).Active, stored(two.Id).Active]).toEqual([true, true])
  }, 240_000)

  test('restores two deleted duplicates once each, even if two runs undo them', async () => {
    const input = own()
    const ids = [
      (await admin.create(input)).body.webhook.Id,
      (await admin.create({ ...input, Name: 'Copy' })).body.webhook.Id,
    ]
    const { id } = await runs.propose(ids.map((webhookId) => ({ kind: 'delete', webhookId })))
    await runs.finish(id)
    const [undo, again] = [await runs.undo(id), await runs.undo(id)]
    expect(countsOf(await runs.finish(undo.id))).toEqual({ done: 2 })
    expect(countsOf(await runs.finish(again.id))).toEqual({ same: 2 })
    expect(at(input.URL)).toHaveLength(2)
  })

  test('reverts several changes of one webhook as one, but not a change by somebody else in between', async () => {
    const { Id, Name, Action } = await made()
    const { id } = await runs.propose([rename(Id, 'B'), rename(Id, 'C'), pause(Id)])
    let reads = 0
    upstream.tell('GET', ONE, (call, request) => {
      reads += 1
      // changed without the desk, between reading after our first change and before our second
      if (reads === 3) {
        upstream.records.set(Id, JSON.stringify({ ...stored(Id), Action: Action + 1 }))
      }
      return upstream.perform(call, request)
    })
    await runs.finish(id)
    upstream.forget()
    const undo = await runs.undo(id)
    expect(countsOf(undo)).toEqual({ ready: 1 })
    await runs.finish(undo.id)
    expect(stored(Id)).toMatchObject({ Name, Active: true, Action: Action + 1 })
  })
})

test('a run continues past its maker’s idle limit, and that signs nobody in', async () => {
  const maker = desk.visitor()
  await maker.signIn('admin@hookdesk.test')
  const all = [await made(), await made(), await made(), await made(), await made(), await made()]
  const own = runsOf(maker)
  const { id } = await own.propose(all.map(({ Id }) => pause(Id)))
  upstream.tell('PUT', PATH, async (call, request) => {
    desk.clock.pass(8 * 60_000)
    await desk.tidy()
    return upstream.perform(call, request)
  })
  await own.start(id)
  await expect.poll(() => all.filter(({ Id }) => stored(Id).Active)).toEqual([])
  upstream.forget()
  expect((await maker.request(`/desk/runs/${id}`)).status).toBe(401)
  await admin.signIn('admin@hookdesk.test')
  expect(countsOf(await runs.until(id, 'finished'))).toEqual({ done: 6 })
})
