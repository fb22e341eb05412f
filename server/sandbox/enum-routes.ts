import { Hono } from 'hono'

import type { Admit } from './caller.ts'
import { NotFound } from './errors.ts'
import { paramsOf } from './list-query.ts'
import { methodNotAllowed } from './routing.ts'
import { WEBHOOK_ACTION_NAMES } from './webhook-actions.ts'

/** The values of an enum by its name. Its shape is documented nowhere: pairs of value and name. */
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
