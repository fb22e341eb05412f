import type { FleetRow } from '#fleet/fleet.ts'

import type { Cell, CoverageAction, CoverageGroup, CoverageLocation } from './coverage.ts'

/** What can be done from a cell or a card. The same object at every render: every row holds it. */
export type CoverageActs = {
  openWebhook: (row: FleetRow) => void
  /** Lists the webhooks of one cell at it; the list of locations lists them anyway. */
  openMenu: (cell: Cell, button: HTMLElement) => void
  openNew: (location: CoverageLocation, action: CoverageAction) => void
  toggleGroup: (group: CoverageGroup) => void
  toggleTick: (location: number, action: number) => void
  copy: (location: CoverageLocation) => void
}
