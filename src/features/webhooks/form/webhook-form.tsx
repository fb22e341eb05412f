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
  /** Whether the name was written by somebody, and is not ours to suggest anew. */
  isNameOwn?: boolean
  /** Of the record that is edited; none while a new one is made. */
  id: number | undefined
  /** Whether the record is active by now: the list beside the form may have switched it. */
  isActiveNow?: boolean | null
  submitLabel: string
  busyLabel: string
  isBusy: boolean
  /** Why nothing can be saved; the fields are then to be read only. */
  reason: ReactNode | undefined
  /** What the last try came to, where it is not a matter of one field. */
  outcome: ReactNode
  /** What was typed before a reload; over the defaults, and as unsaved as it was then. */
  typed?: Partial<WebhookFields> | undefined
  /** Told of the values whenever they change. */
  onValues?: (values: Partial<WebhookFields>) => void
  /** Sends the values; what is refused, it puts beside the fields itself. */
  onSubmit: (input: WebhookFields, form: WebhookForm) => Promise<unknown>
}

/** The fields of a webhook, on one screen, shared by making and editing one. */
export function WebhookForm(props: WebhookFormProps) {
  const {
    defaultValues,
    id,
    isActiveNow,
    submitLabel,
    busyLabel,
    isBusy,
    reason,
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
    // a failed Save leads to the summary, which leads to the fields
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
  // before the form can be typed into; an effect comes a moment after it is seen
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
  const isReadOnly = reason !== undefined

  // from the press on: the check of the fields comes before anything is sent
  const isSending = isBusy || formState.isSubmitting

  // counted when all is done, so that the summary is there to take the focus
  const submit = () =>
    form
      .handleSubmit((input) => onSubmit(input, form))()
      .finally(() => setTries((before) => before + 1))

  /** A name is suggested until the person writes one; that one is never overwritten. */
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
        if (!isSending && !isReadOnly) void submit()
      }}
    >
      <Stack>
        <FormProblems form={form} tries={tries} />
        {outcome}
        <LocationField form={form} isReadOnly={isReadOnly} onChosen={suggest} />
        <ActionField form={form} rows={rows} isReadOnly={isReadOnly} onChosen={suggest} />
        <UrlField form={form} rows={rows} id={id} isReadOnly={isReadOnly} />
        <TextField
          control={control}
          name="Name"
          label="Name"
          description="Helps you and others find it in the list."
          dir="auto"
          readOnly={isReadOnly}
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
          readOnly={isReadOnly}
        />
        <ActiveField form={form} isReadOnly={isReadOnly} />
        {isReadOnly ? (
          <p>{reason}</p>
        ) : (
          <Group>
            {/* not disabled while it sends: that would drop the focus */}
            <Button type="submit" aria-disabled={isSending}>
              {isSending ? busyLabel : submitLabel}
            </Button>
          </Group>
        )}
      </Stack>
      <LeaveGuard isDirty={formState.isDirty && !isReadOnly} />
    </Form>
  )
}
