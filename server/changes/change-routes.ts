import { Hono, type Context } from 'hono'
import * as z from 'zod/mini'

import { blockOf, type TargetPolicy } from '#contract/address/address-findings.ts'
import {
  changeRequestSchema,
  IDEMPOTENCY_HEADER,
  removeRequestSchema,
} from '#contract/desk/desk.ts'
import { recordIdSchema, writtenId } from '#contract/desk/ids.ts'
import type { Facts } from '#contract/nexudus/health.ts'
import { webhookInputSchema, type Webhook } from '#contract/nexudus/webhook.ts'
import { Failed } from '#platform/http/failure.ts'
import { valid } from '#platform/http/valid.ts'
import type { SignedInAccount } from '#server/nexudus/account.ts'

import type { Changes } from './changes.ts'

export type ChangeRoutesOptions = {
  changes: Changes
  /** Returns the signed-in account; fails if there is none. */
  accountOf: (c: Context) => Promise<SignedInAccount>
  targets: TargetPolicy
  memory: Memory
}

/**
 * Looks up the past of a webhook that was just written. Since the write is done, these never fail.
 */
export type Memory = {
  factsOf: (account: SignedInAccount, webhook: Webhook) => Promise<Facts>
  /** Finds the history entry that reverts a deletion, for people who may see it. */
  findDeletion: (account: SignedInAccount, webhookId: number) => Promise<number | null>
}

const idSchema = z.object({ id: writtenId(recordIdSchema) })

/** Every intent has a key, which the client makes. */
export const idempotencySchema = z.object({
  [IDEMPOTENCY_HEADER]: z.string().check(z.minLength(8), z.maxLength(100)),
})

/** `/desk/webhooks`: create, change, remove. */
export function changeRoutes(options: ChangeRoutesOptions) {
  const { changes, accountOf, targets, memory } = options

  /** Applies the form's rule: a URL that Nexudus cannot reach is not saved. */
  function refuseBlockedAddress(URL: string | undefined) {
    const block = URL === undefined ? undefined : blockOf(URL, targets)
    if (block === undefined) return
    const Errors = [{ PropertyName: 'URL', Message: '' }]
    const { code, about } = block
    throw new Failed('bad_request', { reason: 'blocked_address', block: { code, about }, Errors })
  }

  const answer = async (account: SignedInAccount, webhook: Webhook) => ({
    webhook,
    facts: await memory.factsOf(account, webhook),
  })

  return new Hono()
    .post('/', valid('header', idempotencySchema), valid('json', webhookInputSchema), async (c) => {
      const input = c.req.valid('json')
      refuseBlockedAddress(input.URL)
      const key = c.req.valid('header')[IDEMPOTENCY_HEADER]
      const account = await accountOf(c)
      return c.json(await answer(account, await changes.create(account, key, input)))
    })
    .patch(
      '/:id{[0-9]+}',
      valid('param', idSchema),
      valid('header', idempotencySchema),
      valid('json', changeRequestSchema),
      async (c) => {
        const request = c.req.valid('json')
        refuseBlockedAddress(request.change.URL)
        const key = c.req.valid('header')[IDEMPOTENCY_HEADER]
        const { id } = c.req.valid('param')
        const account = await accountOf(c)
        const webhook = await changes.change(account, key, id, request)
        return c.json(await answer(account, webhook))
      },
    )
    .delete(
      '/:id{[0-9]+}',
      valid('param', idSchema),
      valid('header', idempotencySchema),
      valid('json', removeRequestSchema),
      async (c) => {
        const key = c.req.valid('header')[IDEMPOTENCY_HEADER]
        const { id } = c.req.valid('param')
        const account = await accountOf(c)
        await changes.remove(account, key, id, c.req.valid('json').seen)
        return c.json({ removed: id, entry: await memory.findDeletion(account, id) })
      },
    )
}
