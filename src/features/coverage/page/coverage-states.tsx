import { Button, Skeleton, Stack, VisuallyHidden } from '@mantine/core'
import { Link } from '@tanstack/react-router'

import { useMay } from '#features/session/use-desk.ts'
import { ReadingProgress } from '#fleet/reading-progress.tsx'
import { paths } from '#paths'
import { rightsNamed } from '#texts/rights-words.ts'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { ReadProblem } from '#ui/feedback/read-problem.tsx'

const ROWS = 8

/** Shown only during the very first load. */
export function CoverageSkeleton() {
  return (
    <Stack gap="xs" aria-busy>
      <VisuallyHidden>Loading webhooks …</VisuallyHidden>
      <ReadingProgress />
      <Skeleton height={24} width="50%" />
      <Skeleton height={36} width="70%" />
      <Skeleton height={72} />
      {Array.from({ length: ROWS }, (_, row) => (
        <Skeleton key={row} height={44} />
      ))}
    </Stack>
  )
}

/** Without names the page shows numbers only, and without the list it omits empty locations. */
export function LocationsProblem({ isNone }: { isNone: boolean }) {
  return (
    <ReadProblem title="Hookdesk could not read the locations">
      {isNone
        ? 'There is nothing to show without them.'
        : 'Locations appear by number, those without webhooks are missing, and gaps cannot be shown.'}
      {` Your account may lack ${rightsNamed(['Business-List'])}.`}
    </ReadProblem>
  )
}

type NothingShownProps = {
  /** True if there is no webhook at all. */
  isEmpty: boolean
  onAllActions: () => void
  onClear: () => void
}

/** Says that there are no webhooks yet, or that none match the filters: two different things. */
export function NothingShown({ isEmpty, onAllActions, onClear }: NothingShownProps) {
  const mayCreate = useMay('WebHook-Create')
  if (isEmpty) {
    return (
      <EmptyState
        picture="hook"
        title="No webhooks yet"
        text="Once there are some, this page shows which location has which webhooks, and where the gaps are."
      >
        {mayCreate && (
          <Button component={Link} {...paths.newWebhook()}>
            Create webhook
          </Button>
        )}
        <Button variant="default" onClick={onAllActions}>
          Show all 89 actions
        </Button>
      </EmptyState>
    )
  }
  return (
    <EmptyState picture="search" title="No location or action matches these filters.">
      <Button variant="default" onClick={onClear}>
        Clear filters
      </Button>
    </EmptyState>
  )
}
