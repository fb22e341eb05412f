import { expect, test } from 'vitest'

import { RUN_ITEM_STATES, RUN_STATES, type Run } from './run.ts'
import { RUN_STEPS, runCan } from './run-steps.ts'

const NO_COUNTS = Object.fromEntries(RUN_ITEM_STATES.map((state) => [state, 0]))

const runIn = (
  change: Partial<Omit<Run, 'counts'>> & { counts?: Partial<Run['counts']> },
): Run => ({
  id: 1,
  title: { act: 'pause', count: 3 },
  by: 'a@example.com',
  state: 'running',
  wait: null,
  current: null,
  createdAt: '2026-06-01T12:00:00Z',
  startedAt: '2026-06-01T12:01:00Z',
  finishedAt: null,
  undoes: null,
  undoneBy: null,
  undoable: 0,
  perMinute: 40,
  ...change,
  // holds a count for every state
  counts: { ...NO_COUNTS, ...change.counts } as Run['counts'],
})

/** Names of the acts that this run allows. */
const actsOf = (run: Run) =>
  Object.entries(runCan).flatMap(([name, isPossible]) => (isPossible(run) ? [name] : []))

test.each<[string, Parameters<typeof runIn>[0], string[]]>([
  ['being checked', { state: 'checking', startedAt: null }, ['discard']],
  ['proposed', { state: 'proposed', startedAt: null, counts: { ready: 3 } }, ['discard', 'start']],
  ['running', { counts: { ready: 3 } }, ['pause', 'stop']],
  [
    'running without a session',
    { counts: { ready: 3 }, wait: { for: 'session', until: null } },
    ['stop', 'continue'],
  ],
  ['paused', { state: 'paused', counts: { ready: 3 } }, ['stop', 'continue']],
  ['stopped halfway', { state: 'stopped', counts: { ready: 2, failed: 1 } }, ['continue']],
  ['stopped at its end', { state: 'stopped', counts: { failed: 1 } }, ['retry']],
  ['discarded', { state: 'stopped', startedAt: null, counts: { ready: 3 } }, []],
  ['finished', { state: 'finished', counts: { done: 3 }, undoable: 3 }, ['undo']],
  ['finished with failures', { state: 'finished', counts: { failed: 1 } }, ['retry']],
])('the acts allowed for a run that is %s', (_what, change, expected) => {
  expect(actsOf(runIn(change))).toEqual(expected)
})

test('every state but the first is reached by a step', () => {
  const reached = new Set<string>(Object.values(RUN_STEPS).map(({ to }) => to))
  expect(RUN_STATES.filter((state) => !reached.has(state))).toEqual(['checking'])
})
