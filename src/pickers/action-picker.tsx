import { actionLabel, findAction, type Action } from '#contract/actions/actions.ts'
import { Picker, type PickerGroup, type PickerProps } from '#ui/controls/picker.tsx'

import { actionGroups, toOption } from './action-options.ts'
import { explainNoAction } from './explain-no-action.tsx'

type ActionPickerProps = Pick<
  PickerProps,
  'ref' | 'id' | 'description' | 'error' | 'required' | 'onBlur'
> & {
  /** The number of the chosen action; 0 for none. */
  value: number
  /** The numbers of the actions already in use, which are offered first. */
  used: readonly number[]
  onChange: (action: number) => void
}

const USED_AT_MOST = 5

/** A picker for one of the 89 actions, which people find in their own words. */
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
