import { locationSchema } from '#contract/nexudus/location.ts'
import { may, type WebhookRole } from '#contract/nexudus/rights.ts'
import type { Webhook } from '#contract/nexudus/webhook.ts'
import { Failed } from '#platform/http/failure.ts'
import { missing, type AccountCall, type SignedInAccount } from '#server/nexudus/account.ts'
import { listOf } from '#server/nexudus/list.ts'
import type { Reach } from '#server/nexudus/in-reach.ts'

import { namedNow } from './named.ts'

const TO_LOOK = ['WebHook-List', 'WebHook-Read'] as const satisfies readonly WebhookRole[]

/**
 * The locations whose history the person may see: those whose webhooks they may see now. If the
 * sign-in could not tell the account's rights, Nexudus is asked.
 */
export async function reachOf({ rights, locations, call }: SignedInAccount): Promise<Reach> {
  const lacking = TO_LOOK.find((role) => !may(rights, role))
  if (lacking) throw missing(lacking)
  if (rights.kind !== 'unknown') {
    if (locations) return locations
    // an account that names every location has no known limit, but others' history stays hidden
    return (await namedNow(call)) ?? null
  }

  const path = '/api/sys/webhooks?page=1&size=1'
  await call({ method: 'GET', path, role: 'WebHook-List' }).catch(unlessTooLarge)
  return locationsOf({ locations, call })
}

/** The locations that an account sees. For an account without a limit, Nexudus is asked. */
export const locationsOf = async ({
  locations,
  call,
}: Pick<SignedInAccount, 'locations' | 'call'>): Promise<number[]> =>
  locations ?? listLocationIds(call)

/** The person's reach over a webhook that they have just written, without asking Nexudus again. */
export function reachTo({ BusinessId }: Webhook, { rights, locations }: SignedInAccount): Reach {
  if (TO_LOOK.some((role) => !may(rights, role))) return []
  return rights.kind === 'unknown' ? (locations ?? [BusinessId]) : locations
}

async function listLocationIds(call: AccountCall): Promise<number[]> {
  const { rows } = await listOf(locationSchema, {
    path: '/api/sys/businesses',
    get: (path) => call({ method: 'GET', path, role: 'Business-List' }),
  })
  return rows.map(({ Id }) => Id)
}

/** Ignores a too large answer, which is no refusal. */
function unlessTooLarge(error: unknown) {
  if (!(error instanceof Failed) || error.code !== 'upstream_too_large') throw error
}
