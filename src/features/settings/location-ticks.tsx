import { useQuery } from '@tanstack/react-query'

import { locationName, type Location } from '#contract/nexudus/location.ts'
import { plural } from '#contract/words/plural.ts'
import { locationQueries } from '#fleet/webhook-queries.ts'
import { Disclosure } from '#ui/controls/disclosure.tsx'
import { PlainCheckbox } from '#ui/controls/plain-checkbox.tsx'

import classes from './settings.module.css'

type LocationTicksProps = { chosen: number[] | null; onChange: (chosen: number[] | null) => void }

/** Chooses all locations, or some of them. */
export function LocationTicks({ chosen, onChange }: LocationTicksProps) {
  const { data: locations = NONE } = useQuery(locationQueries.list())
  const isChosen = (id: number) => chosen === null || chosen.includes(id)
  const ids = locations.map(({ Id }) => Id)
  function toggle(id: number) {
    const next = isChosen(id)
      ? (chosen ?? ids).filter((each) => each !== id)
      : [...(chosen ?? []), id]
    onChange(next.length === ids.length ? null : next)
  }
  const summary = chosen === null ? 'All locations you may see' : plural(chosen.length, 'location')
  return (
    <fieldset className={classes.locations}>
      <legend>Locations</legend>
      <Disclosure summary={summary}>
        {() => (
          <ul className={classes.ticks}>
            {locations.map((location) => (
              <li key={location.Id}>
                <label className={classes.tick}>
                  <PlainCheckbox
                    checked={isChosen(location.Id)}
                    onChange={() => toggle(location.Id)}
                  />
                  <bdi>{locationName(location)}</bdi>
                </label>
              </li>
            ))}
          </ul>
        )}
      </Disclosure>
    </fieldset>
  )
}

const NONE: Location[] = []
