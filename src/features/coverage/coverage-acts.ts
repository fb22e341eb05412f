import type { FleetRow } from '#fleet/fleet.ts'

import type { Cell, CoverageAction, CoverageGroup, CoverageLocation } from './coverage.ts'

/**
 * Acts of a cell or a card. The object stays the same at every render, because every row holds it.
 */
export type CoverageActs = {
  openWebhook: (row: FleetRow) => void
  /**
   * Opens a menu of a cell's webhooks at the cell; the list of locations shows them without one.
   */
  openMenu: (cell: Cell, button: HTMLElement) => void
  openNew: (location: CoverageLocation, action: CoverageAction) => void
  toggleGroup: (group: CoverageGroup) => void
  toggleTick: (location: number, action: number) => void
  copy: (location: CoverageLocation) => void
}
