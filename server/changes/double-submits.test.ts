import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { openDeskOver } from '#server/testing/test-desk.ts'
import { createTestUpstream, lost } from '#server/testing/test-upstream.ts'
import type { Visitor } from '#server/testing/test-visitor.ts'

import { draft } from './test-draft.ts'

const PATH = '/api/sys/webhooks'
const SUBMITS = 200
const TWO_TABS = 100

const upstream = createTestUpstream()
let desk: Awaited<ReturnType<typeof openDeskOver>>
let tabs: Visitor[]
beforeAll(async () => {
  desk = await openDeskOver(upstream.fetch)
  const one = desk.visitor()
  await one.signIn('admin@hookdesk.test')
  const two = desk.openAnother().visitor()
  two.takeCookie(one.cookie())
  tabs = [one, two]
})
afterAll(() => desk.close())

const upTo = (ms: number) => sleep(Math.random() * ms)
const oneIn = (n: number) => Math.random() * n < 1

test(`${SUBMITS} double submits with random delays and lost answers make one record each`, async () => {
  upstream.tell('POST', PATH, async (call, request) => {
    await upTo(5)
    if (oneIn(8)) return lost()
    const answer = await upstream.perform(call, request)
    await upTo(5)
    return oneIn(8) ? lost() : answer
  })

  const submit = async () => {
    const [key, input] = [crypto.randomUUID(), draft()]
    const press = async (tab: Visitor) => {
      await upTo(10)
      return tab.create(input, key)
    }
    let answers = await Promise.all(tabs.map(press))
    // a person without a webhook so far presses again
    for (let tries = 0; answers.some(({ status }) => status !== 200); tries += 1) {
      if (tries > 50) throw new Error(`It never ended: ${answers.map(({ text }) => text).join()}`)
      answers = await Promise.all(tabs.map(press))
    }
    return { name: input.Name, ids: answers.map(({ body }) => body.webhook.Id) }
  }

  for (let done = 0; done < SUBMITS; done += 20) {
    for (const { name, ids } of await Promise.all(Array.from({ length: 20 }, submit))) {
      const records = [...upstream.records.values()].map((text) => JSON.parse(text))
      expect(records.filter(({ Name }) => Name === name).map(({ Id }) => Id)).toEqual([ids[0]])
      expect(new Set(ids).size).toBe(1)
      expect(await desk.history(ids[0])).toHaveLength(1)
    }
    upstream.records.clear()
  }
}, 240_000)

test('when two tabs save at the same moment, one is saved and the other sees both versions', async () => {
  upstream.forget()
  upstream.tell('PUT', PATH, async (call, request) => {
    await upTo(8)
    return upstream.perform(call, request)
  })
  const collide = async () => {
    const before = (await tabs[0]?.create(draft()))?.body.webhook
    const seen = { Name: before.Name, URL: before.URL, Description: 'For the door', Active: true }
    const answers = await Promise.all([
      tabs[0]?.change(before.Id, { seen, change: { Name: `${before.Name} one` } }),
      tabs[1]?.change(before.Id, { seen, change: { Description: 'Two' } }),
    ])
    const [won, lost] = answers.toSorted((a, b) => (a?.status ?? 0) - (b?.status ?? 0))
    expect([won?.status, lost?.status, lost?.body.code]).toEqual([200, 409, 'edit_conflict'])
    const record = JSON.parse(upstream.records.get(before.Id) ?? '')
    expect(record).toMatchObject({
      Name: won?.body.webhook.Name,
      Description: won?.body.webhook.Description,
    })
    expect(await desk.history(before.Id)).toHaveLength(2)
  }
  for (let done = 0; done < 20; done += 10) {
    await Promise.all(Array.from({ length: 10 }, collide))
    upstream.records.clear()
  }
}, 240_000)

test(`${TWO_TABS} times two tabs save in turn without overwriting each other silently`, async () => {
  upstream.forget()
  const interleave = async () => {
    const before = (await tabs[0]?.create(draft()))?.body.webhook
    const seen = { Name: before.Name, URL: before.URL, Active: true }
    const [first, second] = oneIn(2) ? tabs : tabs.toReversed()
    const [one, two] = [
      await first?.change(before.Id, { seen, change: { Name: `${before.Name} one` } }),
      await second?.change(before.Id, { seen, change: { Name: `${before.Name} two` } }),
    ]
    expect([one?.status, two?.status, two?.body.code]).toEqual([200, 409, 'edit_conflict'])
    expect(two?.body.current.Name).toBe(`${before.Name} one`)
  }
  for (let done = 0; done < TWO_TABS; done += 20) {
    await Promise.all(Array.from({ length: 20 }, interleave))
    upstream.records.clear()
  }
}, 240_000)

test('a change under the key of an earlier one is answered with the current record', async () => {
  upstream.forget()
  const [tab] = tabs
  const before = (await tab?.create(draft()))?.body.webhook
  const [key, seen] = [crypto.randomUUID(), { Description: 'For the door' }]
  await tab?.change(before.Id, { seen, change: { Description: 'first' } }, key)
  const second = await tab?.change(before.Id, { seen, change: { Description: 'second' } }, key)
  expect([second?.status, second?.body.code]).toEqual([422, 'key_reused'])
  expect(second?.body.current.Description).toBe('first')
})

test('a change that could not be read back is in the history after a retry', async () => {
  upstream.forget()
  const [tab] = tabs
  const before = (await tab?.create(draft()))?.body.webhook
  const [key, seen] = [crypto.randomUUID(), { Name: before.Name }]
  const change = { Name: 'Renamed' }
  let reads = 0
  upstream.tell('GET', `${PATH}/${before.Id}`, (call, request) => {
    reads += 1
    // the first read precedes the write, and the next six are the attempts after it
    return reads > 1 && reads < 8 ? lost() : upstream.perform(call, request)
  })
  const first = await tab?.change(before.Id, { seen, change }, key)
  expect(first?.body.outcome).toBe('unknown')
  const again = await tab?.change(before.Id, { seen, change }, key)
  expect([again?.status, again?.body.webhook.Name]).toEqual([200, 'Renamed'])
  const [, entry] = await desk.history(before.Id)
  expect(entry).toMatchObject({
    kind: 'change',
    before: { Name: before.Name },
    after: { Name: 'Renamed' },
  })
})

test.each(['nul\0x', 'half \ud800'])('%j is refused before anything is sent', async (Name) => {
  upstream.records.clear()
  const answer = await tabs[0]?.create(draft({ Name }))
  expect([answer?.status, answer?.body.Errors[0].PropertyName]).toEqual([400, 'Name'])
  expect(upstream.records.size).toBe(0)
})
