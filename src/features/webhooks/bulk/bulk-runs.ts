import type { RunChange, RunProposal } from '#contract/desk/run.ts'
import type { FleetRow } from '#fleet/fleet.ts'
import { plural } from '#contract/words/plural.ts'

export const webhooksIn = (count: number) => plural(count, 'webhook')

/** Pauses or resumes them all; the dry run names those that need no change. */
export const switchRun = (rows: readonly FleetRow[], Active: boolean) =>
  changeRun(rows, Active ? 'resume' : 'pause', { Active })

export const describeRun = (rows: readonly FleetRow[], Description: string) =>
  changeRun(rows, 'describe', { Description })

/** Carries the values on the screen, so that a webhook that changed meanwhile is not deleted. */
export function deleteRun(rows: readonly FleetRow[]): RunProposal {
  const changes = rows.map(({ webhook: { Id, Name, URL, BusinessId, Action } }): RunChange => ({
    kind: 'delete',
    webhookId: Id,
    seen: { Name, URL, BusinessId, Action },
  }))
  return { title: { act: 'delete', count: rows.length }, changes }
}

type Change = Extract<RunChange, { kind: 'change' }>['change']

function changeRun(
  rows: readonly FleetRow[],
  act: 'resume' | 'pause' | 'describe',
  change: Change,
): RunProposal {
  const changes = rows.map(({ webhook }): RunChange => ({
    kind: 'change',
    webhookId: webhook.Id,
    change,
  }))
  return { title: { act, count: rows.length }, changes }
}
