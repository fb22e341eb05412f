import * as z from 'zod/mini'

import { locationSchema } from '#contract/location.ts'
import { hasPageAfter, MAX_PAGE_SIZE, pageOf } from '#contract/page.ts'
import { may, type Rights, type WebhookRole } from '#contract/rights.ts'
import type { Person } from '#server/changes/changes.ts'
import type { Caller } from '#server/changes/records.ts'
import { Failed } from '#server/http/failure.ts'

import type { Reach } from './history.ts'

/** A person as far as it matters for what they may see of the past. */
export type Viewer = Person & { rights: Rights; locations: number[] | null }

const TO_LOOK = ['WebHook-List', 'WebHook-Read'] as const satisfies readonly WebhookRole[]

const locationPageSchema = pageOf(locationSchema)

/**
 * Which locations' past the person may see: those whose webhooks they may see now. Where nobody
 * could tell at sign-in what the account may do, Nexudus is asked.
 */
export async function reachOf({ rights, locations, call }: Viewer): Promise<Reach> {
  const missing = TO_LOOK.find((role) => !may(rights, role))
  if (missing) {
    const text = `Your Nexudus account lacks the role ${missing}.`
    throw new Failed('permission_missing', text, { missing })
  }
  if (rights.kind !== 'unknown') return locations

  await call({ method: 'GET', path: '/api/sys/webhooks?page=1&size=1', role: 'WebHook-List' })
  return locations ?? listLocationIds(call)
}

async function listLocationIds(call: Caller): Promise<number[]> {
  const ids: number[] = []
  for (let page = 1; ; page += 1) {
    const path = `/api/sys/businesses?page=${page}&size=${MAX_PAGE_SIZE}`
    const { status, json } = await call({ method: 'GET', path, role: 'Business-List' })
    const parsed = z.safeParse(locationPageSchema, json)
    if (status !== 200 || !parsed.success) {
      const text = `Nexudus did not say which locations are yours (${status}).`
      throw new Failed('upstream_error', text, { upstreamStatus: status })
    }
    ids.push(...parsed.data.Records.map(({ Id }) => Id))
    if (!hasPageAfter(page, parsed.data)) return ids
  }
}
