import { setTimeout as sleep } from 'node:timers/promises'

import { afterAll, beforeAll, expect, test } from 'vitest'

import { openDeskOver } from '#server/test-desk.ts'
import { createTestUpstream, lost } from '#server/test-upstream.ts'
import type { Visitor } from '#server/test-visitor.ts'

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
    // whoever got no webhook yet presses again, as a person would
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
}, 60_000)

test(`${TWO_TABS} times two tabs, one after the other: nothing is overwritten silently`, async () => {
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
}, 60_000)
