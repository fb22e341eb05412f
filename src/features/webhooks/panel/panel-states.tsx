import { Alert, Button, Skeleton, Stack, VisuallyHidden } from '@mantine/core'
import { useLayoutEffect, useRef } from 'react'

import { ApiError, isSignedOut } from '#api/failure.ts'
import { explainFailure } from '#fleet/failure-words.ts'
import { isRefused, MissingRights } from '#fleet/missing-rights.tsx'

/**
 * Holds the place of the form until it is drawn, and the focus of a quick person: it passes to the
 * form's first field, or to the title where there is no form.
 */
export function PanelLoading() {
  const box = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const own = box.current
    return () => {
      if (own === null || own !== document.activeElement) return
      requestAnimationFrame(() =>
        (
          document.querySelector<HTMLElement>('form input') ??
          document.getElementById('panel-title')
        )?.focus(),
      )
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
  if (isRefused(error)) {
    const rights = [error.failure.missing ?? 'WebHook-Read']
    return <MissingRights title="You cannot open webhooks" rights={rights} lead="" />
  }
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
