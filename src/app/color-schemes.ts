import type { MantineColorScheme } from '@mantine/core'
import { IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react'

export const COLOR_SCHEMES = {
  light: { label: 'Light', Icon: IconSun },
  dark: { label: 'Dark', Icon: IconMoon },
  auto: { label: 'Same as system', Icon: IconDeviceDesktop },
} satisfies Record<MantineColorScheme, unknown>
