import { Button } from '@mantine/core'
import { IconCopyPlus } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'

import { isSafeToKeep } from '#contract/address/address.ts'
import type { WebhookFields } from '#contract/nexudus/webhook.ts'
import { paths } from '#paths'

type SeveralLinkProps = {
  start: WebhookFields
  /** Returns the typed values; `undefined` if the person has not typed. */
  typed: () => Partial<WebhookFields> | undefined
}

/** Leads from one webhook to many like it, with the typed values except the name. */
export function SeveralLink({ start, typed }: SeveralLinkProps) {
  const navigate = useNavigate()

  function go() {
    const now = typed()
    const { BusinessId, Action, URL, Description, Active } = { ...start, ...now }
    const isSafe = isSafeToKeep(URL)
    void navigate({
      ...paths.fanOut(),
      search: {
        ...(BusinessId && { locations: String(BusinessId) }),
        ...(Action && { actions: String(Action) }),
        ...(isSafe && { url: URL }),
      },
      // people pass addresses of pages on, so values that may hold a key stay out of them
      ...(now && {
        state: {
          fanOut: { Description, ...(Active !== null && { Active }), ...(!isSafe && { URL }) },
        },
      }),
      ignoreBlocker: true,
    })
  }

  return (
    <Button
      variant="subtle"
      size="compact-sm"
      mb="sm"
      leftSection={<IconCopyPlus size={16} aria-hidden />}
      onClick={go}
    >
      Create several at once…
    </Button>
  )
}
