import { eq } from 'drizzle-orm'
import { Hono, type Context } from 'hono'
import type { Logger } from 'pino'
import * as z from 'zod/mini'

import { acknowledgeSchema, type WatchState } from '#contract/desk/attention.ts'
import { rowIdSchema, writtenId } from '#contract/desk/ids.ts'
import type { Database } from '#platform/db/database.ts'
import { Failed } from '#platform/http/failure.ts'
import type { AppEnv } from '#platform/http/request-log.ts'
import { valid } from '#platform/http/valid.ts'
import type { Queue } from '#platform/queue/queue.ts'
import { reachOf } from '#server/history/reach.ts'
import type { SignedInAccount } from '#server/nexudus/account.ts'
import type { LookedAt } from '#server/watch/watcher.ts'

import { attentionFor } from './attention.ts'
import type { SendMail } from './mailer.ts'
import { createOutbox } from './outbox.ts'
import { incidentMembers, incidents, recipients } from './tables.ts'
import { tell } from './tell.ts'

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
  firstRecipients: readonly FirstRecipient[]
  watchState: () => Promise<WatchState>
  accountOf: (c: Context) => Promise<SignedInAccount>
}

const SWEEP_EVERY_MS = 30_000

/** Incidents, the start page that shows them, and notices of them. */
export function createAlertsRoom(needs: AlertsNeeds) {
  const { db, now, queue, accountOf, watchState } = needs
  const outbox = createOutbox(needs)
  return {
    async start() {
      await this.addRecipients()
      await queue.every(NOTICE_JOB, {
        pause: () => Promise.resolve(SWEEP_EVERY_MS),
        act: () => outbox.send(),
      })
    },
    /** Adds the people who are told without having asked. */
    addRecipients: () => addFirst(db, needs.firstRecipients, now()),
    stop: () => outbox.stop(),
    tidy: () => outbox.removeOld(),
    releaseClaims: () => outbox.releaseAll(),

    routes(app: Hono<AppEnv>) {
      app.route('/desk', alertRoutes({ db, now, accountOf, watchState }))
    },

    /** Follows the incidents after a look, in the look's transaction. */
    async onLook(tx: Database, look: LookedAt) {
      const hasTold = await tell(tx, look, now())
      if (hasTold) await queue.send(NOTICE_JOB, {}, { key: 'now', within: tx })
    },
    send: () => outbox.send(),
  }
}

type RouteNeeds = Pick<AlertsNeeds, 'db' | 'now' | 'accountOf' | 'watchState'>

/** `/desk/attention` and `/desk/incidents`. */
function alertRoutes({ db, now, accountOf, watchState }: RouteNeeds) {
  const idSchema = z.object({ id: writtenId(rowIdSchema) })
  return new Hono<AppEnv>()
    .get('/attention', async (c) => {
      const account = await accountOf(c)
      const [reach, watch] = await Promise.all([reachOf(account), watchState()])
      return c.json(await attentionFor(db, { reach, watch, now: now() }))
    })

    .post(
      '/incidents/:id/acknowledge',
      valid('param', idSchema),
      valid('json', acknowledgeSchema),
      async (c) => {
        const account = await accountOf(c)
        const reach = await reachOf(account)
        const { id } = c.req.valid('param')
        const members = await db
          .select({ businessId: incidentMembers.businessId })
          .from(incidentMembers)
          .where(eq(incidentMembers.incidentId, id))
        const [incident] = await db.select().from(incidents).where(eq(incidents.id, id))
        const isSeen =
          incident?.kind === 'blind' ||
          members.some(({ businessId }) => reach === null || reach.includes(businessId))
        if (!incident || !isSeen) throw new Failed('not_found', { reason: 'incident' })
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
}

async function addFirst(db: Database, first: readonly FirstRecipient[], at: Date) {
  for (const { account, zone } of first) {
    await db
      .insert(recipients)
      .values({
        account,
        address: account,
        verifiedAt: at,
        reach: null,
        reachAt: at,
        locations: null,
        firstStep: '5',
        zone,
      })
      .onConflictDoNothing()
  }
}
