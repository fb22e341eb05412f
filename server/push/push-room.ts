import { Hono, type Context } from 'hono'
import * as z from 'zod/mini'

import type { Exception } from '#contract/address/address-class.ts'
import { newBrowserSchema, type Push } from '#contract/desk/push.ts'
import type { Database } from '#platform/db/database.ts'
import { Failed } from '#platform/http/failure.ts'
import type { AppEnv } from '#platform/http/request-log.ts'
import { valid } from '#platform/http/valid.ts'
import type { Outbound } from '#platform/outbound/send.ts'
import { notSent } from '#server/alerts/delivery.ts'
import { testNotice } from '#server/alerts/notices.ts'
import { checkTarget } from '#server/alerts/target.ts'
import type { SignedInAccount } from '#server/nexudus/account.ts'
import type { Reach } from '#server/nexudus/in-reach.ts'
import { createSeal } from '#server/nexudus/seal.ts'

import { createPushDelivery } from './by-push.ts'
import { createPushStore } from './push-store.ts'
import { isPublicKey } from './web-push.ts'

type PushNeeds = {
  db: Database
  now: () => Date
  /** The origin under which people open the desk. */
  origin: string
  secrets: [string, ...string[]]
  /** Private addresses that may be called. */
  exceptions: readonly Exception[]
  /** Calls a URL that somebody gave us. */
  send: Outbound
  accountOf: (c: Context) => Promise<SignedInAccount>
  reachOf: (account: SignedInAccount) => Promise<Reach>
  /** Adds the person to those who are told, unless they are among them. */
  addWithoutMail: (account: string, zone: string, reach: Reach) => Promise<void>
}

/** In browsers of one person: more are forgotten ones. */
const BROWSERS_AT_MOST = 20

/** Notices in the browser that a person works at (Web Push). */
export function createPushRoom(needs: PushNeeds) {
  const { db, now, secrets, exceptions, accountOf, reachOf, addWithoutMail } = needs
  const store = createPushStore(db, createSeal(secrets), now)
  const { tell, byPush } = createPushDelivery({ ...needs, store })
  const read = async (account: string): Promise<Push> => ({
    key: (await store.keys()).publicKey,
    browsers: await store.list(account),
  })

  async function ownBrowser(account: string, id: string) {
    const found = await store.find(id)
    if (found?.browser.account !== account.toLowerCase()) throw noBrowser()
    return found
  }

  const param = valid('param', z.object({ id: z.uuid() }))
  const routes = () =>
    new Hono<AppEnv>()
      .get('/', async (c) => c.json(await read((await accountOf(c)).email)))
      .post('/', valid('json', newBrowserSchema), async (c) => {
        const account = await accountOf(c)
        const browser = c.req.valid('json')
        checkTarget(browser.endpoint, exceptions)
        if (!isPublicKey(browser.keys.p256dh)) {
          throw new Failed('bad_request', { reason: 'malformed' })
        }
        const known = await store.list(account.email)
        if (known.length >= BROWSERS_AT_MOST) {
          throw new Failed('bad_request', { reason: 'too_many_browsers' })
        }
        await addWithoutMail(account.email, browser.zone, await reachOf(account))
        await store.add(account.email, browser)
        return c.json(await read(account.email), 201)
      })
      .delete('/:id', param, async (c) => {
        const { email } = await accountOf(c)
        const isGone = await store.remove(c.req.valid('param').id, email)
        if (!isGone) throw noBrowser()
        return c.json(await read(email))
      })
      .post('/:id/test', param, async (c) => {
        const { email } = await accountOf(c)
        const { browser, person } = await ownBrowser(email, c.req.valid('param').id)
        const sent = await tell(browser, person, testNotice(email, now())).catch(notSent)
        if (sent === 'over') {
          await store.remove(browser.id)
          throw new Failed('not_sent', { said: 'The browser no longer takes messages.' })
        }
        return c.json(await read(email))
      })

  return {
    routes: (app: Hono<AppEnv>) => app.route('/desk/push', routes()),
    byPush,
    hearers: store.hearers,
    names: store.names,
    /** The ids of a person's browsers. */
    browsersOf: async (account: string) => (await store.list(account)).map(({ id }) => id),
  }
}

const noBrowser = () => new Failed('not_found', { reason: 'browser' })
