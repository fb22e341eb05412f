import { Hono, type Context } from 'hono'
import * as z from 'zod/mini'

import { blockOf, type TargetPolicy } from '#contract/address-findings.ts'
import { changeRequestSchema, IDEMPOTENCY_HEADER, removeRequestSchema } from '#contract/desk.ts'
import { webhookInputSchema } from '#contract/webhook.ts'
import { Failed } from '#server/http/failure.ts'
import { valid } from '#server/http/valid.ts'

import type { Changes, Person } from './changes.ts'
import type { History } from './history/history.ts'
import { getRecord } from './records.ts'

type ChangeRoutesOptions = {
  changes: Changes
  /** Who is signed in; fails if nobody is. */
  personOf: (c: Context) => Promise<Person>
  targets: TargetPolicy
  history: History
}

const idSchema = z.object({ id: z.pipe(z.string(), z.transform(Number)).check(z.positive()) })

/** Every intent has a key, made by whoever has it. */
export const idempotencySchema = z.object({
  [IDEMPOTENCY_HEADER]: z.string().check(z.minLength(8), z.maxLength(100)),
})

/** `/desk/webhooks`: create, change, remove. */
export function changeRoutes({ changes, personOf, targets, history }: ChangeRoutesOptions) {
  /** The same rule as in the form: an address that Nexudus cannot reach is not saved. */
  function refuseBlockedAddress(URL: string | undefined) {
    const block = URL === undefined ? undefined : blockOf(URL, targets)
    if (block === undefined) return
    throw new Failed('bad_request', block, { Errors: [{ PropertyName: 'URL', Message: block }] })
  }

  return new Hono()
    .get('/:id{[0-9]+}/address', valid('param', idSchema), async (c) => {
      const { call } = await personOf(c)
      const { id } = c.req.valid('param')
      // who may not read the record is told nothing of its past
      await getRecord(call, id)
      const changedAt = await history.addressChangedAt(id)
      return c.json({ changedAt: changedAt?.toISOString() ?? null })
    })
    .post('/', valid('header', idempotencySchema), valid('json', webhookInputSchema), async (c) => {
      const input = c.req.valid('json')
      refuseBlockedAddress(input.URL)
      const key = c.req.valid('header')[IDEMPOTENCY_HEADER]
      return c.json({ webhook: await changes.create(await personOf(c), key, input) })
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
        return c.json({ webhook: await changes.change(await personOf(c), key, id, request) })
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
        await changes.remove(await personOf(c), key, id, c.req.valid('json').seen)
        return c.json({ removed: id })
      },
    )
}
