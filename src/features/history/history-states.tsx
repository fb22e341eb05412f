import { Button, Skeleton, Stack, VisuallyHidden } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'

import { isSignedOut } from '#api/failure.ts'
import { explainFailure } from '#fleet/failure-words.ts'
import { CannotSee, isRefused } from '#fleet/missing-rights.tsx'
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

type HistoryEmptyProps = { isFiltered: boolean; onClear: (() => void) | undefined }

export function HistoryEmpty({ isFiltered, onClear }: HistoryEmptyProps) {
  const icon = <IconHistory size={32} aria-hidden />
  if (isFiltered) {
    return (
      <EmptyState icon={icon} title="No change matches these filters.">
        <Button variant="default" onClick={onClear}>
          Clear filters
        </Button>
      </EmptyState>
    )
  }
  return (
    <EmptyState
      icon={icon}
      title="No changes yet"
      text="Each change appears here: who made it, when, and the values before and after."
    />
  )
}
