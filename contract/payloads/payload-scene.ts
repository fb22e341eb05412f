/** Place and time of an event's made-up record. The same scene makes the same record. */
export type Scene = {
  location: { id: number; name: string; currency: string }
  at: Date
  seed: number
}

type Person = { first: string; last: string; company: string | null }

// with accents, emoji and right-to-left text: receivers meet them in life, and too late
const PEOPLE: readonly Person[] = [
  { first: 'Amélie', last: 'Fournier', company: 'Atelier Fournier' },
  { first: 'José', last: 'Núñez', company: 'Núñez y Asociados' },
  { first: 'Grace', last: 'Okafor', company: 'Okafor Studio' },
  { first: 'Jürgen', last: 'Weiß', company: 'Weiß Maschinenbau GmbH' },
  { first: 'Priya', last: 'Raman', company: null },
  { first: 'Łukasz', last: 'Żak', company: 'Żak & Synowie' },
  { first: 'נועה', last: 'לוי', company: 'לוי עיצוב' },
  { first: 'さくら', last: '田中', company: '田中デザイン' },
  { first: 'Sam', last: 'O’Neill', company: 'Sunny Side Up 🍳' },
  { first: 'Mei-Ling', last: 'Chen', company: null },
  { first: 'Zoë', last: 'van den Berg', company: 'Café Zoë ☕' },
  { first: 'Tom', last: 'Baker', company: 'Baker & Daughters' },
]

const RESOURCES = [
  'Meeting room Hopper',
  'Phone booth 3',
  'Studio Lovelace',
  'Event space',
  'Desk 42',
]
const PLANS = ['Hot desk', 'Dedicated desk', 'Private office for 4', 'Virtual office']

/** Source of the values in made-up records. A seed fixes them all. */
export type Kit = ReturnType<typeof createKit>

export function createKit({ location, at, seed }: Scene) {
  const random = seeded(seed)
  const int = (from: number, to: number) => from + Math.floor(random() * (to - from + 1))
  const pick = <Value>(values: readonly Value[]): Value => {
    const value = values[Math.floor(random() * values.length)]
    if (value === undefined) throw new Error('There is nothing to pick from')
    return value
  }
  const hex = (length: number) =>
    Array.from({ length }, () => Math.floor(random() * 16).toString(16)).join('')

  const { first, last, company } = pick(PEOPLE)
  const customer = {
    id: 1_400_300_000 + (seed % 4000),
    fullName: `${first} ${last}`,
    first,
    last,
    company,
    email: `customer-${seed % 4000}@members.example.test`,
  }
  const plan = pick(PLANS)
  const price = int(8, 90) * 10

  return {
    location,
    customer,
    plan: { id: 1_400_200_000 + PLANS.indexOf(plan), name: plan, price },
    resource: pick(RESOURCES),
    int,
    pick,
    uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`,
    /** A ten-digit id, like those of Nexudus. */
    id: () => int(1_400_400_000, 1_499_999_999),
    money: () => int(200, 90_000) / 100,
    /** An instant, in minutes from the event, in the API's format: UTC, with a `Z`. */
    time: (minutes: number) => new Date(wholeMinute(at) + minutes * 60_000).toISOString(),
    now: () => at.toISOString(),
  }
}

const wholeMinute = (at: Date) => Math.floor(at.getTime() / 60_000) * 60_000

/** Mulberry32: small, with the same numbers everywhere. Nothing here has to be unpredictable. */
function seeded(seed: number) {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
