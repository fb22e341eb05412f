import type { PlanEntry } from './plan-entry.ts'
import type { Plan } from './plan-read.ts'

/** A location that a plan names, with the existing location that it may be. */
export type PlanPlace = {
  key: string
  number: number | null
  name: string | null
  lines: number[]
  /** The existing location, if the match is certain. */
  here: number | null
  /** A possible match, for the person to confirm. */
  guess: number | null
}

export type PlanPlaces = {
  places: PlanPlace[]
  /** True if the numbers in the file are those of another network; they are ignored then. */
  isForeign: boolean
}

export const placeKey = ({ place }: Pick<PlanEntry, 'place'>) =>
  place.number === null && place.name === null ? null : JSON.stringify([place.number, place.name])

/** The locations of a plan, each with its certain or possible match in `locations`. */
export function placesOf(plan: Plan, locations: ReadonlyMap<number, string>): PlanPlaces {
  const byName = new Map<string, number[]>()
  for (const [id, name] of locations)
    byName.set(plain(name), [...(byName.get(plain(name)) ?? []), id])
  const named = (name: string | null) => {
    const ids = name === null ? [] : (byName.get(plain(name)) ?? [])
    return ids.length === 1 ? (ids[0] ?? null) : null
  }

  const places = new Map<string, PlanPlace>()
  for (const entry of plan.entries) {
    const key = placeKey(entry)
    if (key === null) continue
    const known = places.get(key)
    if (known) {
      known.lines.push(entry.line)
      continue
    }
    const { number, name } = entry.place
    const fits = number !== null && isSame(name, number, locations)
    const here = fits ? number : number === null ? named(name) : null
    const guess = named(name) ?? (number !== null && locations.has(number) ? number : null)
    places.set(key, { key, number, name, lines: [entry.line], here, guess })
  }
  const numbered = [...places.values()].filter(({ number }) => number !== null)
  const isForeign = numbered.length > 0 && numbered.every(({ here }) => here === null)
  return { places: [...places.values()], isForeign }
}

function isSame(name: string | null, number: number, locations: ReadonlyMap<number, string>) {
  const here = locations.get(number)
  if (here === undefined) return false
  // a person who may not read locations sees, and exports, their numbers instead of their names
  const isNameless = (text: string) => text === `Location ${number}`
  return name === null || isNameless(name) || isNameless(here) || plain(name) === plain(here)
}

/** Removes case, accents and repeated spaces, as people ignore them in names. */
const plain = (text: string) =>
  text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, ' ').trim()
