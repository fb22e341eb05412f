import type { RunChange, RunProposal } from '#contract/desk/run.ts'
import type { FleetRow } from '#fleet/fleet.ts'
import { plural } from '#contract/words/plural.ts'

export const webhooksIn = (count: number) => plural(count, 'webhook')

export const describeRun = (rows: readonly FleetRow[], Description: string): RunProposal => ({
  title: { act: 'describe', count: rows.length },
  changes: rows.map(({ webhook }) => ({
    kind: 'change',
    webhookId: webhook.Id,
    change: { Description },
  })),
})

/** Carries the values on the screen, so that a webhook that changed meanwhile is not deleted. */
export function deleteRun(rows: readonly FleetRow[]): RunProposal {
  const changes = rows.map(({ webhook: { Id, Name, URL, BusinessId, Action } }): RunChange => ({
    kind: 'delete',
    webhookId: Id,
    seen: { Name, URL, BusinessId, Action },
  }))
  return { title: { act: 'delete', count: rows.length }, changes }
}
