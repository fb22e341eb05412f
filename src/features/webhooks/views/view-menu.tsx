import { Menu } from '@mantine/core'
import { IconDeviceFloppy, IconPencil, IconTrash, IconUsers } from '@tabler/icons-react'

import type { SavedView } from '#contract/desk/views.ts'
import { MenuAt } from '#ui/controls/menu-at.tsx'
import type { OpenAt } from '#ui/hooks/open-at.ts'

import type { ViewRights } from './view-rules.ts'
import classes from './view-menu.module.css'

type ViewMenuProps = OpenAt & {
  view: SavedView
  rights: ViewRights
  isAltered: boolean
  onRename: () => void
  onDelete: () => void
  onSave: () => void
  onShare: (isShared: boolean) => void
}

/** Acts on the view that is open. */
export function ViewMenu(props: ViewMenuProps) {
  const { view, rights, isAltered, onRename, onDelete, onSave, onShare, ...at } = props
  return (
    <MenuAt {...at} label={`The view “${view.name}”`} position="bottom-start" width={260}>
      {isAltered && rights.mayChange && (
        <Menu.Item
          className={classes.item}
          leftSection={<IconDeviceFloppy size={16} aria-hidden />}
          onClick={onSave}
        >
          {`Save changes to “${view.name}”`}
        </Menu.Item>
      )}
      {rights.mayChange && (
        <Menu.Item leftSection={<IconPencil size={16} aria-hidden />} onClick={onRename}>
          Rename…
        </Menu.Item>
      )}
      {rights.mayShare && (
        <Menu.Item
          leftSection={<IconUsers size={16} aria-hidden />}
          onClick={() => onShare(!view.isShared)}
        >
          {view.isShared ? 'Stop sharing' : 'Share with this network'}
        </Menu.Item>
      )}
      {rights.mayDelete && (
        <Menu.Item
          c="var(--mantine-color-error)"
          leftSection={<IconTrash size={16} aria-hidden />}
          onClick={onDelete}
        >
          Delete…
        </Menu.Item>
      )}
    </MenuAt>
  )
}
