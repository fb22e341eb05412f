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

import type { Changes, Person } from './changes.ts'

type ChangeRoutesOptions<Signed extends Person> = {
  changes: Changes
  /** Who is signed in; fails if nobody is. */
  personOf: (c: Context) => Promise<Signed>
  targets: TargetPolicy
  memory: Memory<Signed>
}

/** What is known of the past of a webhook that was just written. It was written, so none of it fails. */
export type Memory<Signed extends Person> = {
  factsOf: (person: Signed, webhook: Webhook) => Promise<Facts>
  /** The entry of the history that leads back, for those who may see it. */
  findDeletion: (person: Signed, webhookId: number) => Promise<number | null>
}

const idSchema = z.object({ id: writtenId(recordIdSchema) })

/** Every intent has a key, made by whoever has it. */
export const idempotencySchema = z.object({
  [IDEMPOTENCY_HEADER]: z.string().check(z.minLength(8), z.maxLength(100)),
})

/** `/desk/webhooks`: create, change, remove. */
export function changeRoutes<Signed extends Person>(options: ChangeRoutesOptions<Signed>) {
  const { changes, personOf, targets, memory } = options

  /** The same rule as in the form: an address that Nexudus cannot reach is not saved. */
  function refuseBlockedAddress(URL: string | undefined) {
    const block = URL === undefined ? undefined : blockOf(URL, targets)
    if (block === undefined) return
    throw new Failed('bad_request', block, { Errors: [{ PropertyName: 'URL', Message: block }] })
  }

  const answer = async (person: Signed, webhook: Webhook) => ({
    webhook,
    facts: await memory.factsOf(person, webhook),
  })

  return new Hono()
    .post('/', valid('header', idempotencySchema), valid('json', webhookInputSchema), async (c) => {
      const input = c.req.valid('json')
      refuseBlockedAddress(input.URL)
      const key = c.req.valid('header')[IDEMPOTENCY_HEADER]
      const person = await personOf(c)
      return c.json(await answer(person, await changes.create(person, key, input)))
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
        const person = await personOf(c)
        const webhook = await changes.change(person, key, id, request)
        return c.json(await answer(person, webhook))
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
        const person = await personOf(c)
        await changes.remove(person, key, id, c.req.valid('json').seen)
        return c.json({ removed: id, entry: await memory.findDeletion(person, id) })
      },
    )
}
