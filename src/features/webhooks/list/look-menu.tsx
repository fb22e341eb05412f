import { Menu } from '@mantine/core'

import { MenuAt } from '#ui/controls/menu-at.tsx'
import type { OpenAt } from '#ui/hooks/open-at.ts'

import {
  changeLook,
  DENSITIES,
  OPTIONAL_COLUMNS,
  useListLook,
  type Density,
  type OptionalColumn,
} from './list-look.ts'

const DENSITY_LABELS: { readonly [Each in Density]: string } = {
  compact: 'Compact: one line a row',
  comfortable: 'Comfortable',
}

const COLUMN_LABELS: { readonly [Each in OptionalColumn]: string } = {
  location: 'Location',
  action: 'Action',
  destination: 'Destination',
  triggered: 'Last triggered',
}

/** Chooses how close the rows are, and which columns there are. */
export function LookMenu(at: OpenAt) {
  const { density, hidden } = useListLook()
  return (
    <MenuAt {...at} label="Layout" position="bottom-end" width={250}>
      <Menu.Label>Rows</Menu.Label>
      {DENSITIES.map((each) => (
        <Menu.RadioItem
          key={each}
          value={each}
          checked={each === density}
          onChange={() => changeLook({ density: each })}
        >
          {DENSITY_LABELS[each]}
        </Menu.RadioItem>
      ))}
      <Menu.Divider />
      <Menu.Label>Columns</Menu.Label>
      {OPTIONAL_COLUMNS.map((column) => {
        const isShown = !hidden.includes(column)
        const others = hidden.filter((each) => each !== column)
        return (
          <Menu.CheckboxItem
            key={column}
            checked={isShown}
            onChange={() => changeLook({ hidden: isShown ? [...others, column] : others })}
          >
            {COLUMN_LABELS[column]}
          </Menu.CheckboxItem>
        )
      })}
    </MenuAt>
  )
}
