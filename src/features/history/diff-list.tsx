import type { HistoryEntry } from '#contract/history.ts'
import type { Location } from '#contract/location.ts'
import { FieldDiffs } from '#fleet/field-diff.tsx'

import classes from './entry-card.module.css'

type DiffListProps = { entry: HistoryEntry; locations: Map<number, Location> }

/** From what to what; of what was made or deleted, all it had, on demand. */
export function DiffList({ entry, locations }: DiffListProps) {
  const { kind, diff } = entry
  if (diff.length === 0) return null
  const isWhole = kind === 'create' || kind === 'delete'
  const list = <FieldDiffs diff={diff} isWhole={isWhole} locations={locations} />
  if (!isWhole) return list
  return (
    <details className={classes.details}>
      <summary>{kind === 'create' ? 'What it was made with' : 'What it had'}</summary>
      {list}
    </details>
  )
}
