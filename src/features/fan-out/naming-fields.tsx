import { Checkbox, Radio, Stack, TextInput } from '@mantine/core'

import { EVENTS_WHILE_OFF } from '#texts/pause-words.ts'
import { PlainTextarea } from '#ui/controls/form.tsx'

import type { Draft, Task } from './plan.ts'

type NamingFieldsProps = {
  task: Task
  draft: Draft
  errors: { pattern?: string | undefined; Description?: string | undefined }
  onChange: (change: Partial<Draft>) => void
}

const HELP =
  'Hookdesk fills in each {…}: {action} and {location} with their names, {number} and {name} with the number and name of the action in the API.'

/** Fields for name, description and whether the webhooks start at once. */
export function NamingFields({ task, draft, errors, onChange }: NamingFieldsProps) {
  const isCopy = task.kind === 'copy'
  return (
    <Stack>
      {isCopy && (
        <Radio.Group
          label="Names"
          value={draft.keepsNames ? 'keep' : 'pattern'}
          onChange={(value) => onChange({ keepsNames: value === 'keep' })}
        >
          <Stack gap="xs" mt="xs">
            <Radio value="pattern" label="From a pattern" />
            <Radio
              value="keep"
              label="Keep the name"
              description="A location name in it is replaced by the new location’s name."
            />
          </Stack>
        </Radio.Group>
      )}
      {(!isCopy || !draft.keepsNames) && (
        <TextInput
          id="fan-pattern"
          label="Names"
          description={HELP}
          {...(isCopy && { label: 'Pattern' })}
          autoComplete="off"
          spellCheck={false}
          dir="auto"
          required
          error={errors.pattern}
          value={draft.pattern}
          onChange={(event) => onChange({ pattern: event.currentTarget.value })}
        />
      )}
      {!isCopy && (
        <PlainTextarea
          id="fan-Description"
          label="Description"
          description="Optional, and the same for all. Say what they are for and whom to ask."
          dir="auto"
          rows={3}
          error={errors.Description}
          value={draft.Description}
          onChange={(event) => onChange({ Description: event.currentTarget.value })}
        />
      )}
      <Checkbox
        label="Active"
        description={`Off: nothing is sent. ${EVENTS_WHILE_OFF}`}
        checked={draft.Active}
        onChange={(event) => onChange({ Active: event.currentTarget.checked })}
      />
    </Stack>
  )
}
