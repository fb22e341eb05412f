import { Button } from '@mantine/core'
import { useState } from 'react'

import type { CoverageViewProps } from '#features/coverage/grid/coverage-grid.tsx'
import { NO_WEBHOOKS } from '#features/coverage/totals.ts'
import { useIsPrinting } from '#ui/hooks/printing.ts'

import classes from './coverage-list.module.css'
import { LocationCard } from './location-card.tsx'

// a card holds dozens of webhooks; people do not read five hundred cards
const SHOWN_AT_FIRST = 20

/** The same as the grid, location by location: its webhooks, the stopped ones, and the gaps. */
export function CoverageList({ coverage, shown, ticked, acts, barredAt }: CoverageViewProps) {
  const [asked, setAsked] = useState(SHOWN_AT_FIRST)
  const limit = useIsPrinting() ? shown.locations.length : asked
  const rest = shown.locations.length - limit
  return (
    <>
      <ul className={classes.list} aria-label="Coverage">
        {shown.locations.slice(0, limit).map((location) => (
          <LocationCard
            key={location.id}
            location={location}
            total={shown.totals.byLocation.get(location.id) ?? NO_WEBHOOKS}
            actions={shown.actions}
            others={coverage.others}
            ticked={ticked.get(location.id)}
            barred={barredAt(location)}
            acts={acts}
          />
        ))}
      </ul>
      {rest > 0 && (
        <Button
          variant="default"
          className={classes.more}
          onClick={() => setAsked(limit + SHOWN_AT_FIRST)}
        >
          Show {Math.min(rest, SHOWN_AT_FIRST)} more of {rest}
        </Button>
      )}
    </>
  )
}
