import type { RunChange, RunProposal } from '#contract/desk/run.ts'
import type { FleetRow } from '#fleet/fleet.ts'
import { plural } from '#ui/text/plural.ts'

export const webhooksIn = (count: number) => plural(count, 'webhook')

/** Pauses or resumes them all; of those that are so already, the dry run says so. */
export const switchRun = (rows: readonly FleetRow[], Active: boolean) =>
  changeRun(rows, Active ? 'resume' : 'pause', { Active })

export const describeRun = (rows: readonly FleetRow[], Description: string) =>
  changeRun(rows, 'describe', { Description })

/** What was on the screen goes along: a webhook that became another one meanwhile stays. */
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
