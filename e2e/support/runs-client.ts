import * as z from 'zod'

import {
  runAnswerSchema,
  runItemsSchema,
  type Run,
  type RunChange,
  type RunItem,
  type RunState,
} from '#contract/desk/run.ts'
import { deskClient, signInToDesk } from '#tools/desk-session.mjs'

export type Runs = Awaited<ReturnType<typeof openRuns>>

/**
 * The runs of a desk without a browser: makes the page's calls, in a session of the administrator.
 */
export async function openRuns(url: string) {
  const ask = deskClient(url, await signInToDesk(url))

  const get = async (id: number): Promise<Run> =>
    z.parse(runAnswerSchema, await ask('GET', `/desk/runs/${id}`)).run

  /** Polls until the run meets the condition; asks again if the desk is down at the moment. */
  async function until(id: number, isSo: (run: Run) => boolean): Promise<Run> {
    for (;;) {
      const run = await get(id).catch(() => undefined)
      if (run && isSo(run)) return run
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
  const inState = (id: number, state: RunState) => until(id, (run) => run.state === state)

  return {
    until,
    inState,
    async propose(changes: RunChange[]): Promise<Run> {
      const answer = await ask('POST', '/desk/runs', {
        title: { act: 'describe', count: changes.length },
        changes,
      })
      return inState(z.parse(runAnswerSchema, answer).run.id, 'proposed')
    },
    start: (id: number) => ask('POST', `/desk/runs/${id}/start`, { leftOut: [] }),
    retry: (id: number) => ask('POST', `/desk/runs/${id}/retry`),
    items: async (id: number): Promise<RunItem[]> =>
      z.parse(runItemsSchema, await ask('GET', `/desk/runs/${id}/items`)).items,
  }
}
