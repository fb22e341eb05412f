import { Hono, type Context } from 'hono'
import * as z from 'zod/mini'

import { blockOf, type TargetPolicy } from '#contract/address-findings.ts'
import { changeRequestSchema, IDEMPOTENCY_HEADER, removeRequestSchema } from '#contract/desk.ts'
import { recordIdSchema, writtenId } from '#contract/ids.ts'
import { webhookInputSchema } from '#contract/webhook.ts'
import { Failed } from '#server/http/failure.ts'
import { valid } from '#server/http/valid.ts'

import type { Changes } from './changes.ts'
import { withFacts, type FactStore } from './history/facts.ts'
import type { History } from './history/history.ts'
import { reachOf, type Viewer } from './history/reach.ts'

type ChangeRoutesOptions = {
  changes: Changes
  /** Who is signed in; fails if nobody is. */
  personOf: (c: Context) => Promise<Viewer>
  targets: TargetPolicy
  history: History
  facts: FactStore
}

const idSchema = z.object({ id: writtenId(recordIdSchema) })

/** Every intent has a key, made by whoever has it. */
export const idempotencySchema = z.object({
  [IDEMPOTENCY_HEADER]: z.string().check(z.minLength(8), z.maxLength(100)),
})

/** `/desk/webhooks`: create, change, remove. */
export function changeRoutes(options: ChangeRoutesOptions) {
  const { changes, personOf, targets, history, facts } = options

  /** The same rule as in the form: an address that Nexudus cannot reach is not saved. */
  function refuseBlockedAddress(URL: string | undefined) {
    const block = URL === undefined ? undefined : blockOf(URL, targets)
    if (block === undefined) return
    throw new Failed('bad_request', block, { Errors: [{ PropertyName: 'URL', Message: block }] })
  }

  /** The way back, for those who may see it. It was deleted, whatever fails here. */
  async function findDeletion(person: Viewer, id: number): Promise<number | null> {
    const found = await reachOf(person)
      .then((reach) => history.findDeletion(reach, id))
      .catch(() => undefined)
    return found ?? null
  }

  return new Hono()
    .post('/', valid('header', idempotencySchema), valid('json', webhookInputSchema), async (c) => {
      const input = c.req.valid('json')
      refuseBlockedAddress(input.URL)
      const key = c.req.valid('header')[IDEMPOTENCY_HEADER]
      const person = await personOf(c)
      return c.json(await withFacts(facts, person, await changes.create(person, key, input)))
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
        return c.json(await withFacts(facts, person, webhook))
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
        return c.json({ removed: id, entry: await findDeletion(person, id) })
      },
    )
}
