import { actionLabel, findAction, type Action } from '#contract/actions/actions.ts'
import { Picker, type PickerGroup, type PickerProps } from '#ui/controls/picker.tsx'

import { actionGroups, toOption } from './action-options.ts'
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
      search={(query) => groupsFor(query, offered)}
      nothingFound={explainNoAction}
      onChange={(chosen) => onChange(Number(chosen))}
    />
  )
}

function groupsFor(query: string, used: readonly Action[]): PickerGroup[] {
  const groups = actionGroups(query, String)
  if (query.trim() || used.length === 0) return groups
  const options = used.map((action) => toOption(action, String))
  return [{ label: 'Used at this location', options }, ...groups]
}
