import type { NewWebhook } from '#sandbox/db/tables.ts'
import { deterministicUuid } from '#sandbox/records/deterministic-uuid.ts'
import { WEBHOOK_ACTION_NAMES } from '#sandbox/records/webhook-actions.ts'
import { wireTime } from '#sandbox/wire/wire-time.ts'

import type { Site } from './seed-network.ts'
import { NETWORK } from './seed-network.ts'
import { businessRow, FIRST_BUSINESS, minutesBefore, type Network } from './seed-small.ts'
import { DAY, YEAR } from './seed-webhook.ts'

const LOCATIONS = 500
const WEBHOOKS = 10_000

const ERRORS = [
  'The operation has timed out.',
  'The remote server returned an error: (500) Internal Server Error.',
  'The remote server returned an error: (404) Not Found.',
  'The remote server returned an error: (401) Unauthorized.',
  'Unable to connect to the remote server. Connection refused 203.0.113.40:443',
  "The remote name could not be resolved: 'hooks.exmaple.com'",
]

const HOSTS = [
  'hooks.example.com',
  'n8n.northlight.example.test',
  'zap.automation.example.test',
  'crm.example.test',
  'accounting.example.test',
  'doors.example.test',
  'bi.example.test',
]

/** Five hundred locations and ten thousand webhooks: the same ones every time. */
export function largeNetwork(now: Date, receiverOrigin: string): Network {
  const random = createRandom(20_260_302)
  const origins = [receiverOrigin, ...HOSTS.map((host) => `https://${host}`)]
  return {
    businesses: Array.from({ length: LOCATIONS }, (_, n) => businessRow(siteAt(n), n, now)),
    webhooks: Array.from({ length: WEBHOOKS }, (_, n) => webhookAt(n, { random, origins, now })),
  }
}

/** The sites of the small network first, then the same towns over and over, numbered. */
function siteAt(n: number): Site {
  const sites: Site[] = [...NETWORK]
  const site = sites[n]
  if (site) return site

  const model = sites[1 + ((n - 1) % (sites.length - 1))] ?? sites[0]
  if (!model) throw new Error('The network has no sites')
  const number = Math.floor((n - 1) / (sites.length - 1)) + 1
  const name = `Northlight ${model.town} ${number}`
  return {
    ...model,
    key: `${model.key}-${number}`,
    name,
    toStringText: name,
    webAddress: `nl-${n}`,
    systemId: `crm-site-${n}`,
  }
}

type Dice = { random: () => number; origins: string[]; now: Date }

function webhookAt(n: number, { random, origins, now }: Dice): NewWebhook {
  const pick = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)]
  const action = 2 + Math.floor(random() * (WEBHOOK_ACTION_NAMES.length - 1))
  const actionName = WEBHOOK_ACTION_NAMES[action - 1] ?? ''
  const created = Math.floor(random() * 4 * YEAR) + DAY
  const hasFired = random() > 0.1
  const lastTrigger = hasFired
    ? wireTime(minutesBefore(now, Math.floor(random() ** 3 * created)))
    : null
  const health = healthOf(hasFired ? random() : 1)
  const createdOn = wireTime(minutesBefore(now, created))

  return {
    uniqueId: deterministicUuid(`large webhook ${n}`),
    businessId: FIRST_BUSINESS + Math.floor(random() * LOCATIONS),
    name: `${actionName} ${n + 1}`,
    action,
    description: random() < 0.7 ? `Number ${n + 1} of the large network.` : null,
    url: `${pick(origins)}/receiver/${actionName.toLowerCase()}?key=k${Math.floor(random() * 1e9)}`,
    ...health,
    lastError: health.errorCount > 0 ? (pick(ERRORS) ?? null) : null,
    lastTrigger,
    createdOn,
    updatedOn: lastTrigger ?? createdOn,
    updatedBy: 'ops@northlight.example.test',
    systemId: random() < 0.2 ? `import-${n}` : null,
  }
}

/** Nine in ten work; the rest fail, are about to stop, are stopped, or are off. */
function healthOf(roll: number) {
  if (roll < 0.04) return { active: true, errorCount: 1 + Math.floor(roll * 175) }
  if (roll < 0.05) return { active: true, errorCount: roll < 0.045 ? 8 : 9 }
  if (roll < 0.07) return { active: false, errorCount: 10 }
  if (roll < 0.1) return { active: false, errorCount: 0 }
  return { active: true, errorCount: 0 }
}

/** mulberry32: small, quick, and the same everywhere. */
function createRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}
