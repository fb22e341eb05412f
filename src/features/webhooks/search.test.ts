import { expect, test } from 'vitest'

import { listSearchSchema, readListSearch, toggled } from './search.ts'

const read = (search: Record<string, unknown>) => readListSearch(listSearchSchema.parse(search))

test('an empty address shows everything, webhooks that need attention first', () => {
  expect(read({})).toEqual({
    query: {
      health: [],
      locations: [],
      actions: [],
      sort: 'attention',
      isDescending: false,
      page: 1,
    },
    dropped: [],
  })
})

test('numbers are read as the router gives them, one or several', () => {
  const { query } = read({ page: 2, locations: 1400000001, actions: '6,21' })
  expect(query).toMatchObject({ page: 2, locations: [1400000001], actions: [6, 21] })
})

test('unknown values are dropped, and reported as written', () => {
  const { query, dropped } = read({
    health: 'failing,brokn',
    locations: 'x',
    sort: 'size',
    page: 0,
  })
  expect(query).toMatchObject({ health: ['failing'], locations: [], sort: 'attention', page: 1 })
  expect(dropped).toEqual(['health=brokn', 'locations=x', 'sort=size', 'page=0'])
})

test('a value is added to its filter and removed again, and an empty filter is omitted', () => {
  const one = toggled({}, 'health', 'failing')
  expect(one).toEqual({ health: 'failing' })
  expect(toggled(one, 'health', 'off')).toEqual({ health: 'failing,off' })
  expect(toggled(one, 'health', 'failing')).toEqual({ health: undefined })
  expect(toggled({ locations: '7,x' }, 'locations', 9)).toEqual({ locations: '7,9' })
})
