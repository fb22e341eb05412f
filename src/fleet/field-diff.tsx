import { VisuallyHidden } from '@mantine/core'
import { IconArrowRight } from '@tabler/icons-react'

import type { FieldDiff } from '#contract/desk/run.ts'
import type { Location } from '#contract/nexudus/location.ts'

import classes from './field-diff.module.css'
import { fieldLabel, valueLabel } from './field-words.ts'

type FieldDiffsProps = {
  diff: readonly FieldDiff[]
  /**
   * True for a webhook that was created or deleted: its values are shown without before and after.
   */
  isWhole: boolean
  locations: Map<number, Location>
}

/** Lists the values before and after, field by field. */
export function FieldDiffs({ diff, isWhole, locations }: FieldDiffsProps) {
  return (
    <div className={classes.box}>
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
    </div>
  )
}

function Change({ diff, locations }: { diff: FieldDiff; locations: Map<number, Location> }) {
  const { field, from, to, isHidden } = diff
  if (isHidden) {
    return (
      <>
        <bdi>{valueLabel(field, to, locations)}</bdi>
        <span className={classes.note}> The hidden part was changed.</span>
      </>
    )
  }
  return (
    <span>
      <del className={classes.from}>
        <bdi>{valueLabel(field, from, locations)}</bdi>
      </del>{' '}
      <IconArrowRight size={14} aria-hidden className={classes.arrow} />
      <VisuallyHidden>changed to</VisuallyHidden>{' '}
      <ins className={classes.to}>
        <bdi>{valueLabel(field, to, locations)}</bdi>
      </ins>
    </span>
  )
}
