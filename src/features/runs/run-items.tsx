import { Button, Checkbox } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'

import { actionLabel } from '#contract/actions/actions.ts'
import type { RunItem } from '#contract/desk/run.ts'
import { FieldDiffs } from '#fleet/field-diff.tsx'
import { fieldLabel, valueLabel } from '#fleet/field-words.ts'
import { locationNameOf } from '#fleet/fleet.ts'
import { paths } from '#paths'
import { itemReasonText } from '#texts/item-reason-text.ts'
import { Mark } from '#ui/feedback/mark.tsx'
import { CountedGroup } from '#ui/page/counted-group.tsx'

import { AT_A_GLANCE, byLocation, type Locations, type Place } from './item-search.ts'
import classes from './runs.module.css'
import { useRunLocations } from './use-run-locations.ts'

/** So many are drawn at first: a thousand at once would take as long as a second. */
const SHOWN_AT_FIRST = 100

export type Ticks = {
  isTicked: (item: RunItem) => boolean
  toggle: (items: readonly RunItem[]) => void
}

type ItemGroupProps = {
  title: string
  items: readonly RunItem[]
  /** The current number of items, which is read more often than the items. */
  count?: number
  isOpen: boolean
  /** Adds a tick to each item, to leave it out. */
  ticks?: Ticks | undefined
}

/** A group of items in the same state, with their number; many are grouped by location. */
export function ItemGroup({ title, items, count, isOpen, ticks }: ItemGroupProps) {
  const locations = useRunLocations()
  if (items.length === 0) return null
  const places = items.length > AT_A_GLANCE ? byLocation(items, locations) : []

  return (
    <CountedGroup title={title} count={count ?? items.length} isOpen={isOpen}>
      {ticks && items.length > 1 && <TickAll items={items} ticks={ticks} />}
      {places.length > 1 ? (
        places.map((place) => (
          <PlaceItems
            key={place.id}
            place={place}
            isOpen={items.length <= SHOWN_AT_FIRST}
            ticks={ticks}
          />
        ))
      ) : (
        <Items title={title} items={items} ticks={ticks} />
      )}
    </CountedGroup>
  )
}

function PlaceItems({
  place,
  isOpen,
  ticks,
}: {
  place: Place
  isOpen: boolean
  ticks?: Ticks | undefined
}) {
  const { name, items } = place
  const [isShown, setIsShown] = useState(isOpen)
  const ticked = ticks ? items.filter(ticks.isTicked).length : items.length
  return (
    <details
      className={classes.place}
      open={isOpen}
      onToggle={(event) => setIsShown(event.currentTarget.open)}
    >
      <summary className={classes.placeHead}>
        <h3 className={classes.placeName}>
          <bdi>{name}</bdi>
        </h3>{' '}
        <span className={classes.where}>
          {ticked < items.length
            ? `${number(ticked)} of ${number(items.length)}`
            : number(items.length)}
        </span>
      </summary>
      {isShown && (
        <>
          {ticks && items.length > 1 && <TickAll items={items} ticks={ticks} at={name} />}
          <Items title={name} items={items} ticks={ticks} isAtPlace />
        </>
      )}
    </details>
  )
}

type ItemsProps = {
  title: string
  items: readonly RunItem[]
  ticks?: Ticks | undefined
  /** True below the name of their location, which is not repeated then. */
  isAtPlace?: boolean
}

function Items({ title, items, ticks, isAtPlace = false }: ItemsProps) {
  const locations = useRunLocations()
  const [shown, setShown] = useState(SHOWN_AT_FIRST)
  const hidden = items.length - shown
  return (
    <>
      <ul className={classes.items} aria-label={title}>
        {items.slice(0, shown).map((item) => {
          const where = isAtPlace ? actionOf(item) : whereOf(item, locations)
          return (
            <li key={item.id} className={classes.item}>
              {ticks && (
                <Checkbox
                  className={classes.tick}
                  aria-label={`${item.name}, ${where}`}
                  checked={ticks.isTicked(item)}
                  onChange={() => ticks.toggle([item])}
                />
              )}
              <Item item={item} where={where} isInLine={isAtPlace} locations={locations} />
            </li>
          )
        })}
      </ul>
      {hidden > 0 && (
        <Button size="compact-sm" variant="default" onClick={() => setShown(items.length)}>
          Show {number(hidden)} more
        </Button>
      )}
    </>
  )
}

type TickAllProps = {
  items: readonly RunItem[]
  ticks: Ticks
  /** The location, if all items are there. */
  at?: string
}

function TickAll({ items, ticks, at }: TickAllProps) {
  const ticked = items.filter(ticks.isTicked)
  const areAll = ticked.length === items.length
  const words = `${number(ticked.length)} of ${number(items.length)} ticked`
  return (
    <Checkbox
      className={classes.tickAll}
      label={words}
      {...(at !== undefined && { 'aria-label': `${at}: ${words}` })}
      checked={areAll}
      indeterminate={!areAll && ticked.length > 0}
      onChange={() => ticks.toggle(areAll ? items : items.filter((item) => !ticks.isTicked(item)))}
    />
  )
}

type ItemProps = { item: RunItem; where: string; isInLine: boolean; locations: Locations }

function Item({ item, where, isInLine, locations }: ItemProps) {
  const { kind, webhookId, name, reason, diff, state } = item
  const isThere =
    webhookId !== null && state !== 'missing' && !(kind === 'delete' && state === 'done')
  return (
    <div className={classes.itemBody} data-in-line={isInLine || undefined}>
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
        <span className={classes.where}>{where}</span>
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
function NotDone({ item, locations }: { item: RunItem; locations: Locations }) {
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

const number = (count: number) => count.toLocaleString('en')

const actionOf = ({ action }: RunItem) => (action === null ? '' : actionLabel(action))

const whereOf = (item: RunItem, locations: Locations) =>
  [item.businessId !== null && locationNameOf(locations, item.businessId), actionOf(item)]
    .filter(Boolean)
    .join(' · ')
