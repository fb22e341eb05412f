import {
  IconActivity,
  IconAlertTriangle,
  IconCode,
  IconGridDots,
  IconServer,
  IconWebhook,
} from '@tabler/icons-react'

const ICONS = {
  Attention: IconAlertTriangle,
  Webhooks: IconWebhook,
  Coverage: IconGridDots,
  Destinations: IconServer,
  Activity: IconActivity,
  Developers: IconCode,
} as const

/** The sign of a screen, above its name at the bottom of a phone. */
export function DockIcon({ of }: { of: keyof typeof ICONS }) {
  const Icon = ICONS[of]
  return <Icon size={22} aria-hidden />
}
