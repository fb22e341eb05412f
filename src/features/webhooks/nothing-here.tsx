import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'

import { paths } from '#paths'
import { EmptyState } from '#ui/empty-state.tsx'

/** No webhooks at all, or none that match: two different things. */
export function NothingHere({ isEmpty, onClear }: { isEmpty: boolean; onClear: () => void }) {
  if (isEmpty) {
    return (
      <EmptyState
        title="No webhooks yet"
        text="A webhook tells another system when something happens at a location – for example, a new booking."
      >
        <Button component={Link} to={paths.newWebhook}>
          Create webhook
        </Button>
      </EmptyState>
    )
  }
  return (
    <EmptyState title="No webhook matches these filters.">
      <Button variant="default" onClick={onClear}>
        Clear filters
      </Button>
    </EmptyState>
  )
}
