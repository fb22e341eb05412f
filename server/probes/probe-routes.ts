import { Hono, type Context } from 'hono'
import * as z from 'zod/mini'

import { hostnameOf } from '#contract/address/address-class.ts'
import { trimAddress } from '#contract/address/address-text.ts'
import { parseAddress } from '#contract/address/address.ts'
import { probeRequestSchema, type ProbeRequest } from '#contract/desk/probe.ts'
import { may } from '#contract/nexudus/rights.ts'
import { webhookSchema } from '#contract/nexudus/webhook.ts'
import { Failed } from '#platform/http/failure.ts'
import { valid } from '#platform/http/valid.ts'
import type { Outbound } from '#platform/outbound/send.ts'
import type { SignedInAccount } from '#server/nexudus/account.ts'

import { probeAddress, sendSample } from './probe.ts'
import type { ProbeLimits } from './probe-limits.ts'

export type ProbeRoutesOptions = {
  send: Outbound
  limits: ProbeLimits
  /** Returns the signed-in account; fails if there is none. */
  accountOf: (c: Context) => Promise<SignedInAccount>
  now: () => Date
}

/** `POST /desk/probes`: checks if a receiver answers, and how. */
export function probeRoutes({ send, limits, accountOf, now }: ProbeRoutesOptions) {
  return new Hono().post('/', valid('json', probeRequestSchema), async (c) => {
    const { target, sample } = c.req.valid('json')
    const account = await accountOf(c)
    const url = await urlOf(target, account, sample !== undefined)
    const parsed = parseAddress(url)
    const host = parsed ? hostnameOf(parsed) : ''
    const report = await limits.within(account.email, host, () =>
      sample
        ? sendSample(send, trimAddress(url), sample, now())
        : probeAddress(send, trimAddress(url), now()),
    )
    return c.json(report)
  })
}

/** Only people who may set a URL may have a typed one called, or send data anywhere. */
async function urlOf(target: ProbeRequest['target'], account: SignedInAccount, isSample: boolean) {
  const { rights, call } = account
  const maySet = may(rights, 'WebHook-Edit') || may(rights, 'WebHook-Create')
  if (!maySet && (isSample || target.kind === 'address')) {
    throw new Failed('permission_missing', { reason: 'to_check', missing: 'WebHook-Edit' })
  }
  if (target.kind === 'address') return target.url

  const path = `/api/sys/webhooks/${target.id}`
  const answer = await call({ method: 'GET', path, role: 'WebHook-Read' })
  const webhook = z.safeParse(webhookSchema, answer.json)
  if (answer.status !== 200 || !webhook.success) {
    throw new Failed('not_found', { reason: 'webhook' })
  }
  return webhook.data.URL
}
