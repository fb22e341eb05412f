import { eq } from 'drizzle-orm'
import { Hono, type Context } from 'hono'
import type { Logger } from 'pino'
import * as z from 'zod/mini'

import { acknowledgeSchema, muteSchema } from '#contract/desk/attention.ts'
import { rowIdSchema, writtenId } from '#contract/desk/ids.ts'
import type { Database } from '#platform/db/database.ts'
import { Failed } from '#platform/http/failure.ts'
import type { AppEnv } from '#platform/http/request-log.ts'
import { valid } from '#platform/http/valid.ts'
import type { Outbound } from '#platform/outbound/send.ts'
import type { Queue } from '#platform/queue/queue.ts'
import type { SignedInAccount } from '#server/nexudus/account.ts'
import { findLastCompleteLook } from '#server/watch/watch-store.ts'
import type { LookedAt } from '#server/watch/watcher.ts'
import { isInReach } from '#server/nexudus/in-reach.ts'

import { loadRecent } from './alert-store.ts'
import { createStartPage, type StartPage } from './attention.ts'
import { createMailDelivery } from './by-mail.ts'
import { noMail, type Deliver } from './delivery.ts'
import type { Channels } from './hearers.ts'
import { createHeartbeat } from './heartbeat.ts'
import type { SendMail } from './mailer.ts'
import { notificationRoutes } from './notification-routes.ts'
import { createMemberMemory } from './member-memory.ts'
import { createOutbox } from './outbox.ts'
import { createRecipients } from './recipients.ts'
import { incidentMembers, incidents } from './tables.ts'
import { tell } from './tell.ts'
import { watchRoutes, type WatchControls } from './watch-routes.ts'

/** The job only says that notices may be due; their rows say which. */
export const NOTICE_JOB = 'notice'

/** People who are told without having asked: in the sandbox, where nobody else would be. */
export type FirstRecipient = { account: string; zone: string }

type AlertsNeeds = {
  db: Database
  now: () => Date
  log: Logger
  queue: Queue
  origin: string
  sendMail: SendMail | undefined
  /** Calls a URL that somebody gave us. */
  send: Outbound
  heartbeatUrl: string | undefined
  channels: Channels & { tellOfFailing: () => Promise<void> }
  byChannel: Deliver
  /** The ids of the browsers in which a person is told. */
  browsersOf: (account: string) => Promise<string[]>
  /** Called with what a person may see, at each of their visits. */
  noteReach: (account: string, reach: number[] | null) => Promise<void>
  firstRecipients: readonly FirstRecipient[]
  watch: WatchControls
  accountOf: (c: Context) => Promise<SignedInAccount>
  /** The account, if it is that of an administrator without limits. */
  adminOf: (c: Context) => Promise<SignedInAccount>
}

const SWEEP_EVERY_MS = 30_000

const tokenSchema = z.object({ token: z.string().check(z.regex(/^[\w-]{1,64}$/)) })

/** Incidents, the start page that shows them, and notices of them. */
export function createAlertsRoom(needs: AlertsNeeds) {
  const { db, now, queue, accountOf, watch, sendMail } = needs
  const mail = sendMail && createMailDelivery({ ...needs, sendMail })
  const comeAgain = (at: Date) => queue.send(NOTICE_JOB, {}, { at, key: 'soon' })
  const outbox = createOutbox({ ...needs, byMail: mail?.byMail, comeAgain })
  const canMail = sendMail !== undefined
  const host = new URL(needs.origin).host
  const beat = createHeartbeat({ ...needs, url: needs.heartbeatUrl })
  const people = createRecipients({ ...needs, host })
  const memory = createMemberMemory()
  const startPage = createStartPage(db, memory)
  async function sweep() {
    await needs.channels.tellOfFailing()
    await outbox.send()
  }
  return {
    async start() {
      await this.addRecipients()
      await queue.every(NOTICE_JOB, {
        pause: () => Promise.resolve(SWEEP_EVERY_MS),
        act: sweep,
      })
    },
    /** Adds the people who are told without having asked. */
    async addRecipients() {
      for (const { account, zone } of needs.firstRecipients) await people.addVerified(account, zone)
    },
    stop: () => outbox.stop(),
    tidy: () => outbox.removeOld(),
    releaseClaims: () => outbox.releaseAll(),

    routes(app: Hono<AppEnv>) {
      app
        .route('/desk', alertRoutes({ db, now, accountOf, watch, people, startPage }))
        .route(
          '/desk/watch',
          watchRoutes({ watch, canMail, readOutbox: outbox.read, adminOf: needs.adminOf }),
        )
        .route(
          '/desk/notifications',
          notificationRoutes({ people, sendTest: mail?.sendTest ?? noMail, accountOf }),
        )
        // called by mail programs, without a sign-in and without our page
        .post('/unsubscribe/:token', valid('param', tokenSchema), async (c) => {
          await people.unsubscribe(c.req.valid('param').token)
          return c.json({ unsubscribed: true })
        })
    },

    /** Follows the incidents after a look, in the look's transaction. */
    async onLook(tx: Database, look: LookedAt) {
      const hasTold = await tell(tx, look, { channels: needs.channels, memory, now: now() })
      if (hasTold) await queue.send(NOTICE_JOB, {}, { key: 'now', within: tx })
    },
    /** After a complete look whose findings are stored. */
    beat,
    send: sweep,
    /** Sends what is in the outbox, without being waited for. */
    sendSoon: () => queue.send(NOTICE_JOB, {}, { key: 'now' }),
    reachOf: people.reachOf,
    addWithoutMail: people.addWithoutMail,
    /** Incidents that are open or closed since. */
    async listRecent(since: Date) {
      const look = (await findLastCompleteLook(db))?.id ?? 0
      return loadRecent(db, memory, { look, since })
    },
  }
}

type RouteNeeds = Pick<AlertsNeeds, 'db' | 'now' | 'accountOf' | 'watch'> & {
  people: ReturnType<typeof createRecipients>
  startPage: StartPage
}

/** `/desk/attention` and `/desk/incidents`. */
function alertRoutes({ db, now, accountOf, people, startPage, watch: { state } }: RouteNeeds) {
  const idSchema = z.object({ id: writtenId(rowIdSchema) })
  return new Hono<AppEnv>()
    .get('/attention', async (c) => {
      const account = await accountOf(c)
      const [reach, watch] = await Promise.all([people.reachOf(account), state()])
      return c.json(await startPage.read({ reach, watch, now: now() }))
    })

    .post(
      '/incidents/:id/acknowledge',
      valid('param', idSchema),
      valid('json', acknowledgeSchema),
      async (c) => {
        const { id } = c.req.valid('param')
        const account = await requireSeen(c, id)
        const { reason } = c.req.valid('json')
        await db
          .update(incidents)
          .set({
            acknowledgedBy: account.email,
            acknowledgedAt: now(),
            reason: reason === '' ? null : reason,
          })
          .where(eq(incidents.id, id))
        return c.json({ acknowledged: id })
      },
    )

    .post('/incidents/:id/mute', valid('param', idSchema), valid('json', muteSchema), async (c) => {
      const { id } = c.req.valid('param')
      const { email } = await requireSeen(c, id)
      const { until: text } = c.req.valid('json')
      const until = text === null ? null : new Date(text)
      if (until && (until <= now() || until.getTime() - now().getTime() > MUTED_AT_MOST_MS)) {
        throw new Failed('bad_request', { reason: 'past_time' })
      }
      await db
        .update(incidents)
        .set({ mutedUntil: until, mutedBy: until && email })
        .where(eq(incidents.id, id))
      return c.json({ muted: id })
    })

  /** The account, if it may see a webhook of this incident. */
  async function requireSeen(c: Context, id: number): Promise<SignedInAccount> {
    const account = await accountOf(c)
    const reach = await people.reachOf(account)
    const members = await db
      .select({ businessId: incidentMembers.businessId })
      .from(incidentMembers)
      .where(eq(incidentMembers.incidentId, id))
    const [incident] = await db.select().from(incidents).where(eq(incidents.id, id))
    const isSeen =
      incident?.kind === 'blind' || members.some(({ businessId }) => isInReach(reach, businessId))
    if (!incident || !isSeen) throw new Failed('not_found', { reason: 'incident' })
    return account
  }
}

/** Thirty days, in milliseconds: a mute always has an end. */
const MUTED_AT_MOST_MS = 30 * 24 * 3_600_000
