import { Button, Checkbox } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'

import { actionLabel } from '#contract/actions/actions.ts'
import type { RunItem } from '#contract/desk/run.ts'
import type { Location } from '#contract/nexudus/location.ts'
import { FieldDiffs } from '#fleet/field-diff.tsx'
import { fieldLabel, valueLabel } from '#fleet/field-words.ts'
import { locationNameOf } from '#fleet/fleet.ts'
import { locationQueries } from '#fleet/webhook-queries.ts'
import { paths } from '#paths'
import { itemReasonText } from '#texts/item-reason-text.ts'
import { Mark } from '#ui/feedback/mark.tsx'
import { CountedGroup } from '#ui/page/counted-group.tsx'

import classes from './runs.module.css'

const SHOWN_AT_FIRST = 100

type ItemGroupProps = {
  title: string
  items: readonly RunItem[]
  /** The current number of items, which is read more often than the items. */
  count?: number
  isOpen: boolean
  /** Adds a tick to each item, to leave it out. */
  ticks?: { isTicked: (item: RunItem) => boolean; toggle: (items: readonly RunItem[]) => void }
}

/** A group of items in the same state, with their number. */
export function ItemGroup({ title, items, count, isOpen, ticks }: ItemGroupProps) {
  const [shown, setShown] = useState(SHOWN_AT_FIRST)
  const { data = [] } = useQuery(locationQueries.list())
  const locations = new Map(data.map((location) => [location.Id, location]))
  if (items.length === 0) return null
  const hidden = items.length - shown

  return (
    <CountedGroup title={title} count={count ?? items.length} isOpen={isOpen}>
      {ticks && items.length > 1 && <TickAll items={items} ticks={ticks} />}
      <ul className={classes.items} aria-label={title}>
        {items.slice(0, shown).map((item) => (
          <li key={item.id} className={classes.item}>
            {ticks && (
              <Checkbox
                className={classes.tick}
                aria-label={`${item.name}, ${whereOf(item, locations)}`}
                checked={ticks.isTicked(item)}
                onChange={() => ticks.toggle([item])}
              />
            )}
            <Item item={item} locations={locations} />
          </li>
        ))}
      </ul>
      {hidden > 0 && (
        <Button size="compact-sm" variant="default" onClick={() => setShown(items.length)}>
          Show {hidden.toLocaleString('en')} more
        </Button>
      )}
    </CountedGroup>
  )
}

function TickAll({
  items,
  ticks,
}: {
  items: readonly RunItem[]
  ticks: NonNullable<ItemGroupProps['ticks']>
}) {
  const ticked = items.filter(ticks.isTicked)
  const areAll = ticked.length === items.length
  return (
    <Checkbox
      className={classes.tickAll}
      label={`${ticked.length.toLocaleString('en')} of ${items.length.toLocaleString('en')} ticked`}
      checked={areAll}
      indeterminate={!areAll && ticked.length > 0}
      onChange={() => ticks.toggle(areAll ? items : items.filter((item) => !ticks.isTicked(item)))}
    />
  )
}

function Item({ item, locations }: { item: RunItem; locations: Map<number, Location> }) {
  const { kind, webhookId, name, reason, diff, state } = item
  const isThere =
    webhookId !== null && state !== 'missing' && !(kind === 'delete' && state === 'done')
  return (
    <div className={classes.itemBody}>
      <div className={classes.itemHead}>
        {isThere ? (
          <Link {...paths.webhook(webhookId)} className={classes.link}>
            <bdi>{name}</bdi>
          </Link>
        ) : (
          <strong>
            <bdi>{name}</bdi>
          </strong>
        )}
        <span className={classes.where}>{whereOf(item, locations)}</span>
        {kind !== 'change' && <Mark>{KINDS[kind]}</Mark>}
      </div>
      {reason && <p className={classes.reason}>{itemReasonText(reason)}</p>}
      {kind === 'create' && state === 'done' && <p className={classes.reason}>Id {webhookId}</p>}
      {state === 'failed' && kind === 'change' && <NotDone item={item} locations={locations} />}
      {kind !== 'delete' && state !== 'failed' && (
        <FieldDiffs
          diff={kind === 'create' ? diff.filter(({ field }) => SHOWN_OF_NEW.has(field)) : diff}
          isWhole={kind === 'create'}
          locations={locations}
        />
      )}
    </div>
  )
}

/**
 * Shows the present value only; an arrow to the wanted one would look as if the change had
 * happened.
 */
function NotDone({ item, locations }: { item: RunItem; locations: Map<number, Location> }) {
  const still = item.isUnsure ? 'was' : 'still'
  return (
    <p className={classes.reason}>
      {item.diff.map(({ field, from, to, isHidden }) => (
        <span key={field} className={classes.still}>
          {fieldLabel(field)}: {still} <bdi>{valueLabel(field, from, locations)}</bdi>
          {(item.isUnsure || isHidden) && (
            <span>
              , requested <bdi>{valueLabel(field, to, locations)}</bdi>
            </span>
          )}
        </span>
      ))}
    </p>
  )
}

const KINDS = { create: 'new', delete: 'delete' } as const

// the first line of a new webhook shows the other fields
const SHOWN_OF_NEW = new Set(['URL', 'Description', 'Active'])

const whereOf = ({ businessId, action }: RunItem, locations: Map<number, Location>) =>
  [
    businessId !== null && locationNameOf(locations, businessId),
    action !== null && actionLabel(action),
  ]
    .filter(Boolean)
    .join(' · ')
