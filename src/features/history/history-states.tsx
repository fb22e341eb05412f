import { Alert, Button, Skeleton, Stack, VisuallyHidden } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'

import { ApiError, isSignedOut } from '#api/failure.ts'
import { explainFailure } from '#fleet/failure-words.ts'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { ReadProblem } from '#ui/feedback/read-problem.tsx'

export function HistoryLoading() {
  return (
    <Stack aria-busy gap="xs">
      <VisuallyHidden>Reading the history …</VisuallyHidden>
      {[1, 2, 3, 4].map((line) => (
        <Skeleton key={line} height={84} radius="md" />
      ))}
    </Stack>
  )
}

type HistoryProblemProps = {
  error: Error
  /** What was read before is still shown. */
  hasOlder: boolean
  isBusy: boolean
  onAgain: () => void
}

export function HistoryProblem({ error, hasOlder, isBusy, onAgain }: HistoryProblemProps) {
  if (isSignedOut(error)) return null
  if (error instanceof ApiError && error.code === 'permission_missing') {
    return (
      <Alert color="indigo" variant="light" title="Your Nexudus account may not see the history">
        Who may see the webhooks may see what was changed. Missing: {error.failure.missing}. Ask an
        administrator of your network for it.
      </Alert>
    )
  }
  return (
    <ReadProblem
      title={hasOlder ? 'What you see may be out of date' : 'The history could not be read'}
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
      title="Nothing was changed yet"
      text="From the first change on, it is kept here: who, when, from what to what."
    />
  )
}
