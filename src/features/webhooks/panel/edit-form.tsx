import { Alert } from '@mantine/core'
import { Suspense } from 'react'

import { ApiError } from '#api/failure.ts'
import type { Webhook } from '#contract/nexudus/webhook.ts'
import { WebhookForm } from '#features/webhooks/form/webhook-form.tsx'
import { explainFailure } from '#fleet/failure-words.ts'
import { lazyPart } from '#ui/feedback/load-part.ts'
import { KEPT } from '#ui/hooks/kept.ts'

import { SaveOutcome } from './save-outcome.tsx'
import { useEdit } from './use-edit.ts'

const ConflictView = lazyPart(() => import('./conflict-view.tsx'), 'ConflictView')

/** The form of an existing webhook, and the result of the last save. */
export function EditForm({ webhook }: { webhook: Webhook }) {
  const { start, draft, conflict, change, create, submit, pressCreateAgain, keep } =
    useEdit(webhook)

  return (
    <WebhookForm
      defaultValues={start}
      id={webhook.Id}
      isActiveNow={webhook.Active}
      submitLabel="Save changes"
      busyLabel="Saving …"
      isBusy={change.isPending || create.isPending}
      outcome={
        <>
          {draft && (
            <Alert color="indigo" variant="light">
              {KEPT}
            </Alert>
          )}
          <Suspense>
            {conflict && <ConflictView conflict={conflict.with} form={conflict.form} />}
          </Suspense>
          {create.error && pressCreateAgain && (
            <CreateAgainProblem error={create.error} onAgain={pressCreateAgain} />
          )}
          <SaveOutcome
            error={change.error}
            onAgain={() => document.querySelector<HTMLFormElement>('form')?.requestSubmit()}
            {...(pressCreateAgain && { onCreateAgain: pressCreateAgain })}
            isCreatingAgain={create.isPending}
          />
        </>
      }
      typed={draft?.values}
      onValues={keep}
      onSubmit={submit}
    />
  )
}

/** Explains why the webhook could not be restored; shows Nexudus' refusals in one place. */
function CreateAgainProblem({ error, onAgain }: { error: Error; onAgain: () => void }) {
  if (!(error instanceof ApiError) || !error.failure.Errors?.length) {
    return <SaveOutcome error={error} onAgain={onAgain} />
  }
  return (
    <Alert role="alert" color="red" variant="light">
      {explainFailure(error)}
    </Alert>
  )
}
