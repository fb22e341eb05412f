import { useCallback } from 'react'

import { createEntryState } from '#ui/hooks/entry-state.ts'

import type { Coverage } from './coverage.ts'

/** The ticked actions, by location; a location's set stays the same while others change. */
export type Ticked = ReadonlyMap<number, ReadonlySet<number>>

const NONE: Ticked = new Map()

const useKeptTicks = createEntryState<Ticked>()

/**
 * The gaps ticked to be filled at once. They are not in the address, because they would surprise a
 * person who receives the link.
 */
export function useTicked() {
  const [ticked, setTicked] = useKeptTicks(NONE)

  const toggle = useCallback(
    (location: number, action: number) => {
      setTicked((before) => {
        const actions = new Set(before.get(location))
        if (!actions.delete(action)) actions.add(action)
        const after = new Map(before)
        if (actions.size === 0) after.delete(location)
        else after.set(location, actions)
        return after
      })
    },
    [setTicked],
  )

  return { ticked, toggle, clear: () => setTicked(NONE) }
}

/** The ticked gaps as the fan-out reads them: "1400000002:6,1400000003:21". */
export const cellsOf = (ticked: Ticked) =>
  [...ticked].flatMap(([location, actions]) =>
    [...actions].map((action) => `${location}:${action}`),
  )

/** Removes gaps that have been filled meanwhile. */
export function withoutFilled(ticked: Ticked, { locations }: Coverage): Ticked {
  const left = locations.flatMap(({ id, cells }): [number, ReadonlySet<number>][] => {
    const gaps = [...(ticked.get(id) ?? [])].filter((action) => !cells.has(action))
    return gaps.length > 0 ? [[id, new Set(gaps)]] : []
  })
  return new Map(left)
}
