import type { Run, RunState } from './run.ts'

/** From which states a run moves on, and to which. */
export type RunStep = { from: readonly RunState[]; to: RunState }

/** Every way in which a run moves on: by its maker, and the first and last by itself. */
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

/** In these states somebody has something to do for it. */
export const RUN_STATES_UNDER_WAY = ['checking', 'running'] as const satisfies RunState[]

type InState = { state: RunState }

export const isAtStartOf = ({ from }: RunStep, { state }: InState) => from.includes(state)

export const isRunUnderWay = ({ state }: InState) => state === 'checking' || state === 'running'

export const isRunOver = ({ state }: InState) => state === 'finished' || state === 'stopped'

/** Discarded before it was begun: it has to be looked at anew. */
export const isDiscarded = ({ state, startedAt }: InState & { startedAt: unknown }) =>
  state === 'stopped' && startedAt === null

const waitsForSession = ({ wait }: Run) => wait?.for === 'session'

/** Stopped with something left to do: nobody has said that it is to be done. */
const isCutShort = ({ state, counts }: Run) => state === 'stopped' && counts.ready > 0

/** What its maker can do with a run now. */
export const runCan = {
  discard: (run: Run) => isAtStartOf(RUN_STEPS.discard, run),
  start: (run: Run) => isAtStartOf(RUN_STEPS.start, run),
  pause: (run: Run) => isAtStartOf(RUN_STEPS.pause, run) && !waitsForSession(run),
  stop: (run: Run) => isAtStartOf(RUN_STEPS.stop, run),
  /** Also with another session, when the one it works with has ended. */
  continue: (run: Run) =>
    run.state === 'paused' || waitsForSession(run) || (isCutShort(run) && !isDiscarded(run)),
  retry: (run: Run) => isRunOver(run) && run.counts.failed > 0 && !isCutShort(run),
  undo: (run: Run) => isRunOver(run) && run.undoable > 0,
}
