import { Anchor } from '@mantine/core'
import { useController } from 'react-hook-form'

import { findActionDetails } from '#contract/action-details.ts'
import { searchActions } from '#contract/action-search.ts'
import {
  ACTION_GROUPS,
  actionApiName,
  actionLabel,
  findAction,
  type Action,
} from '#contract/actions.ts'
import { Picker, type PickerGroup, type PickerOption } from '#ui/picker.tsx'

import type { FleetRow } from './fleet.ts'
import type { WebhookForm } from './webhook-form.tsx'

type ActionFieldProps = {
  form: WebhookForm
  rows: readonly FleetRow[]
  isReadOnly: boolean
  onChosen: () => void
}

const USED_AT_MOST = 5

// its index takes a moment to make; no key press should pay for that
requestIdleCallback?.(() => searchActions(''))

/** When it fires: one of 89 actions, found in the administrator's own words. */
export function ActionField({ form, rows, isReadOnly, onChosen }: ActionFieldProps) {
  const { field, fieldState } = useController({ control: form.control, name: 'Action' })
  const used = usedAt(rows, form.watch('BusinessId'))

  return (
    <Picker
      ref={field.ref}
      id="field-Action"
      label="Action"
      description={describe(field.value)}
      placeholder="When should it fire?"
      required
      readOnly={isReadOnly}
      error={fieldState.error?.message}
      value={field.value ? String(field.value) : null}
      chosen={field.value ? actionLabel(field.value) : ''}
      noun={{ one: 'action', many: 'actions' }}
      search={(query) => groupsFor(query, used)}
      nothingFound={explainNothing}
      onChange={(value) => {
        field.onChange(Number(value))
        onChosen()
      }}
      onBlur={field.onBlur}
    />
  )
}

const explainNothing = (query: string) => (
  <>
    No action matches “{query}”. Clear the text to browse all 89, or read{' '}
    <Anchor href="https://learn.nexudus.com" target="_blank" rel="noreferrer" size="sm">
      what Nexudus documents
    </Anchor>
    .
  </>
)

/** Only says when it fires where that is known: a wrong sentence is worse than none. */
function describe(number: number): string {
  if (!number) return 'When should it fire?'
  if (!findAction(number)) return 'Hookdesk does not know this action. It stays as it is.'
  const fires = findActionDetails(number)?.fires ?? 'Nexudus does not document the exact moment.'
  return `${actionApiName(number)}. ${fires}`
}

function usedAt(rows: readonly FleetRow[], businessId: number): Action[] {
  const numbers = rows
    .filter(({ webhook }) => webhook.BusinessId === businessId)
    .map(({ webhook }) => webhook.Action)
  return [...new Set(numbers)].flatMap((number) => findAction(number) ?? []).slice(0, USED_AT_MOST)
}

function groupsFor(query: string, used: Action[]): PickerGroup[] {
  const matches = searchActions(query)
  if (query.trim()) {
    // best first, so groups would only tear the order apart
    return [
      { label: null, options: matches.map(({ action, because }) => toOption(action, because)) },
    ]
  }
  const groups = ACTION_GROUPS.map((label) => ({
    label,
    options: matches
      .filter(({ action }) => action.group === label)
      .map(({ action }) => toOption(action)),
  }))
  if (used.length === 0) return groups
  return [
    { label: 'Used at this location', options: used.map((action) => toOption(action)) },
    ...groups,
  ]
}

function toOption(action: Action, because?: string): PickerOption {
  const details = findActionDetails(action.number)
  return {
    value: String(action.number),
    label: action.label,
    note: details?.contrast ?? details?.fires ?? undefined,
    code: action.name,
    because,
  }
}
