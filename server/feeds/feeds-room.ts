import { createHash, randomBytes } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { Hono, type Context } from 'hono'
import * as z from 'zod/mini'

import type { Feeds } from '#contract/desk/feeds.ts'
import type { Pause, PauseWindow } from '#contract/desk/pauses.ts'
import type { Database } from '#platform/db/database.ts'
import { Failed } from '#platform/http/failure.ts'
import type { AppEnv } from '#platform/http/request-log.ts'
import { valid } from '#platform/http/valid.ts'
import type { RecentIncident } from '#server/alerts/alert-store.ts'
import type { SignedInAccount } from '#server/nexudus/account.ts'
import { isInReach } from '#server/nexudus/in-reach.ts'

import { atomOf } from './atom.ts'
import { icalOf } from './ical.ts'
import { feeds } from './tables.ts'

type FeedsNeeds = {
  db: Database
  now: () => Date
  /** The origin under which people open the desk. */
  origin: string
  accountOf: (c: Context) => Promise<SignedInAccount>
  reachOf: (account: SignedInAccount) => Promise<number[] | null>
  listPauses: (reach: number[] | null) => Promise<Pause[]>
  listWindows: (reach: number[] | null) => Promise<PauseWindow[]>
  /** Incidents that are open or closed since. */
  listRecent: (since: Date) => Promise<RecentIncident[]>
  loadPlaces: () => Promise<ReadonlyMap<number, string>>
}

const TOKEN_BYTES = 32

/** In milliseconds. */
const SHOWN_MS = 30 * 24 * 3_600_000

/** Programs that read feeds ask again and again. */
const HEADERS = { 'cache-control': 'private, max-age=300', 'x-robots-tag': 'noindex' }

const tokenSchema = z.object({ token: z.string().check(z.regex(/^[\w-]{20,64}$/)) })

/** Incidents as an Atom feed and pauses as a calendar, at addresses that only their reader knows. */
export function createFeedsRoom(needs: FeedsNeeds) {
  const { db, now, origin, accountOf, reachOf } = needs
  const isOf = (account: string) => eq(feeds.account, account.toLowerCase())

  async function stateOf(account: string): Promise<Feeds> {
    const [row] = await db.select().from(feeds).where(isOf(account))
    return {
      madeAt: row?.madeAt.toISOString() ?? null,
      usedAt: row?.usedAt?.toISOString() ?? null,
    }
  }

  /** The reader of the feed at this address, and the names of locations. */
  async function readerOf(token: string) {
    const tokenHash = hashOf(token)
    const [row] = await db
      .update(feeds)
      .set({ usedAt: now() })
      .where(eq(feeds.tokenHash, tokenHash))
      .returning()
    if (!row) throw new Failed('not_found', { reason: 'address' })
    const places = await needs.loadPlaces()
    const { reach } = row
    return {
      reach,
      may: (businessId: number) => isInReach(reach, businessId),
      placeOf: (businessId: number) => places.get(businessId) ?? `Location ${businessId}`,
    }
  }

  return {
    /** Notes what a person may see now, for the feeds that they read without signing in. */
    async noteReach(account: string, reach: number[] | null) {
      await db.update(feeds).set({ reach }).where(isOf(account))
    },

    routes(app: Hono<AppEnv>) {
      app
        .get('/feeds/:token/incidents.atom', valid('param', tokenSchema), async (c) => {
          const { may, placeOf } = await readerOf(c.req.valid('param').token)
          const recent = await needs.listRecent(new Date(now().getTime() - SHOWN_MS))
          const body = atomOf(recent, { origin, now: now(), may, placeOf })
          return c.body(body, 200, {
            ...HEADERS,
            'content-type': 'application/atom+xml; charset=utf-8',
          })
        })
        .get('/feeds/:token/pauses.ics', valid('param', tokenSchema), async (c) => {
          const { reach, placeOf } = await readerOf(c.req.valid('param').token)
          const [all, windows] = [await needs.listPauses(reach), await needs.listWindows(reach)]
          const pauses = all.filter(({ state }) => state === 'waiting')
          const body = icalOf({ pauses, windows }, { origin, now: now(), placeOf })
          return c.body(body, 200, { ...HEADERS, 'content-type': 'text/calendar; charset=utf-8' })
        })
        .route(
          '/desk/feeds',
          new Hono<AppEnv>()
            .get('/', async (c) => c.json(await stateOf((await accountOf(c)).email)))
            // new addresses: those of before lead nowhere from then on
            .post('/', async (c) => {
              const account = await accountOf(c)
              const reach = await reachOf(account)
              const token = randomBytes(TOKEN_BYTES).toString('base64url')
              const row = { tokenHash: hashOf(token), reach, madeAt: now(), usedAt: null }
              await db
                .insert(feeds)
                .values({ account: account.email.toLowerCase(), ...row })
                .onConflictDoUpdate({ target: feeds.account, set: row })
              const addresses = {
                atom: `${origin}/feeds/${token}/incidents.atom`,
                ical: `${origin}/feeds/${token}/pauses.ics`,
              }
              return c.json({ ...(await stateOf(account.email)), addresses })
            })
            .delete('/', async (c) => {
              const { email } = await accountOf(c)
              await db.delete(feeds).where(isOf(email))
              return c.json(await stateOf(email))
            }),
        )
    },
  }
}

const hashOf = (token: string) => createHash('sha256').update(token).digest('hex')
