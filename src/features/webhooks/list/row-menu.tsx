import { Menu } from '@mantine/core'
import {
  IconClockPause,
  IconCopy,
  IconCopyPlus,
  IconHash,
  IconPencil,
  IconPlayerPause,
  IconPlayerPlay,
  IconTrash,
} from '@tabler/icons-react'

import type { FleetRow } from '#fleet/fleet.ts'
import { KeyHint } from '#ui/controls/key-hint.tsx'
import { MenuAt } from '#ui/controls/menu-at.tsx'
import { pressOf } from '#ui/hooks/link-press.ts'

export type RowMenuActs = {
  edit: (row: FleetRow) => void
  duplicate: (row: FleetRow) => void
  copyTo: (row: FleetRow) => void
  /** Addresses of the acts that lead to another page. */
  addressOf: (row: FleetRow) => { edit: string; duplicate: string; copyTo: string }
  copyId: (row: FleetRow) => void
  setActive: (row: FleetRow, isActive: boolean) => void
  pauseUntil: (row: FleetRow) => void
  remove: (row: FleetRow) => void
  cannotEdit: string | undefined
  cannotCreate: string | undefined
  cannotDelete: string | undefined
}

type RowMenuProps = {
  row: FleetRow
  button: HTMLButtonElement
  acts: RowMenuActs
  onClose: () => void
}

/** The acts for one webhook. */
export function RowMenu({ row, button, acts, onClose }: RowMenuProps) {
  const { Active } = row.webhook
  const address = acts.addressOf(row)
  return (
    <MenuAt
      button={button}
      label={`More for ${row.webhook.Name}`}
      position="bottom-end"
      width={220}
      onClose={onClose}
    >
      <Item icon={IconPencil} keyHint="e" href={address.edit} onClick={() => acts.edit(row)}>
        {acts.cannotEdit === undefined ? 'Edit' : 'Open'}
      </Item>
      {Active !== false && (
        <Item
          icon={IconPlayerPause}
          reason={acts.cannotEdit}
          onClick={() => acts.setActive(row, false)}
        >
          {Active === null ? 'Switch off' : 'Pause'}
        </Item>
      )}
      {Active !== false && (
        <Item icon={IconClockPause} reason={acts.cannotEdit} onClick={() => acts.pauseUntil(row)}>
          Pause until…
        </Item>
      )}
      {Active !== true && (
        <Item
          icon={IconPlayerPlay}
          reason={acts.cannotEdit}
          onClick={() => acts.setActive(row, true)}
        >
          {Active === null ? 'Switch on' : 'Resume'}
        </Item>
      )}
      <Item
        icon={IconCopy}
        reason={acts.cannotCreate}
        href={address.duplicate}
        onClick={() => acts.duplicate(row)}
      >
        Duplicate
      </Item>
      <Item
        icon={IconCopyPlus}
        reason={acts.cannotCreate}
        href={address.copyTo}
        onClick={() => acts.copyTo(row)}
      >
        Copy to locations…
      </Item>
      <Item icon={IconHash} onClick={() => acts.copyId(row)}>
        Copy id
      </Item>
      <Menu.Divider />
      <Item
        icon={IconTrash}
        reason={acts.cannotDelete}
        isDangerous
        onClick={() => acts.remove(row)}
      >
        Delete…
      </Item>
    </MenuAt>
  )
}

type ItemProps = {
  icon: typeof IconPencil
  /**
   * The reason the act is barred, shown in its place, so that no item is disabled without a reason.
   */
  reason?: string | undefined
  isDangerous?: boolean
  /** The address of the act, if it leads somewhere. */
  href?: string
  /** The key that does the same for the focused row. */
  keyHint?: string
  onClick: () => void
  children: string
}

function Item(props: ItemProps) {
  const { icon: Icon, reason, isDangerous, href, keyHint, onClick, children } = props
  const dim = { fontSize: 'var(--mantine-font-size-xs)', color: 'var(--mantine-color-dimmed)' }
  const looks = {
    leftSection: <Icon size={16} aria-hidden />,
    rightSection: keyHint && <KeyHint value={keyHint} />,
    'aria-keyshortcuts': keyHint,
    // the menu's own red misses 4.5:1
    ...(isDangerous && reason === undefined && { c: 'var(--mantine-color-error)' }),
    'aria-disabled': reason !== undefined || undefined,
    closeMenuOnClick: reason === undefined,
  }
  if (href !== undefined && reason === undefined) {
    return (
      <Menu.Item component="a" href={href} {...looks} {...pressOf(onClick)}>
        {children}
      </Menu.Item>
    )
  }
  return (
    <Menu.Item {...looks} onClick={() => reason === undefined && onClick()}>
      <span>{children}</span>
      {reason !== undefined && (
        <span style={dim}>
          <br />
          {reason}
        </span>
      )}
    </Menu.Item>
  )
}
