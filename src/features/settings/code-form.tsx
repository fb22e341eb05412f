import { Alert, Button, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import { explainFailure } from '#fleet/failure-words.ts'
import { InlineForm } from '#ui/controls/inline-form.tsx'
import { useNotices } from '#ui/feedback/notices.tsx'
import { Card } from '#ui/page/card.tsx'

import { enterCode, settingsQueries } from './settings-api.ts'
import { wrongField } from './wrong-field.ts'

/** Asks for the code that was sent to a new address. */
export function CodeForm({ address }: { address: string }) {
  const [code, setCode] = useState('')
  const queryClient = useQueryClient()
  const { announce } = useNotices()
  const entering = useMutation({
    mutationFn: () => enterCode(code),
    onSuccess(now) {
      queryClient.setQueryData(settingsQueries.notifications().queryKey, now)
      announce(`Verified. Notices go to ${address}.`)
    },
  })
  const isNoCode = wrongField(entering.error) === 'code'
  return (
    <Card title="Enter the code">
      <p>
        A mail with six digits is on its way to <bdi>{address}</bdi>. Until you enter them, nothing
        else is sent there.
      </p>
      <InlineForm
        label="Verify the address"
        onSubmit={() => entering.mutate()}
        below={
          entering.error &&
          !isNoCode && (
            <Alert color="red" variant="light" role="alert">
              {explainFailure(entering.error)}
            </Alert>
          )
        }
      >
        <TextInput
          label="Code"
          error={isNoCode && 'Enter the six digits in the mail.'}
          inputMode="numeric"
          autoComplete="one-time-code"
          required
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <Button type="submit" loading={entering.isPending}>
          Verify
        </Button>
      </InlineForm>
    </Card>
  )
}
