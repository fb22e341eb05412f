import { expect, test } from 'vitest'

import { partText, percent } from './share.ts'
import { partsOf } from './state-parts.ts'

test.each([
  [0, 7, '0'],
  [1, 1200, 'below 0.1'],
  [20, 1245, '1.6'],
  [1, 50, '2'],
  [7, 28, '25'],
  [1199, 1200, 'above 99'],
  [3, 3, '100'],
  [0, 0, '0'],
])('%i of %i is never rounded to nothing or to all', (part, whole, text) => {
  expect(percent(part, whole)).toBe(`${text}\u00A0%`)
})

test('numbers are written as the reader writes them', () => {
  expect(partText({ webhooks: 1245, troubled: 20 })).toBe('20 of 1,245')
})

test('a bar has a part for each state, worst first, and one of a thousand is seen', () => {
  const parts = partsOf({ working: 1199, stopped: 1 })
  expect(parts.map(({ state, count }) => [state, count])).toEqual([
    ['stopped', 1],
    ['working', 1199],
  ])
  const [stopped, working] = parts
  expect(stopped?.from).toBe(0)
  expect(stopped?.width).toBeGreaterThan(0.009)
  expect(working?.from).toBe(stopped?.width)
  expect((working?.from ?? 0) + (working?.width ?? 0)).toBeCloseTo(1)
  expect(partsOf({})).toEqual([])
})
