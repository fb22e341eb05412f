import { Menu } from '@mantine/core'
import { IconCopyPlus, IconFileImport } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'

import { paths } from '#paths'
import { MenuAt } from '#ui/controls/menu-at.tsx'
import type { OpenAt } from '#ui/hooks/open-at.ts'

/** Ways to create many webhooks. */
export function CreateMenu(at: OpenAt) {
  return (
    <MenuAt {...at} label="More ways to add webhooks" position="bottom-end" width={240}>
      <Menu.Item
        component={Link}
        {...paths.fanOut()}
        leftSection={<IconCopyPlus size={16} aria-hidden />}
      >
        Several at once…
      </Menu.Item>
      <Menu.Item
        component={Link}
        {...paths.importPlan()}
        leftSection={<IconFileImport size={16} aria-hidden />}
      >
        Import a plan…
      </Menu.Item>
    </MenuAt>
  )
}
