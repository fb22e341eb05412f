import { setTimeout as sleep } from 'node:timers/promises'

import type { RunWait } from '#contract/desk/run.ts'
import type { Budget } from '#server/nexudus/budget.ts'

import type { RunRow } from './run-rows.ts'
import type { RunStore } from './run-store.ts'

/** Interval at which a wait checks if the person has paused or stopped the run. */
const LOOK_MS = 1_000

type RunWaitsOptions = {
  store: Pick<RunStore, 'find' | 'say'>
  budget: Pick<Budget, 'roomIn'>
  now: () => Date
  /** Fires when this process is about to end. */
  leaving: AbortSignal
}

/**
 * The waits of a run: for Nexudus, for the minute's budget, for a turn. They end when the run does.
 */
export function createRunWaits({ store, budget, now, leaving }: RunWaitsOptions) {
  async function isStill(run: RunRow, claim: string): Promise<boolean> {
    if (leaving.aborted) return false
    const current = await store.find(run.id)
    return current?.state === run.state && current.claim === claim
  }

  const sleepAtMost = (ms: number) =>
    sleep(Math.max(1, Math.min(ms, LOOK_MS)), undefined, { signal: leaving }).catch(() => {})

  /** Sits out a wait and reports it; ends early if the run does not continue. */
  async function waitOut(run: RunRow, claim: string, wait: { for: RunWait['for']; ms: number }) {
    const until = new Date(now().getTime() + wait.ms).toISOString()
    await store.say(run, { wait: { for: wait.for, until } })
    const endsAt = performance.now() + wait.ms
    while (performance.now() < endsAt && (await isStill(run, claim))) {
      await sleepAtMost(endsAt - performance.now())
    }
    if (await isStill(run, claim)) await store.say(run, { wait: null })
  }

  return {
    sleepAtMost,
    waitOut,

    /** Waits until the account has room; false if the run's state has changed. */
    async hasRoom(
      run: RunRow,
      claim: string,
      more: { calls: number; writes: number },
    ): Promise<boolean> {
      for (;;) {
        const ms = await budget.roomIn(run.by, more)
        if (ms <= 0) return isStill(run, claim)
        await waitOut(run, claim, { for: 'budget', ms })
        if (!(await isStill(run, claim))) return false
      }
    },
  }
}
