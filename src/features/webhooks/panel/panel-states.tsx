import { Alert, Button, Skeleton, Stack, VisuallyHidden } from '@mantine/core'
import { useLayoutEffect, useRef } from 'react'

import { ApiError, isSignedOut } from '#api/failure.ts'
import { explainFailure } from '#fleet/failure-words.ts'

/**
 * Holds the place of the form until it is drawn, and the focus of a quick person: it passes to the
 * form's first field.
 */
export function PanelLoading() {
  const box = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const own = box.current
    return () => {
      if (own === null || own !== document.activeElement) return
      requestAnimationFrame(() => document.querySelector<HTMLElement>('form input')?.focus())
    }
  }, [])

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- or Tab would lead past it
    <Stack ref={box} aria-busy role="group" aria-label="Form loading" tabIndex={0}>
      <VisuallyHidden>Loading webhook …</VisuallyHidden>
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
      title={isGone ? 'Webhook not found' : 'Hookdesk could not read the webhook'}
    >
      {isGone
        ? 'Nexudus does not have it. It was probably deleted, or your account cannot see it.'
        : explainFailure(error)}
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
