import { VisuallyHidden } from '@mantine/core'
import { IconArrowRight } from '@tabler/icons-react'

import type { HistoryEntry } from '#contract/history.ts'
import type { Location } from '#contract/location.ts'
import type { FieldDiff } from '#contract/run.ts'

import classes from './diff-list.module.css'
import { fieldLabel, valueLabel } from './entry-words.ts'

type DiffListProps = { entry: HistoryEntry; locations: Map<number, Location> }

/** Field by field from what to what; of what was made or deleted, all it had, on demand. */
export function DiffList({ entry, locations }: DiffListProps) {
  const { kind, diff } = entry
  if (diff.length === 0) return null
  const isWhole = kind === 'create' || kind === 'delete'
  const list = (
    <dl className={classes.list}>
      {diff.map((each) => (
        <div key={each.field} className={classes.line}>
          <dt className={classes.field}>{fieldLabel(each.field)}</dt>
          <dd className={classes.value}>
            {isWhole ? (
              <bdi>{valueLabel(each.field, each.to ?? each.from, locations)}</bdi>
            ) : (
              <Change diff={each} locations={locations} />
            )}
          </dd>
        </div>
      ))}
    </dl>
  )
  if (!isWhole) return list
  return (
    <details className={classes.details}>
      <summary>{kind === 'create' ? 'What it was made with' : 'What it had'}</summary>
      {list}
    </details>
  )
}

function Change({ diff, locations }: { diff: FieldDiff; locations: Map<number, Location> }) {
  const { field, from, to, isHidden } = diff
  if (isHidden) {
    return (
      <>
        <bdi>{valueLabel(field, to, locations)}</bdi>{' '}
        <span className={classes.note}>What is hidden of it was changed.</span>
      </>
    )
  }
  return (
    <>
      <del className={classes.from}>
        <bdi>{valueLabel(field, from, locations)}</bdi>
      </del>{' '}
      <IconArrowRight size={14} aria-hidden className={classes.arrow} />
      <VisuallyHidden>became</VisuallyHidden>{' '}
      <ins className={classes.to}>
        <bdi>{valueLabel(field, to, locations)}</bdi>
      </ins>
    </>
  )
}
