import { Hono, type Context } from 'hono'

import { codeSchema, notificationsChangeSchema } from '#contract/desk/settings.ts'
import type { AppEnv } from '#platform/http/request-log.ts'
import { valid } from '#platform/http/valid.ts'
import type { SignedInAccount } from '#server/nexudus/account.ts'

import type { createRecipients } from './recipients.ts'

type RouteNeeds = {
  people: ReturnType<typeof createRecipients>
  /** Sends a mail to the person's verified address. */
  sendTest: (account: string) => Promise<void>
  accountOf: (c: Context) => Promise<SignedInAccount>
}

/** `/desk/notifications`: the signed-in person's own. */
export function notificationRoutes({ people, sendTest, accountOf }: RouteNeeds) {
  return new Hono<AppEnv>()
    .get('/', async (c) => {
      const account = await accountOf(c)
      await people.reachOf(account)
      return c.json(await people.stateOf(account.email))
    })
    .put('/', valid('json', notificationsChangeSchema), async (c) => {
      const account = await accountOf(c)
      const reach = await people.reachOf(account)
      await people.change(account.email, c.req.valid('json'), reach)
      return c.json(await people.stateOf(account.email))
    })
    .post('/test', async (c) => {
      const { email } = await accountOf(c)
      await sendTest(email)
      return c.json(await people.stateOf(email))
    })
    .post('/code', valid('json', codeSchema), async (c) => {
      const { email } = await accountOf(c)
      await people.verify(email, c.req.valid('json').code)
      return c.json(await people.stateOf(email))
    })
}
