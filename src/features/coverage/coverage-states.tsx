import { Button, Skeleton, Stack, VisuallyHidden } from '@mantine/core'
import { Link } from '@tanstack/react-router'

import { paths } from '#paths'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { ReadProblem } from '#ui/feedback/read-problem.tsx'

const ROWS = 8

/** Only for the very first load. */
export function CoverageSkeleton() {
  return (
    <Stack gap="xs" aria-busy>
      <VisuallyHidden>Reading the webhooks …</VisuallyHidden>
      <Skeleton height={24} width="50%" />
      <Skeleton height={36} width="70%" />
      <Skeleton height={72} />
      {Array.from({ length: ROWS }, (_, row) => (
        <Skeleton key={row} height={44} />
      ))}
    </Stack>
  )
}

/** Without their names there are only numbers, and without a list there are no empty ones. */
export function LocationsProblem({ isNone }: { isNone: boolean }) {
  return (
    <ReadProblem title="The locations could not be read">
      {isNone
        ? 'Without them there is nothing to show. Your account may lack the role Business-List.'
        : 'They are shown by their numbers, those without webhooks are missing, and nothing can be said of what most of them have. Your account may lack the role Business-List.'}
    </ReadProblem>
  )
}

type NothingShownProps = {
  /** There is no webhook at all. */
  isEmpty: boolean
  onAllActions: () => void
  onClear: () => void
}

/** No webhooks yet, or none of what is asked for: two different things. */
export function NothingShown({ isEmpty, onAllActions, onClear }: NothingShownProps) {
  if (isEmpty) {
    return (
      <EmptyState
        title="No webhooks yet"
        text="Once there are some, you see here which location has which, and what is missing where."
      >
        <Button component={Link} to={paths.newWebhook}>
          Create webhook
        </Button>
        <Button variant="default" onClick={onAllActions}>
          Show all 89 actions
        </Button>
      </EmptyState>
    )
  }
  return (
    <EmptyState title="Nothing matches these filters.">
      <Button variant="default" onClick={onClear}>
        Clear filters
      </Button>
    </EmptyState>
  )
}
