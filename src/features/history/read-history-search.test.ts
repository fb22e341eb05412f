import { expect, it } from 'vitest'

import { readHistorySearch } from './read-history-search.ts'

it('reads what the history is narrowed to', () => {
  expect(
    readHistorySearch({ by: ' ana@x.test ', webhook: '50%', location: '1400000002', run: '7' }),
  ).toEqual({
    filter: { by: 'ana@x.test', webhook: '50%', location: 1_400_000_002, run: 7 },
    dropped: [],
  })
})

it('says what in the address means nothing, and leaves out what is empty', () => {
  expect(readHistorySearch({ by: '', webhook: ' ', location: '12x', run: '12345678901' })).toEqual({
    filter: {},
    dropped: ['location=12x', 'run=12345678901'],
  })
})
