import { Button } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { Suspense } from 'react'

import { lazyPart } from '#ui/feedback/load-part.ts'
import { useLoadAhead } from '#ui/hooks/load-ahead.ts'
import { useOpenAt } from '#ui/hooks/open-at.ts'

import classes from './filter-menu.module.css'
import type { FilterChoices } from './filter-popover.tsx'

// what places a popover is a sixth of the first page, and nobody waits for it there
const FilterPopover = lazyPart(() => import('./filter-popover.tsx'), 'FilterPopover')
const loadPopover = () => [FilterPopover.preload()]

/** A filter by several values of one kind, each with the number of matches. */
export function FilterMenu(choices: FilterChoices) {
  useLoadAhead(loadPopover)
  const { open, buttonProps } = useOpenAt()
  const { label, chosen } = choices
  return (
    <span className={classes.place}>
      <Button
        variant={chosen.length > 0 ? 'light' : 'default'}
        rightSection={<IconChevronDown size={16} aria-hidden />}
        aria-haspopup="dialog"
        {...buttonProps}
      >
        {chosen.length > 0 ? `${label}: ${chosen.length}` : label}
      </Button>
      <Suspense>{open && <FilterPopover {...choices} {...open} />}</Suspense>
    </span>
  )
}
