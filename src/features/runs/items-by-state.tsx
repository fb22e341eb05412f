import { VisuallyHidden } from '@mantine/core'
import { useDeferredValue, useMemo, useState } from 'react'

import type { RunItem, RunItemState } from '#contract/desk/run.ts'
import { SearchInput } from '#ui/controls/search-input.tsx'

import { AT_A_GLANCE, createItemSearch } from './item-search.ts'
import { ItemGroup, type Ticks } from './run-items.tsx'
import { GROUPS } from './run-words.ts'
import classes from './runs.module.css'
import { useRunLocations } from './use-run-locations.ts'

/** Nobody has to act on these, so they open on demand. */
const FOLDED: ReadonlySet<RunItemState> = new Set(['same', 'left-out'])

type ItemsByStateProps = {
  items: readonly RunItem[]
  /** True once the run is over, when its groups have other titles. */
  isOver?: boolean
  /** Ticks of the items that would change. */
  ticks?: Ticks
}

/** The items of a run, grouped by their states; more than a glance takes in can be searched. */
export function ItemsByState({ items, isOver = false, ticks }: ItemsByStateProps) {
  const locations = useRunLocations()
  const [typed, setTyped] = useState('')
  const words = useDeferredValue(typed.trim())
  const search = useMemo(() => createItemSearch(locations), [locations])
  const found = useMemo(() => items.filter(search(items, words)), [search, items, words])

  return (
    <>
      {items.length > AT_A_GLANCE && (
        <div className={classes.search}>
          <SearchInput
            aria-label="Search the items of this run"
            placeholder="Name, location, action or URL"
            className={classes.searchField}
            value={typed}
            onChange={setTyped}
          />
          <span role="status" className={classes.where}>
            {words ? (
              `${found.length.toLocaleString('en')} of ${items.length.toLocaleString('en')} items`
            ) : (
              <VisuallyHidden>All {items.length.toLocaleString('en')} items</VisuallyHidden>
            )}
          </span>
        </div>
      )}
      {GROUPS.map(({ state, title, afterwards = title }) => (
        <ItemGroup
          key={state}
          title={isOver ? afterwards : title}
          items={found.filter((item) => item.state === state)}
          isOpen={!FOLDED.has(state)}
          ticks={state === 'ready' ? ticks : undefined}
        />
      ))}
    </>
  )
}
