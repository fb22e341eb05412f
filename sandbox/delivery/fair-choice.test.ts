import { expect, test } from 'vitest'

import { AT_ONCE, chooseFairly, type Due } from './fair-choice.ts'

const dueOf = (webhookId: number, count: number, change: Partial<Due> = {}): Due[] =>
  Array.from({ length: count }, (_, at) => ({
    id: webhookId * 1000 + at,
    webhookId,
    isOnTrial: false,
    isFailing: false,
    running: 0,
    ...change,
  }))
const webhooksIn = (ids: number[]) => ids.map((id) => Math.floor(id / 1000))
const choose = (due: Due[], busy: [number, number][] = [], free = AT_ONCE) => {
  const running = new Map(busy)
  const known = due.map((one) => ({ ...one, running: running.get(one.webhookId) ?? 0 }))
  return webhooksIn(chooseFairly(known, free))
}

test('each webhook gets a first delivery before any gets a second', () => {
  const order = choose([...dueOf(1, 50), ...dueOf(2, 2), ...dueOf(3, 1)])
  expect(order).toEqual([1, 2, 3, 1, 2, 1, 1])
})

test('a webhook has at most four deliveries under way, or one while on trial', () => {
  expect(choose(dueOf(1, 50))).toHaveLength(4)
  expect(choose(dueOf(1, 50), [[1, 3]])).toHaveLength(1)
  expect(choose(dueOf(1, 50), [[1, 4]])).toEqual([])
  expect(choose(dueOf(1, 50, { isOnTrial: true }))).toHaveLength(1)
  expect(choose(dueOf(1, 50, { isOnTrial: true }), [[1, 1]])).toEqual([])
})

test('no more deliveries are chosen than there are slots', () => {
  const many = Array.from({ length: 100 }, (_, at) => dueOf(at + 1, 4)).flat()
  expect(choose(many)).toHaveLength(AT_ONCE)
  expect(choose(many, [], 3)).toHaveLength(3)
  expect(choose(many, [], 0)).toEqual([])
})

test('however many receivers hang, one slot is left for a receiver that answers', () => {
  const hanging = Array.from({ length: 40 }, (_, at) => dueOf(at + 1, 100)).flat()
  // as the slots fill up, turn after turn
  const first = choose(hanging)
  const busy = new Map<number, number>()
  for (const id of first) busy.set(id, (busy.get(id) ?? 0) + 1)
  expect(first.length).toBeLessThan(AT_ONCE)
  const failing = hanging.map((one) => ({ ...one, isFailing: true }))
  const free = AT_ONCE - first.length
  expect(choose([...failing, ...dueOf(99, 3)], [...busy], free)).toEqual([99])
})
