import { expect, it } from 'vitest'

import { readHistorySearch } from './read-history-search.ts'

it('the filters are read from the address', () => {
  expect(
    readHistorySearch({ by: ' ana@x.test ', webhook: '50%', location: '1400000002', run: '7' }),
  ).toEqual({
    filter: { by: 'ana@x.test', webhook: '50%', location: 1_400_000_002, run: 7 },
    dropped: [],
  })
})

it('unknown parts of the address are reported, and empty ones are left out', () => {
  expect(readHistorySearch({ by: '', webhook: ' ', location: '12x', run: '12345678901' })).toEqual({
    filter: {},
    dropped: ['location=12x', 'run=12345678901'],
  })
})
