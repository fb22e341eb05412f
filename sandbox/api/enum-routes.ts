import { Hono } from 'hono'

import type { Admit } from '#sandbox/access/caller.ts'
import { WEBHOOK_ACTION_NAMES } from '#sandbox/records/webhook-actions.ts'
import { NotFound } from '#sandbox/wire/errors.ts'
import { paramsOf } from '#sandbox/wire/list-query.ts'
import { methodNotAllowed } from '#sandbox/wire/routing.ts'

/**
 * The values of an enum by its name. Its format is not documented; here it is pairs of value and
 * name.
 */
export function enumRoutes(admit: Admit) {
  return new Hono()
    .get('/', async (c) => {
      await admit(c.req.raw)
      const [name] = paramsOf(c.req.url).get('name') ?? []
      if (name?.toLowerCase() !== 'ewebhookaction') throw new NotFound()
      return c.json(WEBHOOK_ACTION_NAMES.map((Name, index) => ({ Value: index + 1, Name })))
    })
    .all(methodNotAllowed)
}
