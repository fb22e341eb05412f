import { findActionDetails } from '#contract/actions/action-details.ts'
import { ACTION_GROUPS, type Action } from '#contract/actions/actions.ts'

import { searchActions } from './action-search.ts'

/** Offers actions: all of them by group, or the matches for a query. */
export function actionGroups<Value>(query: string, valueOf: (number: number) => Value) {
  const options = searchActions(query).map(({ action, because }) => ({
    group: action.group,
    option: toOption(action, valueOf, because),
  }))
  // best matches first; groups would break that order
  if (query.trim()) return [{ label: null, options: options.map(({ option }) => option) }]
  return ACTION_GROUPS.map((label) => ({
    label,
    options: options.filter(({ group }) => group === label).map(({ option }) => option),
  }))
}

export function toOption<Value>(
  { number, label, name }: Action,
  valueOf: (number: number) => Value,
  because?: string,
) {
  const { contrast, fires } = findActionDetails(number) ?? {}
  return {
    value: valueOf(number),
    label,
    note: contrast ?? fires ?? undefined,
    code: name,
    because,
  }
}
