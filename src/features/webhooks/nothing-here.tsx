import { Button, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'

import { paths } from '#paths'

import classes from './nothing-here.module.css'

/** No webhooks at all, or none that match: two different things. */
export function NothingHere({ isEmpty, onClear }: { isEmpty: boolean; onClear: () => void }) {
  return (
    <div className={classes.nothing}>
      {isEmpty ? (
        <>
          <Text fw={600}>No webhooks yet</Text>
          <Text c="dimmed" mb="sm">
            A webhook tells another system when something happens at a location – for example, a new
            booking.
          </Text>
          <Button component={Link} to={paths.newWebhook}>
            Create webhook
          </Button>
        </>
      ) : (
        <>
          <Text fw={600} mb="sm">
            No webhook matches these filters.
          </Text>
          <Button variant="default" onClick={onClear}>
            Clear filters
          </Button>
        </>
      )}
    </div>
  )
}
