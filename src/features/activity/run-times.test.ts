import { expect, it } from 'vitest'

import { durationOf, isOldDraft } from './run-times.ts'

const at = (text: string) => Date.parse(`2026-11-${text}Z`)

it('a draft is old after three days, and a run that was started never', () => {
  const createdAt = '2026-11-20T10:00:00Z'
  expect(isOldDraft({ state: 'proposed', createdAt }, at('23T10:00:00'))).toBe(false)
  expect(isOldDraft({ state: 'proposed', createdAt }, at('23T10:00:01'))).toBe(true)
  expect(isOldDraft({ state: 'paused', createdAt }, at('29T10:00:00'))).toBe(false)
})

it.each([
  ['2026-11-20T10:00:00.200Z', '1 s'],
  ['2026-11-20T10:00:42Z', '42 s'],
  ['2026-11-20T10:04:10Z', '4 min'],
  ['2026-11-20T12:07:00Z', '2 h 7 min'],
  [null, null],
])('a run that ended at %s took %s', (finishedAt, took) => {
  expect(durationOf({ startedAt: '2026-11-20T10:00:00Z', finishedAt })).toBe(took)
})
