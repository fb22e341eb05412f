import { findActionDetails } from '#contract/actions/action-details.ts'
import { ACTION_GROUPS, actionLabel, findAction, type Action } from '#contract/actions/actions.ts'
import {
  Picker,
  type PickerGroup,
  type PickerOption,
  type PickerProps,
} from '#ui/controls/picker.tsx'

import { searchActions, type ActionMatch } from './action-search.ts'
import { explainNoAction } from './explain-no-action.tsx'

type ActionPickerProps = Pick<
  PickerProps,
  'ref' | 'id' | 'description' | 'error' | 'required' | 'readOnly' | 'onBlur'
> & {
  /** The number of the chosen one; 0 for none. */
  value: number
  /** Offered on top: the numbers of those in use where it is asked. */
  used: readonly number[]
  onChange: (action: number) => void
}

const USED_AT_MOST = 5

/** One of 89 actions, found in the administrator's own words. */
export function ActionPicker({ value, used, onChange, ...props }: ActionPickerProps) {
  const known = [...new Set(used)].flatMap((number) => findAction(number) ?? [])
  const offered = known.slice(0, USED_AT_MOST)
  return (
    <Picker
      {...props}
      label="Action"
      placeholder="When should it fire?"
      value={value ? String(value) : null}
      chosen={value ? actionLabel(value) : ''}
      noun={{ one: 'action', many: 'actions' }}
      search={(query) => groupsFor(query, searchActions(query), offered)}
      nothingFound={explainNoAction}
      onChange={(chosen) => onChange(Number(chosen))}
    />
  )
}

function groupsFor(query: string, matches: ActionMatch[], used: Action[]): PickerGroup[] {
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
