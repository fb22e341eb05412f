import { Button, Checkbox, NativeSelect } from '@mantine/core'
import type { ReactNode } from 'react'

import { plural } from '#contract/words/plural.ts'
import { SORT_KEYS } from '#features/webhooks/search.ts'
import { Disclosure } from '#ui/controls/disclosure.tsx'
import { withCount } from '#ui/controls/filter-menu.tsx'
import { FilterOptions, type FilterChoices } from '#ui/controls/filter-options.tsx'
import { Sheet } from '#ui/feedback/sheet.tsx'
import type { OpenAt } from '#ui/hooks/open-at.ts'

import { HealthChips } from './health-chips.tsx'
import classes from './list-filters.module.css'
import { SORTED_BY } from './list-pages.tsx'
import type { List } from './use-list.ts'

type ListSheetProps = OpenAt & {
  list: List
  filters: readonly FilterChoices[]
  /** The number of chosen values. */
  inUse: number
}

/** Order and filters of the list on a phone. Each press counts at once, as on a wide screen. */
export function ListSheet({ list, filters, inUse, button, onClose }: ListSheetProps) {
  const { query, counts } = list
  function close() {
    onClose()
    button.focus({ preventScroll: true })
  }
  return (
    <Sheet
      title="Filters"
      onClose={close}
      foot={
        <>
          {/* not disabled: that would drop the focus */}
          <Button
            variant="default"
            aria-disabled={inUse === 0}
            data-disabled={inUse === 0 || undefined}
            onClick={list.clear}
          >
            Clear
          </Button>
          <Button onClick={close}>{`Show ${plural(list.total, 'webhook')}`}</Button>
        </>
      }
    >
      <SortFields list={list} />
      {filters.map((filter) => (
        <Fold key={filter.label} label={filter.label} inUse={filter.chosen.length}>
          <FilterOptions {...filter} isInSheet />
        </Fold>
      ))}
      <Fold label="Health" inUse={query.health.length}>
        <div className={classes.chips}>
          <HealthChips
            counts={counts.health}
            chosen={query.health}
            addressOf={(state) => list.addressOf('health', state)}
            onToggle={(state) => list.toggle('health', state)}
          />
        </div>
      </Fold>
    </Sheet>
  )
}

type FoldProps = { label: string; inUse: number; children: ReactNode }

const Fold = ({ label, inUse, children }: FoldProps) => (
  <Disclosure className={classes.fold} summary={withCount(label, inUse)}>
    {() => children}
  </Disclosure>
)

function SortFields({ list }: { list: List }) {
  const { sort, isDescending } = list.query
  return (
    <div className={classes.sort}>
      <NativeSelect
        label="Sort by"
        value={sort}
        data={SORT_KEYS.map((key) => ({ value: key, label: capital(SORTED_BY[key]) }))}
        onChange={({ currentTarget: { value } }) => {
          const by = SORT_KEYS.find((key) => key === value)
          if (by) list.sortBy(by, false)
        }}
      />
      <Checkbox
        label="Reversed"
        checked={isDescending}
        onChange={({ currentTarget: { checked } }) => list.sortBy(sort, checked)}
      />
    </div>
  )
}

const capital = (words: string) => words.charAt(0).toUpperCase() + words.slice(1)
