import { IconArrowRight } from '@tabler/icons-react'

import { actionLabel } from '#contract/actions.ts'
import type { Location } from '#contract/location.ts'
import type { FieldDiff } from '#contract/run.ts'

import classes from './field-diff.module.css'
import { locationNameOf } from './fleet.ts'

const FIELD_WORDS: Record<string, string> = { BusinessId: 'Location', URL: 'Address' }

type FieldDiffsProps = { diff: readonly FieldDiff[]; locations: Map<number, Location> }

/** What changes of a webhook, field by field: from what, to what. */
export function FieldDiffs({ diff, locations }: FieldDiffsProps) {
  return (
    <ul className={classes.fields}>
      {diff.map((field) => (
        <li key={field.field} className={classes.field}>
          <span className={classes.name}>{FIELD_WORDS[field.field] ?? field.field}</span>
          <span className={classes.values}>
            {field.from !== null && (
              <>
                <Value field={field} text={field.from} locations={locations} />
                <span className={classes.arrow}>
                  <IconArrowRight size={14} aria-hidden />
                  <span className={classes.hidden}> becomes </span>
                </span>
              </>
            )}
            <Value field={field} text={field.to} locations={locations} />
            {field.isHidden && <small> (they differ in what is hidden)</small>}
          </span>
        </li>
      ))}
    </ul>
  )
}

type ValueProps = { field: FieldDiff; text: string | null; locations: Map<number, Location> }

function Value({ field, text, locations }: ValueProps) {
  if (text === null) return <em className={classes.none}>nothing</em>
  return <bdi className={classes.value}>{wordOf(field.field, text, locations)}</bdi>
}

function wordOf(field: string, text: string, locations: Map<number, Location>): string {
  if (field === 'Active') return text === 'true' ? 'On' : 'Off'
  if (field === 'BusinessId') return locationNameOf(locations, Number(text))
  if (field === 'Action') return actionLabel(Number(text))
  return text
}
