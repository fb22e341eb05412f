import { expect, test } from 'vitest'

import { RUN_ITEM_STATES, runItemSchema, runSchema } from './run.ts'

const ITEM = {
  id: 1,
  kind: 'delete',
  webhookId: 7,
  name: 'Door codes',
  businessId: 1,
  action: 6,
  state: 'barred',
  reason: { is: 'location-missing' },
  isUnsure: false,
  diff: [],
}

const RUN = {
  id: 1,
  title: { act: 'pause', count: 2 },
  by: 'ana@example.com',
  state: 'finished',
  wait: null,
  counts: {},
  current: null,
  createdAt: '2026-06-01T12:00:00Z',
  startedAt: null,
  finishedAt: null,
  undoes: null,
  undoneBy: null,
  undoable: 0,
  perMinute: 40,
}

test('an item with a reason of a newer desk is shown without it', () => {
  expect(runItemSchema.parse(ITEM).reason).toEqual({ is: 'location-missing' })
  const newer = { ...ITEM, reason: { is: 'something-new' } }
  expect(runItemSchema.parse(newer)).toMatchObject({ name: 'Door codes', reason: null })
})

test('a run with a title of a newer desk is shown without it', () => {
  const counts = Object.fromEntries(RUN_ITEM_STATES.map((state) => [state, 0]))
  const run = { ...RUN, counts }
  expect(runSchema.parse(run).title).toEqual({ act: 'pause', count: 2 })
  const newer = { ...run, title: { act: 'something-new' } }
  expect(runSchema.parse(newer)).toMatchObject({ id: 1, title: { act: 'other', text: '' } })
})
