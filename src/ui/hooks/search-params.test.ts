import { expect, it } from 'vitest'

import {
  oneOf,
  parseSearch,
  searchReader,
  wholeNumber,
  writeList,
  writeSearch,
} from './search-params.ts'

it('parameters are written readably, and absent ones are omitted', () => {
  expect(writeSearch({ health: 'failing', q: undefined, url: 'https://x.test/?a=b c' })).toBe(
    '?health=failing&url=https%3A%2F%2Fx.test%2F%3Fa%3Db+c',
  )
  expect(writeSearch({ q: undefined })).toBe('')
})

it('every value is read as the text that was written', () => {
  const search = { locations: '1400000002', q: 'ü & co' }
  expect(parseSearch(writeSearch(search))).toEqual(search)
})

it('an empty list is omitted', () => {
  expect(writeList([7, 'x'])).toBe('7,x')
  expect(writeList([])).toBeUndefined()
})

it('known values are read, and others are reported as written', () => {
  const { one, list, dropped } = searchReader({ sort: 'size', page: '2', ids: '7,x,,0' })
  expect(one('sort', oneOf(['name']))).toBeUndefined()
  expect(one('page', wholeNumber())).toBe(2)
  expect(list('ids', wholeNumber())).toEqual([7])
  expect(dropped).toEqual(['sort=size', 'ids=x', 'ids=0'])
})

it.each(['0', '-1', '1.5', '1e3', ' 7', '', '9007199254740993'])(
  '%j is not a whole number',
  (word) => {
    expect(wholeNumber()(word)).toBeUndefined()
  },
)

it('a number is checked against a condition', () => {
  expect(wholeNumber((id) => id < 8)('7')).toBe(7)
  expect(wholeNumber((id) => id < 8)('8')).toBeUndefined()
})
