import { Hono, type Context } from 'hono'
import * as z from 'zod/mini'

import { recordIdSchema, writtenId } from '#contract/desk/ids.ts'
import { newPausesSchema, type Pauses } from '#contract/desk/pauses.ts'
import { NO_FACTS, type Facts } from '#contract/nexudus/health.ts'
import { Failed } from '#platform/http/failure.ts'
import type { AppEnv } from '#platform/http/request-log.ts'
import { valid } from '#platform/http/valid.ts'
import type { Queue } from '#platform/queue/queue.ts'
import type { SignedInAccount } from '#server/nexudus/account.ts'
import { getRecord } from '#server/nexudus/webhook-records.ts'
import { isInReach } from '#server/nexudus/in-reach.ts'

import { createPauseStore } from './pause-store.ts'
import { isStillPaused } from './still-paused.ts'
import { createPauseEnds, type ResumeOptions } from './resume.ts'

/** The job only says that a pause may be over; its row says which. */
export const PAUSE_JOB = 'pause'

type Known = { webhookId: number; businessId: number; name: string }

type PausesNeeds = Omit<ResumeOptions, 'store' | 'onTold'> & {
  queue: Queue
  accountOf: (c: Context) => Promise<SignedInAccount>
  /** The account, if it may edit webhooks. */
  editorOf: (c: Context) => Promise<SignedInAccount>
  reachOf: (account: SignedInAccount) => Promise<number[] | null>
  /** Those of the webhooks that the watch has seen. */
  findSeen: (ids: readonly number[]) => Promise<Known[]>
  /** The facts of every webhook that has any. */
  listFacts: () => Promise<ReadonlyMap<number, Facts>>
  sendNotices: () => Promise<void>
}

const SWEEP_EVERY_MS = 20_000

/** In milliseconds. */
const LONGEST_MS = 366 * 24 * 3_600_000

/** Webhooks that the watch has not seen yet are asked for one by one: a few, not thousands. */
const ASKED_AT_MOST = 20

/** Pauses with an end. */
export function createPausesRoom(needs: PausesNeeds) {
  const { db, now, queue, watchEditor } = needs
  const store = createPauseStore(db, now)
  const ends = createPauseEnds({ ...needs, store, onTold: needs.sendNotices })
  const canResume = async () => (await watchEditor().catch(() => undefined)) !== undefined
  return {
    start: async () => {
      await queue.every(PAUSE_JOB, {
        pause: () => Promise.resolve(SWEEP_EVERY_MS),
        act: () => ends.resume(),
      })
    },
    stop: () => ends.stop(),
    tidy: () => store.removeOld(),
    releaseClaims: () => store.releaseAll(),
    routes: (app: Hono<AppEnv>) =>
      app.route('/desk/pauses', routes({ ...needs, store, canResume })),
    /** Pauses that last, at some locations. */
    list: async (reach: number[] | null) => store.list(reach, await needs.listFacts()),
    /** Ends what is due, now. */
    resume: () => ends.resume(),
  }
}

type RouteNeeds = PausesNeeds & {
  store: ReturnType<typeof createPauseStore>
  canResume: () => Promise<boolean>
}

function routes(needs: RouteNeeds) {
  const { store, canResume, accountOf, editorOf, reachOf, findSeen, listFacts, now } = needs
  const read = async (reach: number[] | null): Promise<Pauses> => ({
    canResume: await canResume(),
    pauses: await store.list(reach, await listFacts()),
  })

  /** The webhooks, each of them visible to the person. */
  async function findAll(
    ids: readonly number[],
    account: SignedInAccount,
    reach: number[] | null,
  ): Promise<Known[]> {
    const known = new Map((await findSeen(ids)).map((webhook) => [webhook.webhookId, webhook]))
    const unknown = ids.filter((id) => !known.has(id))
    if (unknown.length > ASKED_AT_MOST) throw new Failed('not_found', { reason: 'webhook' })
    for (const id of unknown) {
      const { webhook } = await getRecord(account.call, id)
      known.set(id, { webhookId: id, businessId: webhook.BusinessId, name: webhook.Name })
    }
    const all = [...known.values()]
    const isSeen = all.every(({ businessId }) => isInReach(reach, businessId))
    if (!isSeen) throw new Failed('not_found', { reason: 'webhook' })
    return all
  }

  /** The authors of what is paused already: it gets another end, and keeps its author. */
  async function authorsOf(webhooks: readonly Known[], { email }: SignedInAccount) {
    const ids = webhooks.map(({ webhookId }) => webhookId)
    const [facts, switches, planned] = await Promise.all([
      listFacts(),
      store.countSwitches(ids),
      store.findPlanned(ids),
    ])
    const authors = new Map<number, { by: string; askedAt: Date }>()
    for (const id of ids) {
      const { switched } = facts.get(id) ?? NO_FACTS
      const isOwn = switched && !switched.isOn && !switched.isElsewhere && switched.by === email
      if (isOwn) authors.set(id, { by: email, askedAt: new Date(switched.at) })
    }
    for (const row of planned) {
      const { webhookId, by, askedAt } = row
      const counted = { ...row, switches: switches.get(webhookId) ?? 0 }
      if (isStillPaused(counted, facts.get(webhookId) ?? NO_FACTS)) {
        authors.set(webhookId, { by, askedAt })
      }
    }
    return authors
  }

  return new Hono<AppEnv>()
    .get('/', async (c) => c.json(await read(await reachOf(await accountOf(c)))))
    .post('/', valid('json', newPausesSchema), async (c) => {
      const account = await editorOf(c)
      const { webhookIds, until: text, reason } = c.req.valid('json')
      const until = new Date(text)
      const span = until.getTime() - now().getTime()
      if (span <= 0 || span > LONGEST_MS) throw new Failed('bad_request', { reason: 'past_time' })
      const reach = await reachOf(account)
      const webhooks = await findAll([...new Set(webhookIds)], account, reach)
      const authors = await authorsOf(webhooks, account)
      const planned = webhooks.map((webhook) => ({
        ...webhook,
        ...(authors.get(webhook.webhookId) ?? { by: account.email, askedAt: now() }),
      }))
      await store.add(planned, { until, reason: reason === '' ? null : reason })
      return c.json(await read(reach), 201)
    })
    .delete(
      '/:id{[0-9]+}',
      valid('param', z.object({ id: writtenId(recordIdSchema) })),
      async (c) => {
        const account = await editorOf(c)
        const reach = await reachOf(account)
        const { id } = c.req.valid('param')
        const row = await store.find(id)
        if (!row || !isInReach(reach, row.businessId))
          throw new Failed('not_found', { reason: 'pause' })
        await store.remove(id)
        return c.json(await read(reach))
      },
    )
}
