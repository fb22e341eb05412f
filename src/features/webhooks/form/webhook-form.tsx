import { standardSchemaResolver } from '@hookform/resolvers/standard-schema'
import { Button, Group, Stack } from '@mantine/core'
import { useEffect, useEffectEvent, useLayoutEffect, useState, type ReactNode } from 'react'
import { useForm, type UseFormReturn } from 'react-hook-form'

import { EDITABLE_FIELDS, type WebhookFields } from '#contract/nexudus/webhook.ts'
import { useDesk } from '#features/session/use-desk.ts'
import { useFleet } from '#fleet/use-fleet.ts'
import { TextareaField, TextField } from '#forms/text-field.tsx'
import { Form } from '#ui/controls/form.tsx'

import { ActiveField } from './active-field.tsx'
import { ActionField } from './action-field.tsx'
import { FormProblems } from './form-problems.tsx'
import { suggestName } from './suggest-name.ts'
import { LeaveGuard } from './leave-guard.tsx'
import { LocationField } from './location-field.tsx'
import { UrlField } from './url-field.tsx'
import { webhookFormSchema } from './webhook-rules.ts'

export type WebhookForm = UseFormReturn<WebhookFields>

type WebhookFormProps = {
  defaultValues: WebhookFields
  /** True if a person wrote the name: then no other name is suggested. */
  isNameOwn?: boolean
  /** The id of the edited record; `undefined` for a new webhook. */
  id: number | undefined
  /** The present state: the list beside the form may have switched the webhook. */
  isActiveNow?: boolean | null
  submitLabel: string
  busyLabel: string
  isBusy: boolean
  /** The result of the last try, if it does not belong to one field. */
  outcome: ReactNode
  /** Values typed before a reload; they override the defaults, and are still unsaved. */
  typed?: Partial<WebhookFields> | undefined
  /** Called with the values whenever they change. */
  onValues?: (values: Partial<WebhookFields>) => void
  /** Sends the values, and shows refusals at the fields. */
  onSubmit: (input: WebhookFields, form: WebhookForm) => Promise<unknown>
}

/** The fields of a webhook on one screen, for creating and for editing. */
export function WebhookForm(props: WebhookFormProps) {
  const {
    defaultValues,
    id,
    isActiveNow,
    submitLabel,
    busyLabel,
    isBusy,
    outcome,
    onSubmit,
    onValues,
    typed,
  } = props
  const { exceptions, allowPrivateTargets } = useDesk()
  const { rows, locations } = useFleet()
  const saved = id === undefined ? undefined : defaultValues
  const form = useForm<WebhookFields>({
    defaultValues,
    resolver: standardSchemaResolver(webhookFormSchema({ exceptions, allowPrivateTargets }, saved)),
    // a failed Save leads to the summary, which links to the fields
    shouldFocusError: false,
  })
  const { control, formState } = form
  useEffect(() => {
    if (isActiveNow !== undefined) form.resetField('Active', { defaultValue: isActiveNow })
  }, [form, isActiveNow])
  const typeAgain = useEffectEvent(() => {
    for (const field of EDITABLE_FIELDS) {
      const value = typed?.[field]
      if (value !== undefined) form.setValue(field, value, { shouldDirty: true })
    }
  })
  useEffect(() => typeAgain(), [])
  const tell = useEffectEvent((values: Partial<WebhookFields>) => onValues?.(values))
  // before a person can type into the form; an effect would run after it is visible
  useLayoutEffect(
    () =>
      form.subscribe({
        formState: { values: true },
        callback: ({ values }) => tell(values),
      }),
    [form],
  )
  const [tries, setTries] = useState(0)
  const [isNameOwn, setIsNameOwn] = useState(props.isNameOwn ?? defaultValues.Name !== '')

  // from the press on: the fields are checked before anything is sent
  const isSending = isBusy || formState.isSubmitting

  // counted at the end, so that the summary is there to take the focus
  const submit = () =>
    form
      .handleSubmit((input) => onSubmit(input, form))()
      .finally(() => setTries((before) => before + 1))

  /** Suggests a name until the person writes one, which is never overwritten. */
  function suggest() {
    if (isNameOwn || id !== undefined) return
    const name = suggestName(form.getValues(), locations)
    form.setValue('Name', name, { shouldValidate: formState.isSubmitted })
  }

  return (
    <Form
      label={submitLabel}
      hasSubmitKey
      onSubmit={() => {
        if (!isSending) void submit()
      }}
    >
      <Stack>
        <FormProblems form={form} tries={tries} />
        {outcome}
        <LocationField form={form} onChosen={suggest} />
        <ActionField form={form} rows={rows} onChosen={suggest} />
        <UrlField form={form} id={id} />
        <TextField
          control={control}
          name="Name"
          label="Name"
          description="Helps you and others find it in the list."
          dir="auto"
          required
          onInput={(event) => setIsNameOwn(event.currentTarget.value !== '')}
        />
        <TextareaField
          control={control}
          name="Description"
          label="Description"
          description="Optional. Say what it is for and whom to ask."
          dir="auto"
          rows={3}
        />
        <ActiveField form={form} />
        <Group>
          {/* not disabled while it sends: that would drop the focus */}
          <Button type="submit" aria-disabled={isSending}>
            {isSending ? busyLabel : submitLabel}
          </Button>
        </Group>
      </Stack>
      <LeaveGuard isDirty={formState.isDirty} />
    </Form>
  )
}
