import { request } from '#api/request.ts'
import {
  runAnswerSchema,
  runItemsSchema,
  runsSchema,
  type Run,
  type RunItem,
  type RunProposal,
} from '#contract/desk/run.ts'

export async function proposeRun(proposal: RunProposal, idempotencyKey: string): Promise<Run> {
  const options = { method: 'POST', body: proposal, idempotencyKey } as const
  return (await request(runAnswerSchema, '/desk/runs', options)).run
}

export async function listRuns(signal: AbortSignal): Promise<Run[]> {
  return (await request(runsSchema, '/desk/runs', { signal })).runs
}

export async function getRun(id: number, signal: AbortSignal): Promise<Run> {
  return (await request(runAnswerSchema, `/desk/runs/${id}`, { signal })).run
}

export async function listRunItems(id: number, signal: AbortSignal): Promise<RunItem[]> {
  return (await request(runItemsSchema, `/desk/runs/${id}/items`, { signal })).items
}

export async function startRun(id: number, leftOut: number[]): Promise<Run> {
  const options = { method: 'POST', body: { leftOut } } as const
  return (await request(runAnswerSchema, `/desk/runs/${id}/start`, options)).run
}

export type RunAct = 'pause' | 'continue' | 'stop' | 'retry' | 'discard'

export async function steerRun(id: number, act: RunAct): Promise<Run> {
  return (await request(runAnswerSchema, `/desk/runs/${id}/${act}`, { method: 'POST' })).run
}

/** Proposes the inverse of the run. */
export async function undoRun(id: number, idempotencyKey: string): Promise<Run> {
  const options = { method: 'POST', idempotencyKey } as const
  return (await request(runAnswerSchema, `/desk/runs/${id}/undo`, options)).run
}
