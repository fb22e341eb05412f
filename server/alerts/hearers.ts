import { and, eq, isNotNull } from 'drizzle-orm'

import type { Route } from '#contract/desk/channels.ts'
import type { Database } from '#platform/db/database.ts'
import { isInReach } from '#server/nexudus/in-reach.ts'

import type { Step } from './incidents.ts'
import { recipients } from './tables.ts'

/** Somebody who is told: a person, by mail or in one of their browsers, or a channel. */
export type Hearer = {
  route: Route
  /** The account of the person, or the id of the browser or the channel. */
  recipient: string
  firstStep: Step
  zone: string
  /** The wall-clock time of a daily summary; `null` for none. */
  digestAt: string | null
  /** The last summary or reminder. */
  summedUpAt: Date | null
} & Sight

/** The locations that somebody may see, and those they want to hear of; `null` for all. */
export type Sight = { reach: number[] | null; locations: number[] | null }

/** True for locations that somebody may see and wants to hear of. */
export const maySee = ({ reach, locations }: Sight, businessId: number) =>
  isInReach(reach, businessId) && isInReach(locations, businessId)

/** One word for a hearer: a channel and a person never share it. */
export const hearerKey = ({ route, recipient }: Pick<Hearer, 'route' | 'recipient'>) =>
  `${route}:${recipient}`

/** The channels, as far as those who tell need them. */
export type Channels = {
  hearers: (tx: Database) => Promise<Hearer[]>
  noteSummary: (tx: Database, id: string, at: Date) => Promise<void>
  names: () => Promise<ReadonlyMap<string, string>>
}

/** People with a verified address who want to be told. */
export async function loadPeople(tx: Database): Promise<Hearer[]> {
  const people = await tx
    .select()
    .from(recipients)
    .where(and(eq(recipients.isOn, true), isNotNull(recipients.verifiedAt)))
  return people.map((person) => ({
    route: 'email',
    recipient: person.account,
    reach: person.reach,
    locations: person.locations,
    firstStep: person.firstStep,
    zone: person.zone,
    digestAt: person.digestAt,
    summedUpAt: person.summedUpAt,
  }))
}
