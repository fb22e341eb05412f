import { Button, Text } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useNavigate, useRouter, useSearch } from '@tanstack/react-router'

import { useMay } from '#features/session/use-desk.ts'
import { FleetAge } from '#fleet/fleet-age.tsx'
import { NeedsRole } from '#fleet/needs-role.tsx'
import type { FleetInUse } from '#fleet/use-fleet.ts'
import { paths } from '#paths'
import { useKey } from '#ui/hooks/keys.ts'
import { pressOf } from '#ui/hooks/link-press.ts'
import { PageHead, ScreenTitle } from '#ui/page/page.tsx'

/** The title, the age of the list, and the button for a new webhook. */
export function ListHead({ fleet }: Pick<FleetInUse, 'fleet'>) {
  const mayCreate = useMay('WebHook-Create')
  const mayEdit = useMay('WebHook-Edit')
  return (
    <PageHead action={mayCreate ? <NewWebhook /> : <ViewOnly mayEdit={mayEdit} />}>
      <ScreenTitle id="webhooks-title">Webhooks</ScreenTitle>
      <FleetAge fleet={fleet} />
    </PageHead>
  )
}

function NewWebhook() {
  const navigate = useNavigate()
  const { buildLocation } = useRouter()
  const search = useSearch({ strict: false })
  const make = () => void navigate({ ...paths.newWebhook(), search: (before) => before })
  useKey('n', make)
  return (
    <Button
      component="a"
      leftSection={<IconPlus size={18} aria-hidden />}
      href={buildLocation({ ...paths.newWebhook(), search }).href}
      {...pressOf(make)}
    >
      New webhook
    </Button>
  )
}

function ViewOnly({ mayEdit }: { mayEdit: boolean }) {
  return (
    <Text size="sm" c="dimmed">
      {mayEdit ? (
        <NeedsRole
          lead="You can view, pause and edit."
          to="create webhooks"
          name="WebHook-Create"
        />
      ) : (
        <NeedsRole
          lead="View only."
          to="create and edit webhooks"
          name={['WebHook-Create', 'WebHook-Edit']}
        />
      )}
    </Text>
  )
}
