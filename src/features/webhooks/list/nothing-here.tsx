import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'

import { useMay } from '#features/session/use-desk.ts'
import { paths } from '#paths'
import { EmptyState } from '#ui/feedback/empty-state.tsx'

type NothingHereProps = { isEmpty: boolean; text: string; onClear: () => void }

/** Says that there are no webhooks at all, or that none match: two different things. */
export function NothingHere({ isEmpty, text, onClear }: NothingHereProps) {
  const mayCreate = useMay('WebHook-Create')
  if (isEmpty) {
    return (
      <EmptyState
        picture="hook"
        title="No webhooks yet"
        text="A webhook tells another system when something happens at a location, for example a new booking."
      >
        {mayCreate && (
          <Button component={Link} {...paths.newWebhook()}>
            Create webhook
          </Button>
        )}
        <Button component={Link} {...paths.help()} hash="what-a-webhook-is" variant="default">
          Read the guide
        </Button>
      </EmptyState>
    )
  }
  return (
    <EmptyState
      picture="search"
      title={text ? `No webhook matches “${text}”.` : 'No webhook matches these filters.'}
    >
      <Button variant="default" onClick={onClear}>
        Clear filters
      </Button>
    </EmptyState>
  )
}
