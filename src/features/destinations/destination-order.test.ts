import { expect, test } from 'vitest'

import { ACTION } from '#contract/actions/action-numbers.ts'
import { webhookRowSchema } from '#contract/nexudus/webhook.ts'
import { createFleetReader } from '#fleet/fleet.ts'

import { inOrder, urgencyOf, type DestinationOrder } from './destination-order.ts'
import { destinationsOf } from './destinations.ts'
import { readDestinationOrder } from './search.ts'

type Fields = { Active?: boolean; ErrorCount?: number; LastTrigger?: string | null }

const STOPPED = { Active: false, ErrorCount: 10 }
const FAILING = { ErrorCount: 3 }

/** A host, the number of its webhooks, and what they have in common. */
type Group = [host: string, count: number, fields?: Fields]

function destinations(...groups: Group[]) {
  const records = groups.flatMap(([host, count, fields = {}]) =>
    Array.from({ length: count }, () => ({ URL: host && `https://${host}/in`, ...fields })),
  )
  const { rows } = createFleetReader({ hidesPaths: false })(
    records.map((fields, at) =>
      webhookRowSchema.parse({
        Id: at + 1,
        BusinessId: (at % 3) + 1,
        Name: 'A',
        Action: ACTION.BookingCreate,
        Active: true,
        ErrorCount: 0,
        LastTrigger: '2026-05-05T10:00:00Z',
        ...fields,
      }),
    ),
    [],
  )
  return destinationsOf(rows)
}

const hostsIn = (order: DestinationOrder, ...groups: Group[]) =>
  inOrder(destinations(...groups), order).map(({ host }) => host)

test('a small host that is wholly down comes before a large one with a few stopped webhooks', () => {
  expect(
    hostsIn(
      'urgent',
      ['large.test', 1],
      ['large.test', 19, STOPPED],
      ['large.test', 1180],
      ['small.test', 3, STOPPED],
      ['nearly-fine.test', 1, STOPPED],
      ['nearly-fine.test', 1199],
      ['fine.test', 2000],
    ),
  ).toEqual(['small.test', 'large.test', 'nearly-fine.test', 'fine.test'])
})

test('of two hosts with the same share, the one with more in trouble comes first', () => {
  expect(hostsIn('urgent', ['one.test', 1, STOPPED], ['many.test', 40, STOPPED])).toEqual([
    'many.test',
    'one.test',
  ])
})

test('stopped webhooks count twice; then the worse state decides', () => {
  const [stopped, failing] = destinations(
    ['stopped.test', 1, STOPPED],
    ['failing.test', 2, FAILING],
  )
  expect([stopped, failing].map((one) => one && urgencyOf(one))).toEqual([2, 2])
  expect(hostsIn('urgent', ['failing.test', 2, FAILING], ['stopped.test', 1, STOPPED])).toEqual([
    'stopped.test',
    'failing.test',
  ])
})

test('hosts without trouble follow by state, by the number of webhooks, and by name', () => {
  expect(
    hostsIn(
      'urgent',
      ['b.test', 1],
      ['a.test', 1],
      ['c.test', 2],
      ['off.test', 1, { Active: false }],
    ),
  ).toEqual(['off.test', 'c.test', 'a.test', 'b.test'])
})

test('other orders: by the number of webhooks, by name, and by the newest firing', () => {
  const groups: Group[] = [
    ['b.test', 1, { LastTrigger: '2026-05-01T10:00:00Z' }],
    ['b.test', 1, { LastTrigger: '2026-05-03T10:00:00Z' }],
    ['never.test', 1, { LastTrigger: null }],
    ['a.test', 3, { LastTrigger: '2026-05-02T10:00:00Z' }],
  ]
  expect(hostsIn('webhooks', ...groups)).toEqual(['a.test', 'b.test', 'never.test'])
  expect(hostsIn('name', ...groups)).toEqual(['a.test', 'b.test', 'never.test'])
  expect(hostsIn('fired', ...groups)).toEqual(['b.test', 'a.test', 'never.test'])
  expect(destinations(...groups).map(({ firedAt }) => firedAt)).toEqual([
    Date.parse('2026-05-03T10:00:00Z'),
    null,
    Date.parse('2026-05-02T10:00:00Z'),
  ])
})

test('a destination counts its webhooks, those in trouble and its locations', () => {
  const [found] = destinations(['a.test', 2, STOPPED], ['a.test', 2])
  expect(found).toMatchObject({
    webhooks: 4,
    troubled: 2,
    locations: 3,
    isAddress: true,
    counts: { stopped: 2, working: 2 },
  })
  expect(destinations(['', 1])[0]?.isAddress).toBe(false)
})

test('the order is read from the address, and an unknown one is reported', () => {
  expect(readDestinationOrder({ sort: 'fired' })).toEqual({ order: 'fired', dropped: [] })
  expect(readDestinationOrder({ sort: 'size' })).toEqual({
    order: 'urgent',
    dropped: ['sort=size'],
  })
  expect(readDestinationOrder({}).order).toBe('urgent')
})
