import type { Context, Hono } from 'hono'

import type { Exception } from '#contract/address/address-class.ts'
import type { Database } from '#platform/db/database.ts'
import type { AppEnv } from '#platform/http/request-log.ts'
import type { Outbound } from '#platform/outbound/send.ts'
import type { SignedInAccount } from '#server/nexudus/account.ts'
import { createSeal } from '#server/nexudus/seal.ts'

import { createChannelDelivery } from './by-channel.ts'
import { channelRoutes } from './channel-routes.ts'
import { createChannelStore } from './channel-store.ts'
import { tellOfFailing } from './failing-channels.ts'

type ChannelsNeeds = {
  db: Database
  now: () => Date
  /** The origin under which people open the desk. */
  origin: string
  secrets: [string, ...string[]]
  /** Private addresses that may be called. */
  exceptions: readonly Exception[]
  /** Calls a URL that somebody gave us. */
  send: Outbound
  /** The account, if it is that of an administrator without limits. */
  adminOf: (c: Context) => Promise<SignedInAccount>
}

/** Chats and programs that are told, besides people. */
export function createChannelsRoom(needs: ChannelsNeeds) {
  const seal = createSeal(needs.secrets)
  const store = createChannelStore({ ...needs, seal })
  const { tell, byChannel } = createChannelDelivery({ ...needs, seal })
  return {
    routes: (app: Hono<AppEnv>) =>
      app.route('/desk/channels', channelRoutes({ ...needs, store, tell })),
    byChannel,
    channels: {
      hearers: store.hearers,
      noteSummary: store.noteSummary,
      names: store.names,
      tellOfFailing: () => tellOfFailing(needs.db, needs.now()),
    },
  }
}
