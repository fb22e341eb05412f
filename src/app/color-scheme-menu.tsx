import { Menu, useMantineColorScheme } from '@mantine/core'

import { MenuAt } from '#ui/controls/menu-at.tsx'
import type { OpenAt } from '#ui/hooks/open-at.ts'

import { COLOR_SCHEMES } from './color-schemes.ts'

/** A menu to choose light, dark or the system's colours. */
export function ColorSchemeMenu(at: OpenAt) {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <MenuAt {...at} label="Colours" position="bottom-end" width={180}>
      {(['light', 'dark', 'auto'] as const).map((scheme) => (
        <Menu.RadioItem
          key={scheme}
          value={scheme}
          checked={scheme === colorScheme}
          closeMenuOnClick
          onChange={() => setColorScheme(scheme)}
        >
          {COLOR_SCHEMES[scheme].label}
        </Menu.RadioItem>
      ))}
    </MenuAt>
  )
}
