import type { Run, RunState } from './run.ts'

/** States from which a run may take this step, and the state it leads to. */
export type RunStep = { from: readonly RunState[]; to: RunState }

/** All steps of a run: its maker takes them; the first and the last also happen by themselves. */
export const RUN_STEPS = {
  propose: { from: ['checking'], to: 'proposed' },
  discard: { from: ['checking', 'proposed'], to: 'stopped' },
  start: { from: ['proposed'], to: 'running' },
  pause: { from: ['running'], to: 'paused' },
  stop: { from: ['running', 'paused'], to: 'stopped' },
  continue: { from: ['paused', 'stopped'], to: 'running' },
  retry: { from: ['finished', 'stopped'], to: 'running' },
  finish: { from: ['running'], to: 'finished' },
} as const satisfies Record<string, RunStep>

/** In these states the dry run or the worker has work to do. */
export const RUN_STATES_UNDER_WAY = ['checking', 'running'] as const satisfies RunState[]

type InState = { state: RunState }

export const isAtStartOf = ({ from }: RunStep, { state }: InState) => from.includes(state)

export const isRunUnderWay = ({ state }: InState) => state === 'checking' || state === 'running'

export const isRunOver = ({ state }: InState) => state === 'finished' || state === 'stopped'

/** Discarded before it started, so it needs a new dry run. */
export const isDiscarded = ({ state, startedAt }: InState & { startedAt: unknown }) =>
  state === 'stopped' && startedAt === null

const waitsForSession = ({ wait }: Run) => wait?.for === 'session'

/** Stopped with ready items left, which nobody has decided to carry out. */
const isCutShort = ({ state, counts }: Run) => state === 'stopped' && counts.ready > 0

/** Acts that the run's maker may take now. */
export const runCan = {
  discard: (run: Run) => isAtStartOf(RUN_STEPS.discard, run),
  start: (run: Run) => isAtStartOf(RUN_STEPS.start, run),
  pause: (run: Run) => isAtStartOf(RUN_STEPS.pause, run) && !waitsForSession(run),
  stop: (run: Run) => isAtStartOf(RUN_STEPS.stop, run),
  /** Also allows another session, after the one the run works with has ended. */
  continue: (run: Run) =>
    run.state === 'paused' || waitsForSession(run) || (isCutShort(run) && !isDiscarded(run)),
  retry: (run: Run) => isRunOver(run) && run.counts.failed > 0 && !isCutShort(run),
  undo: (run: Run) => isRunOver(run) && run.undoable > 0,
}
