import { Button } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'

import { cellsOf, type Ticked } from '#features/coverage/use-ticked.ts'
import { paths } from '#paths'
import { plural } from '#contract/words/plural.ts'

import classes from './coverage-page.module.css'

/** The acts for all ticked gaps. */
export function TickedBar({ ticked, onClear }: { ticked: Ticked; onClear: () => void }) {
  const navigate = useNavigate()
  const cells = cellsOf(ticked)
  if (cells.length === 0) return null

  return (
    <section aria-label="Ticked gaps" className={classes.ticked}>
      <span className={classes.tickedCount}>{plural(cells.length, 'gap', 'gaps')} ticked</span>
      <Button
        onClick={() => void navigate({ ...paths.fanOut(), search: { cells: cells.join(',') } })}
      >
        Create webhooks…
      </Button>
      <Button variant="subtle" onClick={onClear}>
        Clear
      </Button>
    </section>
  )
}
