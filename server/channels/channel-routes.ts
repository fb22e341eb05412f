import { Hono, type Context } from 'hono'
import * as z from 'zod/mini'

import { channelChangeSchema, newChannelSchema, type Channels } from '#contract/desk/channels.ts'
import type { AppEnv } from '#platform/http/request-log.ts'
import { valid } from '#platform/http/valid.ts'
import { notSent } from '#server/alerts/delivery.ts'
import { testNotice } from '#server/alerts/notices.ts'
import type { SignedInAccount } from '#server/nexudus/account.ts'

import type { createChannelDelivery } from './by-channel.ts'
import type { createChannelStore } from './channel-store.ts'

type RouteNeeds = {
  store: ReturnType<typeof createChannelStore>
  tell: ReturnType<typeof createChannelDelivery>['tell']
  now: () => Date
  adminOf: (c: Context) => Promise<SignedInAccount>
}

const idSchema = z.object({ id: z.uuid() })

/** `/desk/channels`: chats and programs that are told, for unrestricted administrators. */
export function channelRoutes({ store, tell, now, adminOf }: RouteNeeds) {
  const read = async (): Promise<Channels> => ({ channels: await store.list() })
  return new Hono<AppEnv>()
    .get('/', async (c) => {
      await adminOf(c)
      return c.json(await read())
    })
    .post('/', valid('json', newChannelSchema), async (c) => {
      const { email } = await adminOf(c)
      const secret = await store.add(c.req.valid('json'), email)
      return c.json({ ...(await read()), ...(secret !== undefined && { secret }) }, 201)
    })
    .put('/:id', valid('param', idSchema), valid('json', channelChangeSchema), async (c) => {
      await adminOf(c)
      await store.change(c.req.valid('param').id, c.req.valid('json'))
      return c.json(await read())
    })
    .delete('/:id', valid('param', idSchema), async (c) => {
      await adminOf(c)
      await store.remove(c.req.valid('param').id)
      return c.json(await read())
    })
    .post('/:id/test', valid('param', idSchema), async (c) => {
      const { email } = await adminOf(c)
      const channel = await store.find(c.req.valid('param').id)
      await tell(channel, testNotice(email, now())).catch(notSent)
      return c.json(await read())
    })
}
