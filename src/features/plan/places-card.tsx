import { Button, Text } from '@mantine/core'

import { LocationPicker } from '#pickers/location-picker.tsx'
import { Card } from '#ui/page/card.tsx'
import { byCount } from '#contract/words/plural.ts'

import type { PlanPlace } from './plan-places.ts'
import classes from './plan.module.css'

type PlacesCardProps = {
  places: readonly PlanPlace[]
  isForeign: boolean
  locations: ReadonlyMap<number, string>
  choices: ReadonlyMap<string, number | null>
  onChoose: (key: string, id: number | null) => void
}

/** Asks which existing locations a file means, if it names others. */
export function PlacesCard(props: PlacesCardProps) {
  const { places, isForeign, locations, choices, onChoose } = props
  const names = [...locations].map(([id, name]) => ({ id, name }))
  return (
    <Card title="Match the locations">
      <Text size="sm" c="dimmed">
        {isForeign
          ? 'The file seems to come from another network, so its numbers mean nothing here. Hookdesk matches webhooks by location, action and URL, or by name.'
          : 'The file names locations that do not exist here, or not by that name.'}
      </Text>
      <ul className={classes.places} aria-label="Locations in the file">
        {places.map((place) => {
          const { key, guess } = place
          const chosen = choices.has(key) ? (choices.get(key) ?? null) : guess
          const isLeftOut = choices.has(key) && chosen === null
          const title = titleOf(place)
          return (
            <li key={key} className={classes.place}>
              <span className={classes.placeName}>
                <bdi>{title}</bdi>
                <small>{linesOf(place)}</small>
              </span>
              <div role="group" aria-label={`For ${title}`} className={classes.placeChoice}>
                <LocationPicker
                  value={chosen ?? 0}
                  chosen={chosen === null ? '' : (locations.get(chosen) ?? '')}
                  choices={names}
                  onChange={(id) => onChoose(key, id)}
                />
                <Button
                  variant={isLeftOut ? 'filled' : 'default'}
                  aria-pressed={isLeftOut}
                  onClick={() => onChoose(key, null)}
                >
                  Leave out
                </Button>
              </div>
            </li>
          )
        })}
      </ul>
    </Card>
  )
}

function titleOf({ name, number }: PlanPlace): string {
  if (name === null) return `Location ${number}`
  return number === null ? name : `${name} (${number})`
}

const NAMED_AT_MOST = 5

function linesOf({ lines }: PlanPlace): string {
  const named = lines.slice(0, NAMED_AT_MOST).join(', ')
  const more = lines.length - NAMED_AT_MOST
  return `${byCount(lines.length, 'line', 'lines')} ${named}${more > 0 ? ` and ${more} more` : ''}`
}
