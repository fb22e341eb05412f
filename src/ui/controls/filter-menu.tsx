import { lazyPart } from '#ui/feedback/load-part.ts'
import { useLoadAhead } from '#ui/hooks/load-ahead.ts'

import classes from './filter-menu.module.css'
import type { FilterChoices } from './filter-options.tsx'
import { OpenButton } from './open-button.tsx'

// what places a popover is a sixth of the first page, and nobody waits for it there
const FilterPopover = lazyPart(() => import('./filter-popover.tsx'), 'FilterPopover')
const loadPopover = () => [FilterPopover.preload()]

/** A filter by several values of one kind, each with the number of matches. */
export function FilterMenu(choices: FilterChoices) {
  useLoadAhead(loadPopover)
  return (
    <OpenButton
      kind="dialog"
      label={withCount(choices.label, choices.chosen.length)}
      isInUse={choices.chosen.length > 0}
      className={classes.place}
    >
      {(open) => <FilterPopover {...choices} {...open} />}
    </OpenButton>
  )
}

/** The label of a filter, with the number of its chosen values. */
export const withCount = (label: string, count: number) =>
  count > 0 ? `${label}: ${count}` : label
