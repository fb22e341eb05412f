import { Menu } from '@mantine/core'

import { healthWords } from '#features/coverage/cell-words.ts'
import { isDuplicateIn, type Cell } from '#features/coverage/coverage.ts'
import type { FleetRow } from '#fleet/fleet.ts'
import { HEALTH_ICONS } from '#fleet/health-badge.tsx'
import { hostText } from '#fleet/host.tsx'
import { MenuAt } from '#ui/controls/menu-at.tsx'

import classes from './coverage-grid.module.css'

export type CellMenuOf = { cell: Cell; button: HTMLElement }

type CellMenuProps = CellMenuOf & {
  onOpen: (row: FleetRow) => void
  onClose: () => void
}

/** A menu of one cell's webhooks. It follows the cell when the grid scrolls. */
export function CellMenu({ cell, button, onOpen, onClose }: CellMenuProps) {
  const [first] = cell.rows
  return (
    <MenuAt
      button={button}
      label={`${first?.action}, ${first?.location}`}
      position="bottom-start"
      width={290}
      className={classes.menu}
      onClose={onClose}
    >
      {cell.rows.map((row) => {
        const Icon = HEALTH_ICONS[row.health]
        return (
          <Menu.Item
            key={row.webhook.Id}
            leftSection={<Icon size={18} aria-hidden />}
            onClick={() => onOpen(row)}
          >
            <bdi>{row.webhook.Name || `Webhook ${row.webhook.Id}`}</bdi>
            <small className={classes.hint}>
              {healthWords(row)} · {hostText(row.host)}
              {isDuplicateIn(row, cell) && <span> · duplicate</span>}
            </small>
          </Menu.Item>
        )
      })}
    </MenuAt>
  )
}
