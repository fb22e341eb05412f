import type { Logger } from 'pino'

import type { TargetPolicy } from '#contract/address/address-findings.ts'
import { RUN_STEPS, isRunUnderWay } from '#contract/desk/run-steps.ts'
import { WORK_LEASE_MS, whileLeased } from '#platform/db/lease.ts'
import { isOver } from '#platform/db/spans.ts'
import { Failed } from '#platform/http/failure.ts'
import type { Queue } from '#platform/queue/queue.ts'
import type { Changes } from '#server/changes/changes.ts'
import type { SignedInAccount } from '#server/nexudus/account.ts'
import type { Budget } from '#server/nexudus/budget.ts'

import { checkItems } from './checking.ts'
import { CALLS_PER_ITEM, failedWith, LATER_MS, perform } from './perform.ts'
import type { ItemRow } from './item-rows.ts'
import type { RunRow } from './run-rows.ts'
import type { RunStore } from './run-store.ts'
import { createRunWaits } from './run-waits.ts'

/** The job only says that a run should be looked at; its rows say what there is to do. */
export const RUN_JOB = 'run'

/** Waits after failures that may pass. */
const AGAIN_AFTER_MS = [1_000, 4_000, 15_000]

export type RunWorkerOptions = {
  store: RunStore
  queue: Queue
  changes: Changes
  budget: Pick<Budget, 'roomIn'>
  targets: TargetPolicy
  /** The person of the session; `undefined` if it has ended. */
  accountOfSession: (session: string) => Promise<SignedInAccount | undefined>
  log: Logger
  now: () => Date
}

export type RunWorker = ReturnType<typeof createRunWorker>

/**
 * Works off runs, each in one process at a time and item by item, because calls to Nexudus are
 * strictly sequential. A claim in the run's row names the process; while the run is open, a job
 * returns to it, so that another process takes over from one that died.
 */
export function createRunWorker(options: RunWorkerOptions) {
  const { store, queue, log, now } = options
  const leaving = new AbortController()
  const { hasRoom, waitOut, sleepAtMost } = createRunWaits({ ...options, leaving: leaving.signal })
  const working = new Map<number, Promise<void>>()
  /** Runs that were roused while this process was about to stop working on them. */
  const rousedAgain = new Set<number>()

  /**
   * Looks again when the present claim expires, unless it is renewed: not a whole lease from now,
   * or the run of a dead process would wait for up to two.
   */
  const remind = (runId: number, claimedUntil?: Date | null) => {
    const at = claimedUntil && !isOver(claimedUntil, WORK_LEASE_MS, now()) ? claimedUntil : later()
    return queue.send(RUN_JOB, { runId }, { at, key: `run-${runId}` })
  }
  const later = () => new Date(now().getTime() + WORK_LEASE_MS)

  function wake(runId: number) {
    if (leaving.signal.aborted) return
    if (working.has(runId)) {
      rousedAgain.add(runId)
      return
    }
    const work = workOff(runId)
      .catch((error: unknown) => log.error({ err: error, runId }, 'a run was interrupted'))
      .finally(() => {
        working.delete(runId)
        if (rousedAgain.delete(runId)) wake(runId)
      })
    working.set(runId, work)
  }

  async function workOff(runId: number) {
    const claim = await store.claim(runId)
    if (claim === undefined) return
    const renew = () => store.renew(runId, claim)
    try {
      await whileLeased(renew, async () => {
        for (;;) {
          const run = await renew()
          if (!run || leaving.signal.aborted) return
          if (!(await doNext(run, claim))) return
        }
      })
    } finally {
      await store.release(runId, claim)
    }
  }

  /** One step of a run; false if there is nothing more to do for now. */
  async function doNext(run: RunRow, claim: string): Promise<boolean> {
    if (!isRunUnderWay(run)) return false
    const item = run.state === 'running' ? await store.next(run.id) : undefined
    if (run.state === 'running' && !item) {
      await store.step(run.id, RUN_STEPS.finish)
      return false
    }
    const maker = await options.accountOfSession(run.session)
    if (!maker || maker.email !== run.by) {
      await store.say(run, { wait: { for: 'session', until: null } })
      return false
    }
    return item ? doItem(run, claim, maker, item) : check(run, claim, maker)
  }

  async function check(run: RunRow, claim: string, maker: SignedInAccount): Promise<boolean> {
    try {
      const isWhole = await checkItems(await store.unchecked(run.id), {
        maker,
        targets: options.targets,
        note: (found) => store.note(found),
        mayCall: () => hasRoom(run, claim, { calls: 1, writes: 0 }),
      })
      if (isWhole) await store.step(run.id, RUN_STEPS.propose)
      return isWhole
    } catch (error) {
      if (!(error instanceof Failed)) throw error
      if (error.code === 'session_expired') return true
      await waitOut(run, claim, { for: 'nexudus', ms: error.details.retryAfterMs ?? 5_000 })
      return true
    }
  }

  async function doItem(run: RunRow, claim: string, maker: SignedInAccount, item: ItemRow) {
    const { notBefore } = item
    if (notBefore && !isOver(notBefore, LATER_MS, now())) {
      await store.say(run, { wait: { for: 'turn', until: notBefore.toISOString() } })
      await sleepAtMost(notBefore.getTime() - now().getTime())
    } else if (await hasRoom(run, claim, CALLS_PER_ITEM)) await settle(run, claim, maker, item)
    return true
  }

  async function settle(run: RunRow, claim: string, maker: SignedInAccount, item: ItemRow) {
    await store.say(run, { wait: null, current: nameOf(item) })
    const person = { email: maker.email, call: maker.call, runId: run.id }
    const outcome = await perform(item, { changes: options.changes, store, person })
    switch (outcome.kind) {
      case 'settled':
        return store.setItem(item.id, outcome.values)
      case 'wait':
        return waitOut(run, claim, { for: 'nexudus', ms: outcome.waitMs })
      case 'later':
        return store.setItem(item.id, { notBefore: new Date(now().getTime() + outcome.afterMs) })
      case 'again': {
        const ms = AGAIN_AFTER_MS[item.tries]
        if (ms === undefined) {
          return store.setItem(item.id, failedWith(outcome.error))
        }
        await store.setItem(item.id, { tries: item.tries + 1 })
        return waitOut(run, claim, { for: 'nexudus', ms })
      }
      default:
        // the session has ended: the next step finds nobody signed in, and reports that
        return undefined
    }
  }

  return {
    /** Looks at a run at once in this process, and later in any process. */
    async rouse(runId: number) {
      await remind(runId)
      wake(runId)
    },

    async start() {
      await queue.work(RUN_JOB, async (job) => {
        const runId = 'runId' in job ? Number(job.runId) : NaN
        const run = await store.find(runId)
        // a run whose session has ended is roused by its maker
        if (!run || !isRunUnderWay(run) || run.waitFor === 'session') return
        // first of all, so that another process takes over if this one dies
        await remind(runId, run.claimedUntil)
        wake(runId)
      })
      for (const { id, claimedUntil } of await store.open()) {
        await remind(id, claimedUntil)
        wake(id)
      }
    },

    /** Finishes the items under way, and leaves the runs to other processes. */
    async stop() {
      leaving.abort()
      await Promise.all(working.values())
    },
  }
}

function nameOf({ change, before }: ItemRow): string {
  if (change.kind === 'create') return change.input.Name
  return typeof before?.Name === 'string' ? before.Name : `Webhook ${change.webhookId}`
}
