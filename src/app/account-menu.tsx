import { Menu } from '@mantine/core'
import { IconKeyboard, IconLogout } from '@tabler/icons-react'

import { MenuAt } from '#ui/controls/menu-at.tsx'
import type { OpenAt } from '#ui/hooks/open-at.ts'

type AccountMenuProps = OpenAt & { email: string; onKeys: () => void; onLeave: () => void }

/** The menu of the signed-in person, on every screen. */
export function AccountMenu({ email, onKeys, onLeave, ...at }: AccountMenuProps) {
  return (
    <MenuAt {...at} label="Account" position="bottom-end" width={260}>
      <Menu.Label>{email}</Menu.Label>
      <Menu.Item leftSection={<IconKeyboard size={16} aria-hidden />} onClick={onKeys}>
        Keys
      </Menu.Item>
      <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={onLeave}>
        Sign out
      </Menu.Item>
    </MenuAt>
  )
}
