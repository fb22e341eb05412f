import { Menu, useMantineColorScheme, type MantineColorScheme } from '@mantine/core'
import { IconBell, IconEye, IconHelpCircle, IconKeyboard, IconLogout } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'

import { paths } from '#paths'
import { KeyHint } from '#ui/controls/key-hint.tsx'
import { MenuAt } from '#ui/controls/menu-at.tsx'
import type { OpenAt } from '#ui/hooks/open-at.ts'

const SCHEMES = {
  light: 'Light',
  dark: 'Dark',
  auto: 'Same as system',
} satisfies Record<MantineColorScheme, string>

type AccountMenuProps = OpenAt & {
  email: string
  /** True for those who may sign the watch in. */
  isAdministrator: boolean
  onKeys: () => void
  onLeave: () => void
}

/** The menu of the signed-in person, on every screen. */
export function AccountMenu(props: AccountMenuProps) {
  const { email, isAdministrator, onKeys, onLeave, ...at } = props
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <MenuAt {...at} label="Account" position="bottom-end" width={260}>
      <Menu.Label>{email}</Menu.Label>
      <Menu.Item
        leftSection={<IconBell size={16} aria-hidden />}
        renderRoot={(item: object) => <Link {...paths.notifications()} {...item} />}
      >
        Notifications
      </Menu.Item>
      {isAdministrator && (
        <Menu.Item
          leftSection={<IconEye size={16} aria-hidden />}
          renderRoot={(item: object) => <Link {...paths.watch()} {...item} />}
        >
          Watch
        </Menu.Item>
      )}
      <Menu.Item
        leftSection={<IconHelpCircle size={16} aria-hidden />}
        renderRoot={(item: object) => <Link {...paths.help()} {...item} />}
      >
        Help
      </Menu.Item>
      <Menu.Item
        leftSection={<IconKeyboard size={16} aria-hidden />}
        rightSection={<KeyHint value="?" />}
        aria-keyshortcuts="?"
        onClick={onKeys}
      >
        Keys
      </Menu.Item>
      <Menu.Divider />
      <Menu.Label>Colours</Menu.Label>
      {(['light', 'dark', 'auto'] as const).map((scheme) => (
        <Menu.RadioItem
          key={scheme}
          value={scheme}
          checked={scheme === colorScheme}
          closeMenuOnClick
          onChange={() => setColorScheme(scheme)}
        >
          {SCHEMES[scheme]}
        </Menu.RadioItem>
      ))}
      <Menu.Divider />
      <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={onLeave}>
        Sign out
      </Menu.Item>
    </MenuAt>
  )
}
