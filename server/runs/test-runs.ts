import { setTimeout as sleep } from 'node:timers/promises'

import { IDEMPOTENCY_HEADER } from '#contract/desk/desk.ts'
import type { RunTitle } from '#contract/desk/run-title.ts'
import type { Run, RunChange, RunItem, RunState } from '#contract/desk/run.ts'
import type { Visitor } from '#server/testing/test-visitor.ts'

const withKey = (key: string) => ({ [IDEMPOTENCY_HEADER]: key })

/** A person's handling of runs, over HTTP. */
export function runsOf(visitor: Visitor) {
  const post = (path: string, body?: unknown, key: string = crypto.randomUUID()) =>
    visitor.request(`/desk/runs${path}`, { method: 'POST', body, headers: withKey(key) })

  async function get(id: number): Promise<Run> {
    return (await visitor.request(`/desk/runs/${id}`)).body.run
  }

  /** Waits for a state, limited only by the test's own time limit. */
  async function until(id: number, ...states: RunState[]): Promise<Run> {
    for (;;) {
      const run = await get(id)
      if (states.includes(run.state)) return run
      await sleep(20)
    }
  }

  return {
    post,
    get,
    until,
    async items(id: number): Promise<RunItem[]> {
      return (await visitor.request(`/desk/runs/${id}/items`)).body.items
    },
    /** A proposal, after its dry run. */
    async propose(
      changes: RunChange[],
      title: RunTitle = { act: 'pause', count: 1 },
    ): Promise<Run> {
      const { body } = await post('', { title, changes })
      return until(body.run.id, 'proposed')
    },
    start: (id: number, leftOut: number[] = []) => post(`/${id}/start`, { leftOut }),
    async finish(id: number, leftOut: number[] = []): Promise<Run> {
      await post(`/${id}/start`, { leftOut })
      return until(id, 'finished')
    },
    async undo(id: number): Promise<Run> {
      const { body } = await post(`/${id}/undo`)
      return until(body.run.id, 'proposed')
    },
  }
}

/** The counts that are not zero. */
export const countsOf = ({ counts }: Run) =>
  Object.fromEntries(Object.entries(counts).filter(([, items]) => items > 0))
