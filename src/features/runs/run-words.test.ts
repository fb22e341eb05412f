import { expect, test } from 'vitest'

import { RUN_ITEM_STATES, runSchema, type Run, type RunItemState } from '#contract/desk/run.ts'

import { switchOnRun, switchRun } from './propose.ts'
import {
  actOf,
  progressOf,
  standOf,
  switchedOffDuplicates,
  timeLeft,
  waitText,
} from './run-words.ts'

const none = Object.fromEntries(RUN_ITEM_STATES.map((state) => [state, 0]))

function run(
  counts: Partial<Record<RunItemState, number>>,
  more: Partial<Omit<Run, 'counts'>> = {},
): Run {
  return runSchema.parse({
    id: 1,
    title: { act: 'pause', count: 9 },
    by: 'ana@example.com',
    state: 'running',
    wait: null,
    current: null,
    createdAt: '2026-03-02T09:00:00Z',
    startedAt: '2026-03-02T09:00:00Z',
    finishedAt: null,
    undoes: null,
    undoneBy: null,
    undoable: 0,
    perMinute: 40,
    ...more,
    counts: { ...none, ...counts },
  })
}

const item = (kind: 'create' | 'change' | 'delete', ...diff: [string, string][]) => ({
  kind,
  diff: diff.map(([field, to]) => ({ field, from: null, to })),
})

test.each([
  [[item('create'), item('create')], 'Create 2 webhooks'],
  [[item('delete')], 'Delete 1 webhook'],
  [[item('change', ['Active', 'false'])], 'Pause 1 webhook'],
  [[item('change', ['Active', 'true'])], 'Resume 1 webhook'],
  [[item('change', ['Active', 'false'], ['Name', 'New'])], 'Change 1 webhook'],
  [[item('create'), item('delete')], 'Change 2 webhooks'],
  [[], 'Change 0 webhooks'],
])('the button says what it does (%#)', (items, words) => {
  expect(actOf(items)).toBe(words)
})

test('items that a run does not touch are not part of its progress', () => {
  const counts = { done: 18, ready: 12, failed: 1, same: 2, barred: 1, 'left-out': 3 } as const
  expect(progressOf(run(counts))).toEqual({ all: 37, toDo: 31, done: 18, failed: 1 })
  expect(progressOf(run({ unchecked: 3, ready: 7 }, { state: 'checking' }))).toMatchObject({
    all: 10,
    done: 7,
    failed: 0,
  })
})

test("the time left is that of the remaining items, at the run's pace", () => {
  expect(timeLeft(run({ ready: 100, done: 5 }))).toBe('About 3 minutes left')
  expect(timeLeft(run({ ready: 20, done: 5 }))).toBe('About a minute left')
  expect(timeLeft(run({ ready: 0, done: 5 }))).toBeNull()
  expect(timeLeft(run({ ready: 20 }, { state: 'paused' }))).toBeNull()
})

test('the progress is never rounded up', () => {
  expect(standOf(run({ done: 28, failed: 3 }, { state: 'finished' }))).toBe(
    '28 of 31 done, 3 failed',
  )
  const counts = { done: 8, same: 1, missing: 1, 'left-out': 2 } as const
  expect(standOf(run(counts, { state: 'finished' }))).toBe(
    '8 of 10 done, 1 not found, 1 with no change needed',
  )
  expect(standOf(run({ ready: 3 }, { state: 'stopped', startedAt: null }))).toBe('Discarded')
})

test('a wait is explained with its reason and its end', () => {
  const until = '2026-03-02T09:00:08Z'
  const now = Date.parse('2026-03-02T09:00:00.500Z')
  expect(waitText(run({}, { wait: { for: 'nexudus', until } }), now)).toContain('in 8 s')
  expect(waitText(run({}, { wait: { for: 'session', until: null } }), now)).toContain('Sign in')
  expect(waitText(run({}), now)).toBeNull()
})

test('a duplicate that is off is switched on once, if it is still off', () => {
  const duplicate = { isDuplicateOff: true, webhookId: 7 }
  const ids = switchedOffDuplicates([
    duplicate,
    duplicate,
    { webhookId: 8 },
    { isDuplicateOff: true, webhookId: null },
  ])
  expect(ids).toEqual([7])
  expect(switchOnRun(ids)).toEqual({
    title: { act: 'switch-on', count: 1 },
    changes: [{ kind: 'change', webhookId: 7, seen: { Active: false }, change: { Active: true } }],
  })
})

test('a pause includes webhooks that are paused already', () => {
  expect(switchRun([1, 2], false)).toEqual({
    title: { act: 'pause', count: 2 },
    changes: [1, 2].map((webhookId) => ({ kind: 'change', webhookId, change: { Active: false } })),
  })
  expect(switchRun([1], true).title).toEqual({ act: 'resume', count: 1 })
})
