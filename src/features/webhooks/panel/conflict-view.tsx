import { Alert, Radio, Stack, Text } from '@mantine/core'

import { actionLabel } from '#contract/actions/actions.ts'
import type { EditableField, WebhookFields } from '#contract/nexudus/webhook.ts'
import { FIELD_LABELS } from '#features/webhooks/form/form-problems.tsx'
import type { WebhookForm } from '#features/webhooks/form/webhook-form.tsx'
import { locationNameOf } from '#fleet/fleet.ts'
import { useFleet } from '#fleet/use-fleet.ts'

import classes from './conflict-view.module.css'

export type Conflict = {
  /** The record as it is now. */
  theirs: WebhookFields
  mine: WebhookFields
  fields: EditableField[]
  by: string | null
}

/**
 * Shows both versions if another person changed the webhook meanwhile, with a choice for each
 * field.
 */
export function ConflictView({ conflict, form }: { conflict: Conflict; form: WebhookForm }) {
  const { theirs, mine, fields, by } = conflict
  const { locations } = useFleet()
  const values = form.watch()

  const show = (field: EditableField, version: WebhookFields) => {
    if (field === 'BusinessId') return locationNameOf(locations, version.BusinessId)
    if (field === 'Action') return actionLabel(version.Action)
    if (field === 'Active') return onWord(version.Active)
    // whole, keys included: two URLs may differ in nothing else, and a person who edits sees them
    // anyway
    return version[field] || '(empty)'
  }

  return (
    <Alert
      role="alert"
      color="orange"
      variant="light"
      title={`${by ?? 'Someone'} changed this webhook while you were editing`}
    >
      <Text size="sm">Nothing was saved. Compare the values, choose, then save again.</Text>
      <Stack mt="sm" gap="sm">
        {fields.map((field) => (
          <Radio.Group
            key={field}
            label={FIELD_LABELS[field]}
            value={values[field] === theirs[field] ? 'theirs' : 'mine'}
            onChange={(choice) =>
              form.setValue(field, (choice === 'theirs' ? theirs : mine)[field], {
                shouldDirty: true,
              })
            }
          >
            <Stack gap={4} mt={4} className={classes.choice}>
              <Radio value="theirs" label={`Theirs: ${show(field, theirs)}`} />
              <Radio value="mine" label={`Mine: ${show(field, mine)}`} />
            </Stack>
          </Radio.Group>
        ))}
      </Stack>
    </Alert>
  )
}

const onWord = (active: boolean | null) =>
  active === null ? '(unreadable)' : active ? 'on' : 'off'
