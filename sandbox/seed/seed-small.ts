import type { BusinessRow, NewWebhook } from '#sandbox/db/tables.ts'
import { deterministicUuid } from '#sandbox/records/deterministic-uuid.ts'
import { TIME_ZONES } from '#sandbox/records/time-zones.ts'
import { wireTime } from '#sandbox/wire/wire-time.ts'

import { NETWORK, type Site, type SiteKey } from './seed-network.ts'
import { YEAR, type SeedWebhook } from './seed-webhook.ts'
import { healthyWebhooks } from './seed-webhooks-healthy.ts'
import { troubledWebhooks } from './seed-webhooks-troubled.ts'

export const FIRST_BUSINESS = 1_400_000_001

const SITES: Site[] = [...NETWORK]
const AUTHORS = ['ops@northlight.example.test', 'ana@northlight.example.test']

/** Rows of a seeded network; users and roles are the same in every network. */
export type Network = { businesses: BusinessRow[]; webhooks: NewWebhook[] }

export function smallNetwork(now: Date, receiverOrigin: string): Network {
  const receiver = (name: string) => `${receiverOrigin}/receiver/${name}`
  return {
    businesses: SITES.map((site, index) => businessRow(site, index, now)),
    webhooks: [...healthyWebhooks(receiver), ...troubledWebhooks(receiver)]
      // the oldest first, so that ids grow with time as they do in life
      .toSorted((a, b) => b.created - a.created)
      .map((seed, index) => webhookRow(seed, index, now)),
  }
}

/** A location row; the first of them is the account, and the root of the others. */
export function businessRow(site: Site, index: number, now: Date): BusinessRow {
  const createdOn = wireTime(minutesBefore(now, 6 * YEAR - index * 90_000))
  return {
    id: FIRST_BUSINESS + index,
    uniqueId: deterministicUuid(`business ${site.key}`),
    name: site.name,
    toStringText: site.toStringText ?? site.name,
    webAddress: site.webAddress,
    rootLocationId: index === 0 ? null : FIRST_BUSINESS,
    simpleTimeZoneId: TIME_ZONES[site.zone].id,
    currencyCode: site.currency,
    countryName: site.country,
    townCity: site.town,
    address: site.address,
    postalCode: site.postalCode,
    latitude: site.at[0],
    longitude: site.at[1],
    suspended: site.isSuspended ?? false,
    passportOnly: site.isPassportOnly ?? false,
    openingTimes: OPENING_TIMES,
    sharedSecret: site.sharedSecret ?? null,
    createdOn,
    updatedOn: createdOn,
    updatedBy: 'ops@northlight.example.test',
    systemId: site.systemId ?? null,
  }
}

const siteIds = new Map(NETWORK.map(({ key }, index) => [key, FIRST_BUSINESS + index]))

export function siteId(key: SiteKey): number {
  const id = siteIds.get(key)
  if (id === undefined) throw new Error(`There is no site ${key}`)
  return id
}

function webhookRow(seed: SeedWebhook, index: number, now: Date): NewWebhook {
  const createdOn = wireTime(minutesBefore(now, seed.created))
  const lastTrigger = seed.fired === undefined ? null : wireTime(minutesBefore(now, seed.fired))
  return {
    uniqueId: deterministicUuid(`webhook ${index}`),
    businessId: siteId(seed.site),
    name: seed.name,
    action: seed.action,
    description: seed.description ?? null,
    url: seed.url,
    active: seed.active ?? true,
    lastError: seed.lastError ?? null,
    errorCount: seed.errors ?? 0,
    lastTrigger,
    createdOn,
    // a firing updates the record, too
    updatedOn: lastTrigger ?? createdOn,
    updatedBy: seed.by ?? AUTHORS[index % AUTHORS.length] ?? '',
    systemId: seed.systemId ?? null,
  }
}

export const minutesBefore = (now: Date, minutes: number) =>
  new Date(now.getTime() - minutes * 60_000)

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

const OPENING_TIMES = Object.fromEntries(
  WEEKDAYS.flatMap((day) => [
    [`${day}OpenTime`, 8 * 60],
    [`${day}CloseTime`, day.startsWith('S') ? 14 * 60 : 20 * 60],
  ]),
)
