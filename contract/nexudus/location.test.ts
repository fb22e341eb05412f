import { expect, test } from 'vitest'

import { limitOf } from './location.ts'

const root = { Id: 1, RootLocationId: null }
const one = { Id: 2, RootLocationId: 1 }
const two = { Id: 3, RootLocationId: 1 }

test.each([
  ['names none', null, [root, one, two], null],
  ['names none, as an empty list', [], [root, one, two], null],
  ['names every one', [3, 2, 1], [root, one, two], null],
  ['names every one, and one that is gone', [1, 2, 3, 9], [root, one, two], null],
  ['names some of those it is shown', [1, 2], [root, one, two], [1, 2]],
  ['is shown only those it names, without their root', [2, 3], [one, two], [2, 3]],
  ['names some, and the list could not be read', [1, 2, 3], undefined, [1, 2, 3]],
  ['names some, and is shown none', [1, 2, 3], [], [1, 2, 3]],
])('the limit of an account that %s', (_what, named, all, limit) => {
  expect(limitOf(named, all)).toEqual(limit)
})
