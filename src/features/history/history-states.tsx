import { Button, Skeleton, Stack, VisuallyHidden } from '@mantine/core'
import { Link } from '@tanstack/react-router'

import { isSignedOut } from '#api/failure.ts'
import { explainFailure } from '#fleet/failure-words.ts'
import { CannotSee, isRefused } from '#fleet/missing-rights.tsx'
import { paths } from '#paths'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { ReadProblem } from '#ui/feedback/read-problem.tsx'

export function HistoryLoading() {
  return (
    <Stack aria-busy gap="xs">
      <VisuallyHidden>Loading the changes …</VisuallyHidden>
      {[1, 2, 3, 4].map((line) => (
        <Skeleton key={line} height={84} radius="md" />
      ))}
    </Stack>
  )
}

type HistoryProblemProps = {
  error: Error
  /** True if an earlier reading is still shown. */
  hasOlder: boolean
  isBusy: boolean
  onAgain: () => void
}

export function HistoryProblem({ error, hasOlder, isBusy, onAgain }: HistoryProblemProps) {
  if (isSignedOut(error)) return null
  if (isRefused(error)) {
    return (
      <CannotSee
        title="You cannot see the changes"
        lead="Anyone who can see the webhooks can see their changes."
        error={error}
      />
    )
  }
  return (
    <ReadProblem
      title={hasOlder ? 'This page may be out of date' : 'Hookdesk could not read the changes'}
      isBusy={isBusy}
      onAgain={onAgain}
    >
      {explainFailure(error)}
    </ReadProblem>
  )
}

type HistoryEmptyProps = {
  isFiltered: boolean
  /** True if only changes of one webhook were asked for. */
  isOfOne: boolean
  onClear: (() => void) | undefined
}

export function HistoryEmpty({ isFiltered, isOfOne, onClear }: HistoryEmptyProps) {
  if (isFiltered) {
    return (
      <EmptyState picture="search" title="No change matches these filters.">
        <Button variant="default" onClick={onClear}>
          Clear filters
        </Button>
      </EmptyState>
    )
  }
  return (
    <EmptyState
      picture="changes"
      title="No changes yet"
      text="Each change appears here: who made it, when, and the values before and after."
    >
      <Button
        component={Link}
        {...(isOfOne ? paths.activity() : paths.webhooks())}
        variant="default"
      >
        {isOfOne ? 'See all activity' : 'See all webhooks'}
      </Button>
    </EmptyState>
  )
}
