import { Alert, Button, Skeleton, Stack, VisuallyHidden } from '@mantine/core'

import { ApiError, isSignedOut } from '#api/failure.ts'

import { explainFailure } from './failure-words.ts'

export function PanelLoading() {
  return (
    <Stack aria-busy>
      <VisuallyHidden>Reading the webhook …</VisuallyHidden>
      {[1, 2, 3, 4].map((field) => (
        <Skeleton key={field} height={56} />
      ))}
    </Stack>
  )
}

export function PanelProblem({ error, onAgain }: { error: Error; onAgain: () => void }) {
  if (isSignedOut(error)) return <PanelLoading />
  const isGone = error instanceof ApiError && error.code === 'not_found'
  return (
    <Alert
      role="alert"
      color="orange"
      variant="light"
      title={isGone ? 'This webhook is not there' : 'The webhook could not be read'}
    >
      {isGone ? 'Nexudus does not have it. It was probably deleted.' : explainFailure(error)}
      {!isGone && (
        <div>
          <Button mt="xs" size="compact-sm" variant="default" onClick={onAgain}>
            Try again
          </Button>
        </div>
      )}
    </Alert>
  )
}
