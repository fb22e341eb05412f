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

it('days are whole ones of the reader, the last one included', () => {
  const { filter } = readHistorySearch({ from: '2026-11-01', until: '2026-11-30', kind: 'run' })
  expect(filter).toEqual({
    kind: 'run',
    from: new Date(2026, 10, 1).toISOString(),
    until: new Date(2026, 11, 1).toISOString(),
  })
  const odd = { from: '2026-02-30', until: '1 May', kind: 'outside' }
  expect(readHistorySearch(odd)).toEqual({
    filter: {},
    dropped: ['kind=outside', 'from=2026-02-30', 'until=1 May'],
  })
})

it('unknown parts of the address are reported, and empty ones are left out', () => {
  expect(readHistorySearch({ by: '', webhook: ' ', location: '12x', run: '12345678901' })).toEqual({
    filter: {},
    dropped: ['location=12x', 'run=12345678901'],
  })
})
