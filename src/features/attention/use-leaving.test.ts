import { expect, test } from 'vitest'

import { withLeaving } from './use-leaving.ts'

const ids = (...list: number[]) => list.map((id) => ({ id }))

test.each([
  ['none left', ids(1, 2), ids(1, 2), ids(1, 2)],
  ['the first left', ids(1, 2, 3), ids(2, 3), ids(1, 2, 3)],
  ['one between left', ids(1, 2, 3), ids(1, 3), ids(1, 2, 3)],
  ['two in a row left', ids(1, 2, 3, 4), ids(1, 4), ids(1, 2, 3, 4)],
  ['all left', ids(1, 2), [], ids(1, 2)],
  ['one left and one came', ids(1, 2), ids(3, 2), ids(1, 3, 2)],
  ['the others changed places', ids(1, 2, 3), ids(3, 1), ids(3, 1, 2)],
])('%s: what is gone stands where it stood', (_, drawn, items, expected) => {
  expect(withLeaving(drawn, items)).toEqual(expected)
})
