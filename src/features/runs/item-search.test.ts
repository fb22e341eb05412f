import { expect, test } from 'vitest'

import type { RunItem } from '#contract/desk/run.ts'
import type { Location } from '#contract/nexudus/location.ts'

import { byLocation, createItemSearch } from './item-search.ts'

const item = (id: number, name: string, businessId: number | null, to = 'true'): RunItem => ({
  id,
  kind: 'change',
  webhookId: id,
  name,
  businessId,
  action: 6,
  state: 'ready',
  reason: null,
  isUnsure: false,
  diff: [{ field: 'URL', from: 'https://old.example.com/in', to }],
})

const named = (Id: number, Name: string): [number, Location] => [Id, { Id, Name }]
const locations = new Map([named(1, 'Zürich'), named(2, 'Århus'), named(3, 'Leeds')])

test('items are grouped by location, by name, in the order they had', () => {
  const items = [item(1, 'b', 1), item(2, 'a', 3), item(3, 'a', 1), item(4, 'x', null)]
  expect(
    byLocation(items, locations).map((place) => [place.name, place.items.map(({ id }) => id)]),
  ).toEqual([
    ['Leeds', [2]],
    ['No location', [4]],
    ['Zürich', [1, 3]],
  ])
})

test.each([
  { typed: 'zurich', found: [1] },
  { typed: 'arhus zurich', found: [] },
  { typed: 'arhus', found: [2] },
  { typed: 'hooks.new', found: [3] },
  { typed: 'old.example crm', found: [2] },
  { typed: '', found: [1, 2, 3] },
])('“$typed” finds $found', ({ typed, found }) => {
  const items = [
    item(1, 'Billing', 1),
    item(2, 'CRM', 2),
    item(3, 'Doors', 3, 'https://hooks.new.example.com'),
  ]
  expect(items.filter(createItemSearch(locations)(items, typed)).map(({ id }) => id)).toEqual(found)
})
