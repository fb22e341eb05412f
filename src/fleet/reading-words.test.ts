import { expect, it } from 'vitest'

import { readingText } from './reading-words.ts'

it('says how much has arrived, and after ten seconds how long the rest takes', () => {
  const soFar = { read: 4000, total: 10_000, since: 0, at: 10_000 }
  expect(readingText(soFar, 3_000)).toBe('4,000 of 10,000 webhooks read …')
  expect(readingText(soFar, 12_000)).toBe('4,000 of 10,000 webhooks read … About 13 s left.')
  expect(readingText(soFar, 40_000)).toBe('4,000 of 10,000 webhooks read … About 1 s left.')
  expect(readingText({ ...soFar, total: null }, 12_000)).toBe('4,000 webhooks read so far …')
})
